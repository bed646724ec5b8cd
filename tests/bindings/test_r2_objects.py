from __future__ import annotations

import pytest

from doris.bindings.r2 import R2Bucket
from doris.bindings.r2_objects import Checksums, HeadResult
from doris.bindings.r2_rows import Row
from doris.js import Throw, call, get, has, own_keys, plain, set_, to_string
from doris.js.dates import DateObject
from doris.web.headers import Headers
from tests.bindings.calling import answer, invoke, py

ROW = Row(
    "k", "v", 3, "e", 5, {"md5": "00ff"}, {"contentType": "a/b", "cacheExpiry": 1_700_000_000_123}, {"a": "b"}
)
USED = (
    "TypeError: Body has already been used. It can only be used once. "
    "Use tee() first if you need to read it twice."
)


def message(thrown: pytest.ExceptionInfo[Throw]) -> str:
    return to_string(thrown.value.value)


def test_properties_cannot_be_written_but_added() -> None:
    head = HeadResult(ROW)
    with pytest.raises(Throw) as refused:
        set_(head, "key", "x")
    assert (
        message(refused) == "TypeError: Cannot assign to read only property 'key' of object '#<HeadResult>'"
    )
    set_(head, "extra", 5)
    assert (get(head, "extra"), get(head, "key")) == (5, "k")
    with pytest.raises(Throw) as uncloned:
        head.structured_copy()
    assert message(uncloned) == "DataCloneError: R2 resources can only be serialized for RPC."


def test_checksums() -> None:
    sums = Checksums(ROW)
    assert own_keys(sums) == ["sha512", "sha384", "sha256", "sha1", "md5"]
    assert (py(get(sums, "md5")), get(sums, "sha1")) == (b"\x00\xff", None)
    assert list(answer(sums, "toJSON")) == ["md5", "sha1", "sha256", "sha384", "sha512"]


def test_http_metadata_written_to_headers() -> None:
    headers = Headers.of_pairs([("content-type", "old"), ("x", "y")])
    head = HeadResult(ROW)
    call(get(head, "writeHttpMetadata"), head, headers)
    assert headers.first("content-type") == "a/b"
    assert headers.first("expires") == "Tue, 14 Nov 2023 22:13:20 GMT"
    assert headers.first("cache-control") is None
    expiry = get(get(head, "httpMetadata"), "cacheExpiry")
    assert isinstance(expiry, DateObject)
    with pytest.raises(Throw) as refused:
        call(get(head, "writeHttpMetadata"), head, plain())
    where = "Failed to execute 'writeHttpMetadata' on 'HeadResult'"
    assert message(refused) == f"TypeError: {where}: parameter 1 is not of type 'Headers'."


@pytest.mark.parametrize(
    ("method", "expected"),
    [("text", "5"), ("json", 5), ("arrayBuffer", b"\xef\xbb\xbf5"), ("bytes", b"\xef\xbb\xbf5")],
)
def test_a_body_is_read_once(bucket: R2Bucket, method: str, expected: object) -> None:
    invoke(bucket, "put", "k", "\ufeff5")
    found = invoke(bucket, "get", "k")
    assert has(found, "body")
    assert get(found, "bodyUsed") is False
    assert answer(found, method) == expected
    assert get(found, "bodyUsed") is True
    for name in ("text", "json", "arrayBuffer", "bytes", "blob"):
        assert answer(found, name) == USED


def test_a_blob_has_the_type_as_it_was_given(bucket: R2Bucket) -> None:
    for content_type in ("Text/Plain; charset=utf-8", None):
        options = {} if content_type is None else {"httpMetadata": {"contentType": content_type}}
        invoke(bucket, "put", "k", "x", options)
        blob = invoke(invoke(bucket, "get", "k"), "blob")
        assert (get(blob, "type"), get(blob, "size")) == (content_type or "", 1)


def test_a_locked_body(bucket: R2Bucket) -> None:
    invoke(bucket, "put", "k", "x")
    found = invoke(bucket, "get", "k")
    stream = get(found, "body")
    call(get(stream, "getReader"), stream)
    assert answer(found, "text") == "TypeError: This ReadableStream is currently locked to a reader."


def test_text_that_is_no_json(bucket: R2Bucket) -> None:
    invoke(bucket, "put", "k", "hello")
    assert answer(invoke(bucket, "get", "k"), "json").startswith("SyntaxError: Unexpected token 'h'")

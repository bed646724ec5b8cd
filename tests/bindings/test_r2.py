from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from doris.bindings import r2_uploads
from doris.bindings.r2 import R2Bucket
from doris.bindings.r2_store import R2Store
from doris.bindings.r2_uploads import UploadStore
from doris.js import JSArray, MapObject, Uint8Array, call, get, null, own_keys, to_string
from doris.sql import Database
from doris.web.headers import Headers
from tests.bindings.calling import answer, invoke, js, py
from tests.bindings.conftest import Hands

OBJECT_KEYS = ["ssecKeyMd5", "storageClass", "range", "customMetadata", "httpMetadata", "uploaded"]
OBJECT_KEYS += ["checksums", "httpEtag", "etag", "size", "version", "key"]


def refused(operation: str, code: int, bucket: R2Bucket, *args: Any) -> bool:
    told = str(answer(bucket, operation, *args))
    return told.startswith(f"Error: {operation}: ") and told.endswith(f"({code})")


def keys(bucket: R2Bucket, options: Any = None) -> list[str]:
    page = invoke(bucket, "list", options)
    return [get(item, "key") for item in get(page, "objects").items]


def test_its_name(bucket: R2Bucket) -> None:
    assert to_string(bucket) == "[object R2Bucket]"


def test_put_get_head_delete(bucket: R2Bucket, clock: Hands) -> None:
    options = {"httpMetadata": {"contentType": "a/b"}, "customMetadata": {"n": 5}}
    put = invoke(bucket, "put", "k", "hello", options)
    assert own_keys(put) == OBJECT_KEYS
    assert (get(put, "size"), get(put, "range"), get(put, "storageClass")) == (5, None, "")
    assert get(put, "httpEtag") == '"5d41402abc4b2a76b9719d911017c592"'
    assert get(get(put, "uploaded"), "constructor") is not None
    assert get(put, "uploaded").time == clock.ms
    head = invoke(bucket, "head", "k")
    assert py(get(head, "range")) == {"offset": 0, "length": 5, "suffix": "undefined"}
    assert py(get(head, "customMetadata")) == {"n": "5"}
    assert get(get(head, "httpMetadata"), "contentType") == "a/b"
    assert get(head, "version") == get(put, "version")
    assert answer(invoke(bucket, "get", "k"), "text") == "hello"
    assert answer(bucket, "delete", "k") == "undefined"
    assert [answer(bucket, name, "k") for name in ("get", "head")] == [None, None]


def test_several_deletes(bucket: R2Bucket) -> None:
    for name in ("a", "b", "c"):
        invoke(bucket, "put", name, "")
    invoke(bucket, "delete", ["a", "c", "nope"])
    assert keys(bucket) == ["b"]
    invoke(bucket, "delete", [])
    assert answer(bucket, "delete") == (
        "TypeError: Failed to execute 'delete' on 'R2Bucket': parameter 1 is not of type 'string or Array'."
    )


def test_keys_are_text(bucket: R2Bucket) -> None:
    for name in (5, True, None, "\ud800"):
        invoke(bucket, "put", name, "")
    assert keys(bucket) == ["5", "null", "true", "\ufffd\ufffd\ufffd"]
    for name in ("", "x" * 1025):
        for operation in ("get", "head", "delete", "createMultipartUpload"):
            assert refused(operation, 10020, bucket, name)
        assert refused("put", 10020, bucket, name, "x")


@pytest.mark.parametrize(
    "operation", ["head", "get", "put", "createMultipartUpload", "resumeMultipartUpload"]
)
def test_a_key_is_needed(bucket: R2Bucket, operation: str) -> None:
    told = answer(bucket, operation)
    where = f"Failed to execute '{operation}' on 'R2Bucket'"
    assert told == f"TypeError: {where}: parameter 1 is not of type 'string'."


def test_a_failed_condition_gives_no_body(bucket: R2Bucket) -> None:
    etag = get(invoke(bucket, "put", "k", "v"), "etag")
    found = invoke(bucket, "get", "k", {"onlyIf": {"etagDoesNotMatch": etag}, "range": {"offset": 1}})
    assert type(found).__name__ == "HeadResult"
    assert answer(bucket, "put", "k", "w", {"onlyIf": {"etagMatches": "x"}}) is None
    assert answer(invoke(bucket, "get", "k"), "text") == "v"


def test_ranges(bucket: R2Bucket) -> None:
    invoke(bucket, "put", "k", "0123456789")
    found = invoke(bucket, "get", "k", {"range": {"offset": 2, "length": 3}})
    assert (py(get(found, "range"))["offset"], answer(found, "text")) == (2, "234")
    assert refused("get", 10039, bucket, "k", {"range": {"offset": 10}})
    for header, expected in (("bytes=-2", "89"), ("bytes=99-", "0123456789")):
        headers = Headers.of_pairs([("range", header)])
        assert answer(invoke(bucket, "get", "k", {"range": headers}), "text") == expected


def test_checksums(bucket: R2Bucket) -> None:
    assert refused("put", 10037, bucket, "k", "x", {"sha1": "0" * 40})
    assert answer(bucket, "head", "k") is None
    sha1 = "11f6ad8ec52a2984abaafd7c3b516503785c2072"
    checksums = get(invoke(bucket, "put", "k", "x", {"sha1": sha1}), "checksums")
    assert answer(checksums, "toJSON")["sha1"] == sha1
    assert refused("put", 10012, bucket, "k", "x", {"customMetadata": {"k": "v" * 8192}})


def test_what_is_refused_leaves_nothing(bucket: R2Bucket) -> None:
    big = Uint8Array.of_bytes(bytes(1024 * 1024 + 1))
    refused("put", 10037, bucket, "k", big, {"md5": "0" * 32})
    invoke(bucket, "put", "k", big, {"onlyIf": {"etagMatches": "x"}})
    for table in ("blobs", "pieces"):
        assert bucket.store.database.execute(f"SELECT * FROM {table}") == []


def test_listings(bucket: R2Bucket) -> None:
    for name in ("a", "b/1", "b/2", "c"):
        invoke(bucket, "put", name, "", {"customMetadata": {"k": "v"}, "httpMetadata": {"contentType": "t"}})
    page = invoke(bucket, "list", {"delimiter": "/", "limit": 2})
    assert own_keys(page) == ["objects", "truncated", "cursor", "delimitedPrefixes"]
    assert (py(get(page, "delimitedPrefixes")), get(page, "truncated"), get(page, "cursor")) == (
        ["b/"],
        True,
        "Yi8y",
    )
    assert keys(bucket, {"cursor": "Yi8y"}) == ["c"]
    assert keys(bucket, {"cursor": "YQ==", "startAfter": "b/1"}) == ["b/2", "c"]
    assert keys(bucket, {"prefix": "b/", "limit": -1}) == ["b/1", "b/2"]
    for limit in (0, 1001, -2):
        assert refused("list", 10022, bucket, {"limit": limit})
    for include, custom in (([], {}), (["customMetadata"], {"k": "v"})):
        item = get(invoke(bucket, "list", {"include": include}), "objects").items[0]
        assert py(get(item, "customMetadata")) == custom
        assert get(get(item, "httpMetadata"), "contentType") is None


def test_metadata_makes_pages_smaller(bucket: R2Bucket) -> None:
    for number in range(101):
        invoke(bucket, "put", str(number), "")
    assert len(keys(bucket)) == 101
    assert len(keys(bucket, {"include": ["httpMetadata"], "limit": 1000})) == 100


def test_a_replaced_object_can_be_read_to_its_end(bucket: R2Bucket) -> None:
    invoke(bucket, "put", "k", "x" * 3_000_000)
    before = invoke(bucket, "get", "k")
    invoke(bucket, "put", "k", "y")
    assert len(answer(before, "text")) == 3_000_000
    assert bucket.store.database.execute("SELECT count(*) FROM blobs") == [(1,)]


# -- uploads in parts ----------------------------------------------------------------------------------------


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(r2_uploads, "MIN_PART_BYTES", 2)


@pytest.mark.usefixtures("small_parts")
def test_an_upload(bucket: R2Bucket) -> None:
    upload = invoke(bucket, "createMultipartUpload", "k", {"customMetadata": {"a": "b"}})
    assert (own_keys(upload), get(upload, "key")) == (["uploadId", "key"], "k")
    again = call(get(bucket, "resumeMultipartUpload"), bucket, "k", get(upload, "uploadId"))
    parts = [invoke(again, "uploadPart", number, text) for number, text in ((1, "he"), (2, "y"))]
    assert own_keys(parts[0]) == ["partNumber", "etag"]
    done = invoke(upload, "complete", JSArray(parts))
    assert (get(done, "size"), py(get(done, "customMetadata"))) == (3, {"a": "b"})
    assert answer(invoke(bucket, "get", "k"), "text") == "hey"
    assert answer(upload, "abort") == "undefined"
    assert refused("uploadPart", 10024, upload, 3, "x")  # type: ignore[arg-type]


def test_parts_that_are_none(bucket: R2Bucket) -> None:
    upload = invoke(bucket, "createMultipartUpload", "k")
    number = "TypeError: Part number must be between 1 and 10000 (inclusive). Actual value was: "
    assert answer(upload, "uploadPart", 0, "x") == f"{number}0"
    assert answer(upload, "complete", [{"partNumber": 10001, "etag": ""}]) == f"{number}10001"
    assert answer(upload, "complete", [{}]) == f"{number}0"
    wrong = (
        "TypeError: Failed to execute 'complete' on 'R2MultipartUpload': parameter 1 is not of type 'Array'."
    )
    assert [answer(upload, "complete", item) for item in (None, "x", {})] == [wrong] * 3
    assert answer(upload, "complete", [5]) == (
        "TypeError: Incorrect type for array element 0: the provided value is not of type 'UploadedPart'."
    )
    assert "required members from an undefined or null value" in answer(upload, "complete", [None])
    assert answer(upload, "complete", [{"partNumber": 1, "etag": "x"}]).endswith("be found. (10025)")
    assert "parameter 1 is not of type 'integer'" in answer(upload, "uploadPart")
    assert "parameter 2 is not of type" in answer(upload, "uploadPart", 1, None)
    assert answer(upload, "uploadPart", 1, "x", {"ssecKey": "x"}) == "Error: SSE-C Key has invalid format"
    foreign = call(get(bucket, "resumeMultipartUpload"), bucket, "k", "bogus")
    assert answer(foreign, "abort").startswith(
        "Error: abortMultipartUpload: We encountered an internal error"
    )


@pytest.fixture
def limited(clock: Hands) -> Iterator[R2Bucket]:
    database = Database(limits={})
    store = R2Store(database, clock, limit_writes=True)
    yield R2Bucket(store, UploadStore(store))
    database.close()


def test_an_upload_counts_as_a_write(limited: R2Bucket, clock: Hands) -> None:
    upload = invoke(limited, "createMultipartUpload", "k")
    part = invoke(upload, "uploadPart", 1, "x")
    invoke(limited, "put", "k", "y")
    assert answer(upload, "complete", JSArray([part])) == (
        "Error: completeMultipartUpload: Reduce your concurrent request rate for the same object. (10058)"
    )
    clock.ms += 1000
    assert get(invoke(upload, "complete", JSArray([part])), "size") == 1


def test_odd_objects_as_options(bucket: R2Bucket) -> None:
    invoke(bucket, "put", "k", "v", MapObject([]))
    invoke(bucket, "put", "k", "v", js([]))
    assert answer(invoke(bucket, "get", "k", null), "text") == "v"

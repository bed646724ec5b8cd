from __future__ import annotations

from typing import Any

import pytest

from doris.bindings import r2_metadata as metadata
from doris.js import ArrayBuffer, MapObject, Throw, Uint8Array, plain, to_string
from doris.web.headers import Headers
from tests.bindings.calling import js


def told(function: Any, *args: Any) -> Any:
    try:
        return function(*args)
    except Throw as thrown:
        return to_string(thrown.value)


def test_http_metadata() -> None:
    given = {"contentType": 5, "cacheControl": None, "cacheExpiry": 7, "unknown": "x"}
    assert metadata.http_of_object(js(given))() == {
        "contentType": "5",
        "cacheControl": "null",
        "cacheExpiry": 7,
    }
    assert metadata.http_of_object(None)() == {}
    pairs = [("content-type", "a/b"), ("x", "y"), ("expires", "nonsense")]
    assert metadata.http_of_headers(Headers.of_pairs(pairs))() == {"contentType": "a/b", "cacheExpiry": 0}
    assert metadata.http_of_headers(Headers())() == {}


def test_a_time_that_cannot_be_sent() -> None:
    assert metadata.storable_http({"cacheExpiry": 0}) == {"cacheExpiry": 0}
    assert told(metadata.storable_http, {"cacheExpiry": -1}).startswith("Error: internal error; reference = ")


def test_custom_metadata() -> None:
    def custom(value: Any) -> Any:
        return told(metadata.custom_metadata, plain({"customMetadata": value}), "PutOptions")

    assert metadata.custom_metadata(plain(), "PutOptions") == {}
    assert custom(js({"a": 1, "\ud800": None})) == {"a": "1", "\ufffd" * 3: "null"}
    assert custom(MapObject([("a", "b")])) == {}
    for value in (5, "x", js(None), js([])):
        assert "'customMetadata' field on 'PutOptions'" in custom(value)


@pytest.mark.parametrize(("name", "label", "size"), [(key, *value) for key, value in metadata.HASHES.items()])
def test_checksums(name: str, label: str, size: int) -> None:
    def digest(value: Any) -> Any:
        hashes = {name: told(metadata.hash_field, plain({name: value}), name, "PutOptions")}
        return told(metadata.checked_digest, hashes)

    content = bytes(range(size))
    for value in (content.hex(), content.hex().upper(), ArrayBuffer(content), Uint8Array.of_bytes(content)):
        assert digest(value) == (name, content)
    assert digest(ArrayBuffer(b"x")) == f"TypeError: {label} is {size} bytes, not 1"
    assert digest("é") == f"TypeError: {label} is {2 * size} hex characters, not 2"
    assert digest("z" * 2 * size) == f"TypeError: Provided {label} wasn't a valid hex string"
    assert "BufferSource or string" in told(metadata.hash_field, plain({name: 5}), name, "PutOptions")


def test_one_checksum_at_a_time() -> None:
    assert metadata.checked_digest({"md5": None}) is None
    given = {"md5": bytes(16), "sha1": bytes(20)}
    assert (
        told(metadata.checked_digest, given) == "TypeError: You cannot specify multiple hashing algorithms."
    )


def test_customers_keys() -> None:
    def key(value: Any) -> Any:
        return told(lambda: metadata.check_ssec_key(metadata.ssec_key(plain({"ssecKey": value}))))

    for good in ("0123456789abcdef" * 4, ArrayBuffer(bytes(32)), None):
        assert key(good) is None
    for bad in ("x", "A" * 64, "", "ab\n", js(None)):
        assert key(bad) == "Error: SSE-C Key has invalid format"
    for short in ("abc", 5, ArrayBuffer(b"x")):
        assert key(short) == "Error: SSE-C Key must be 32 bytes in length"

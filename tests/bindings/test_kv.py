from __future__ import annotations

from typing import Any

import pytest

from doris.bindings.kv import KvNamespace
from doris.bindings.kv_arguments import MAX_VALUE_BYTES
from doris.js import (
    ArrayBuffer,
    BigInt,
    DataView,
    DateObject,
    Promise,
    Uint8Array,
    call,
    get,
    plain,
    to_string,
)
from doris.js.typedarrays import Float64Array
from doris.web.streams import ReadableStream, read_all
from tests.bindings.calling import answer, invoke, settled
from tests.bindings.conftest import Hands

BAD_TYPE = 'TypeError: Unknown response type. Possible types are "text", "arrayBuffer", "json", and "stream".'
BAD_VALUE = (
    "TypeError: KV put() accepts only strings, ArrayBuffers, ArrayBufferViews, and ReadableStreams as values."
)
NO_JSON = "At least one of the requested keys corresponds to a non-json value"
NOW = 1_795_284_909


def not_of_type(method: str, number: int, expected: str) -> str:
    where = f"Failed to execute '{method}' on 'KvNamespace'"
    return f"TypeError: {where}: parameter {number} is not of type '{expected}'."


@pytest.fixture
def filled(kv: KvNamespace) -> KvNamespace:
    for key, value in {"k": "v", "j": '{"a":[1,null,1.5]}', "empty": "", "utf": "é☃"}.items():
        invoke(kv, "put", key, value)
    invoke(kv, "put", "bin", Uint8Array.of_bytes(b"\x00\xff"))
    return kv


def test_its_name(kv: KvNamespace) -> None:
    assert get(get(kv, "constructor"), "name") == "KvNamespace"
    assert to_string(kv) == "[object KvNamespace]"


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("k",), "v"),
        (("nope",), None),
        (("empty",), ""),
        (("utf",), "é☃"),
        (("bin",), "\0\ufffd"),
        (("k", None), "v"),
        (("k", "text"), "v"),
        (("k", {"type": "text"}), "v"),
        (("k", {}), "v"),
        (("k", []), "v"),
        (("j", "json"), {"a": [1, None, 1.5]}),
        (("k", "json"), "SyntaxError: Unexpected token 'v', \"v\" is not valid JSON"),
        (("bin", "arrayBuffer"), b"\x00\xff"),
        (("k", "bogus"), BAD_TYPE),
        (("k", 5), BAD_TYPE),
        (("k", {"type": None}), BAD_TYPE),
        (("nope", "bogus"), None),
        ((5,), None),
        ((None,), None),
        (("k", {"cacheTtl": 30}), "v"),
        (
            ("k", {"cacheTtl": 29}),
            "Error: KV GET failed: 400 Invalid cache_ttl of 29. Cache TTL must be at least 30.",
        ),
        (
            ("nope", {"cacheTtl": None}),
            "Error: KV GET failed: 400 Invalid cache_ttl of 0. Cache TTL must be at least 30.",
        ),
        (
            (),
            not_of_type("get", 1, "string or Array"),
        ),
    ],
)
def test_get(filled: KvNamespace, args: tuple[Any, ...], expected: Any) -> None:
    assert answer(filled, "get", *args) == expected


def test_get_a_stream(filled: KvNamespace) -> None:
    stream = invoke(filled, "get", "bin", "stream")
    assert isinstance(stream, ReadableStream)
    assert settled(read_all(stream)) == b"\x00\xff"


def test_single_reads_keep_a_byte_order_mark_and_bulk_reads_drop_it(kv: KvNamespace) -> None:
    invoke(kv, "put", "bom", Uint8Array.of_bytes(b"\xef\xbb\xbfA"))
    assert answer(kv, "get", "bom") == "\ufeffA"
    assert answer(kv, "get", ["bom"]) == {"bom": "A"}


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ((["k", "nope", "utf"],), {"k": "v", "nope": None, "utf": "é☃"}),
        ((["j", "nope"], "json"), {"j": {"a": [1, None, 1.5]}, "nope": None}),
        ((["k", "k"], None), {"k": "v"}),
        ((["1", "0", "a"],), {"a": None}),
        (([None],), {"null": None}),
        (([],), "Error: KV GET_BULK failed: 400 You must request a minimum of 1 key"),
        ((["k"] * 101,), "Error: KV GET_BULK failed: 400 You can request a maximum of 100 keys"),
        (
            (["k"], "arrayBuffer"),
            'Error: KV GET_BULK failed: 400 "arrayBuffer" is not a valid type. Use "json" or "text"',
        ),
        (
            (["j", "k"], "json"),
            f"Error: KV GET_BULK failed: 400 {NO_JSON}",
        ),
        (
            (["k"], {"cacheTtl": 5}),
            "Error: KV GET_BULK failed: 400 Invalid cache_ttl of 5. Cache TTL must be at least 30.",
        ),
        (([""],), "Error: KV GET_BULK failed: 400 Key names must not be empty"),
        ((["."],), 'Error: KV GET_BULK failed: 400 Illegal key name ".". Please use a different name.'),
        (
            (["x" * 513],),
            "Error: KV GET_BULK failed: 414 UTF-8 encoded length of 513 exceeds key length limit of 512.",
        ),
    ],
)
def test_get_in_bulk(filled: KvNamespace, args: tuple[Any, ...], expected: Any) -> None:
    assert answer(filled, "get", *args) == expected


def test_a_bulk_read_has_a_size(kv: KvNamespace) -> None:
    invoke(kv, "put", "a", ArrayBuffer(bytes(MAX_VALUE_BYTES)))
    assert len(answer(kv, "get", ["a"])["a"]) == MAX_VALUE_BYTES
    invoke(kv, "put", "b", "x")
    expected = "Error: KV GET_BULK failed: 413 Total size of request exceeds the limit of 25MB"
    assert answer(kv, "get", ["a", "b"]) == expected


def test_get_with_metadata(filled: KvNamespace) -> None:
    invoke(filled, "put", "m", "1", {"metadata": {"i": 1, "n": None}})
    found = {"value": "1", "metadata": {"i": 1, "n": None}, "cacheStatus": None}
    assert answer(filled, "getWithMetadata", "m") == found
    assert list(answer(filled, "getWithMetadata", "m")) == ["value", "metadata", "cacheStatus"]
    assert answer(filled, "getWithMetadata", "m", "json")["value"] == 1
    nothing = {"value": None, "metadata": None, "cacheStatus": None}
    assert answer(filled, "getWithMetadata", "nope") == nothing
    bulk = answer(filled, "getWithMetadata", ["m", "k", "nope"])
    assert bulk == {
        "m": {"value": "1", "metadata": {"i": 1, "n": None}},
        "k": {"value": "v", "metadata": None},
        "nope": None,
    }
    expected = "TypeError: Failed to execute 'getWithMetadata' on 'KvNamespace': parameter 1 is not of type"
    assert answer(filled, "getWithMetadata").startswith(expected)


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("text", b"text"),
        ("", b""),
        (5, b"5"),
        (1.5, b"1.5"),
        (1.0, b"1"),
        (True, b"true"),
        (None, b"null"),
        (BigInt(10**20), b"100000000000000000000"),
        ("\ud800", b"\xed\xa0\x80"),
        (Uint8Array.of_bytes(b"ab"), b"ab"),
        (ArrayBuffer(b"ab"), b"ab"),
        (DataView(ArrayBuffer(b"abc"), 1), b"bc"),
        (Float64Array.of_values([1]), b"\0\0\0\0\0\0\xf0?"),
    ],
)
def test_values(kv: KvNamespace, value: Any, stored: bytes) -> None:
    assert answer(kv, "put", "k", value) == "undefined"
    assert answer(kv, "get", "k", "arrayBuffer") == stored


def test_a_stream_as_a_value(kv: KvNamespace) -> None:
    invoke(kv, "put", "k", ReadableStream.from_bytes(b"from a stream"))
    assert answer(kv, "get", "k") == "from a stream"


@pytest.mark.parametrize("value", [{"a": 1}, [1], DateObject(0), Promise.resolved("x")])
def test_objects_are_no_values(kv: KvNamespace, value: Any) -> None:
    assert answer(kv, "put", "k", value) == BAD_VALUE


def put_failed(status: int, text: str) -> str:
    return f"Error: KV PUT failed: {status} {text}"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"expirationTtl": 0}, "Invalid expiration_ttl of 0. Please specify integer greater than 0."),
        ({"expirationTtl": -5}, "Invalid expiration_ttl of -5. Please specify integer greater than 0."),
        ({"expirationTtl": None}, "Invalid expiration_ttl of 0. Please specify integer greater than 0."),
        ({"expirationTtl": "x"}, "Invalid expiration_ttl of 0. Please specify integer greater than 0."),
        ({"expirationTtl": 59.9}, "Invalid expiration_ttl of 59. Expiration TTL must be at least 60."),
        (
            {"expiration": NOW},
            f"Invalid expiration of {NOW}. Please specify integer greater than the current number of seconds"
            " since the UNIX epoch.",
        ),
        (
            {"expiration": NOW + 59},
            f"Invalid expiration of {NOW + 59}. Expiration times must be at least 60 seconds in the future.",
        ),
    ],
)
def test_expirations_that_are_refused(kv: KvNamespace, options: dict[str, Any], expected: str) -> None:
    assert answer(kv, "put", "k", "v", options) == put_failed(400, expected)
    assert answer(kv, "get", "k") is None


@pytest.mark.parametrize("name", ["expiration", "expirationTtl"])
def test_expirations_are_32_bit_integers(kv: KvNamespace, name: str) -> None:
    expected = "TypeError: Value out of range. Must be between -2147483648 and 2147483647 (inclusive)."
    assert answer(kv, "put", "k", "v", {name: 2**31}) == expected
    assert (
        answer(kv, "put", "k", "v", {name: BigInt(100)})
        == "TypeError: Cannot convert a BigInt value to a number"
    )


@pytest.mark.parametrize(
    ("options", "seconds"),
    [
        ({"expirationTtl": 60}, 60),
        ({"expiration": NOW + 100}, 100),
        ({"expirationTtl": "61", "expiration": 1}, 61),
    ],
)
def test_entries_expire_by_the_clock(
    kv: KvNamespace, clock: Hands, options: dict[str, Any], seconds: int
) -> None:
    invoke(kv, "put", "k", "v", options)
    assert answer(kv, "list")["keys"] == [{"name": "k", "expiration": NOW + seconds}]
    clock.ms += seconds * 1000 - 1000
    assert answer(kv, "get", "k") == "v"
    clock.ms += 1000
    assert answer(kv, "get", "k") is None
    assert answer(kv, "get", ["k"]) == {"k": None}
    assert answer(kv, "list")["keys"] == []


def test_a_new_value_forgets_the_old_expiration_and_metadata(kv: KvNamespace) -> None:
    invoke(kv, "put", "k", "v", {"expirationTtl": 60, "metadata": 1})
    invoke(kv, "put", "k", "w")
    assert answer(kv, "list")["keys"] == [{"name": "k"}]


@pytest.mark.parametrize("metadata", [0, False, "", [1, "a"], {"é": 1.5}, "line\nline"])
def test_metadata_is_json(kv: KvNamespace, metadata: Any) -> None:
    invoke(kv, "put", "k", "v", {"metadata": metadata})
    assert answer(kv, "getWithMetadata", "k")["metadata"] == metadata
    assert answer(kv, "list")["keys"] == [{"name": "k", "metadata": metadata}]


def test_metadata_that_is_refused(kv: KvNamespace) -> None:
    def put(metadata: Any) -> Any:
        return answer(kv, "put", "k", "v", {"metadata": metadata})

    assert put("x" * 1022) == "undefined"
    assert put("x" * 1023) == put_failed(413, "Metadata length of 1025 exceeds limit of 1024.")
    assert put("é" * 512) == put_failed(413, "Metadata length of 1026 exceeds limit of 1024.")
    assert put(get(kv, "get")) == put_failed(500, "Internal Server Error")
    assert put(BigInt(1)) == "TypeError: Do not know how to serialize a BigInt"
    assert put(None) == "undefined"
    assert answer(kv, "getWithMetadata", "k")["metadata"] is None


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ((), not_of_type("put", 1, "string")),
        (
            ("k",),
            not_of_type("put", 2, "string or Object"),
        ),
        (
            ("k", "v", 5),
            not_of_type("put", 3, "PutOptions"),
        ),
        (("k", "v", None), "undefined"),
        (("", {}), "TypeError: Key name cannot be empty."),
        (("..", "v"), 'TypeError: ".." is not allowed as a key name.'),
        (("x" * 513, "v"), put_failed(414, "UTF-8 encoded length of 513 exceeds key length limit of 512.")),
        (("\ud800", "v"), put_failed(400, "Could not URL-decode key name")),
        (
            ("k", "x" * (MAX_VALUE_BYTES + 1)),
            put_failed(413, "Value length of 26214401 exceeds limit of 26214400."),
        ),
    ],
)
def test_put_arguments(kv: KvNamespace, args: tuple[Any, ...], expected: str) -> None:
    assert answer(kv, "put", *args) == expected


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("k",), "undefined"),
        (("nope",), "undefined"),
        ((["k"],), "undefined"),
        ((), not_of_type("delete", 1, "string")),
        (("",), "TypeError: Key name cannot be empty."),
        (
            ("x" * 513,),
            "Error: KV DELETE failed: 414 UTF-8 encoded length of 513 exceeds key length limit of 512.",
        ),
    ],
)
def test_delete(filled: KvNamespace, args: tuple[Any, ...], expected: str) -> None:
    assert answer(filled, "delete", *args) == expected


def test_what_was_deleted_is_gone(filled: KvNamespace) -> None:
    invoke(filled, "delete", "k")
    assert answer(filled, "get", "k") is None


def names(kv: KvNamespace, options: Any = None) -> list[str]:
    return [key["name"] for key in answer(kv, "list", options)["keys"]]


def test_keys_are_ordered_by_their_utf8_bytes(kv: KvNamespace) -> None:
    for key in ("p", "\U0001f600", "\uffee", "é", "P:1", "p:1", "z%", "z_", "Z"):
        invoke(kv, "put", key, "x")
    assert names(kv) == ["P:1", "Z", "p", "p:1", "z%", "z_", "é", "\uffee", "\U0001f600"]
    assert names(kv, {"prefix": "z"}) == ["z%", "z_"]
    assert names(kv, {"prefix": "p"}) == ["p", "p:1"]
    assert names(kv, {"prefix": None}) == names(kv)


def test_pages(kv: KvNamespace) -> None:
    for number in range(5):
        invoke(kv, "put", f"p:{number}", "x")
    invoke(kv, "put", "q", "x")
    options: dict[str, Any] = {"prefix": "p:", "limit": 2}
    first = answer(kv, "list", options)
    assert list(first) == ["keys", "list_complete", "cursor", "cacheStatus"]
    assert (first["list_complete"], first["cursor"]) == (False, "cDox")
    second = answer(kv, "list", {**options, "cursor": first["cursor"]})
    third = answer(kv, "list", {**options, "cursor": second["cursor"]})
    found = [key["name"] for page in (first, second, third) for key in page["keys"]]
    assert found == [f"p:{number}" for number in range(5)]
    assert third == {"keys": [{"name": "p:4"}], "list_complete": True, "cacheStatus": None}
    assert answer(kv, "list", {"prefix": "p:", "limit": 5})["list_complete"] is True


def test_a_page_has_at_most_1000_keys(store: Any, kv: KvNamespace) -> None:
    from doris.bindings.kv_store import Entry

    for number in range(1001):
        store.put(f"{number:04}", Entry(b""))
    for options in (None, {"limit": 0}, {"limit": -1}, {"limit": "x"}, {"limit": 1000}):
        page = answer(kv, "list", options)
        assert (len(page["keys"]), page["list_complete"]) == (1000, False)
    assert len(answer(kv, "list", {"limit": 1.9})["keys"]) == 1


@pytest.mark.parametrize(
    ("cursor", "after"),
    [
        ("YQ==", "a"),
        ("YQ", "a"),
        ("", ""),
        (None, ""),
        ("%%%", ""),
        ("5", ""),
        ("!!Y!Q", "a"),
        ("_-8=", "\ufffd\ufffd"),
    ],
)
def test_any_text_is_a_cursor(kv: KvNamespace, cursor: Any, after: str) -> None:
    for key in ("a", "b", "\ufffd\ufffd\ufffd"):
        invoke(kv, "put", key, "x")
    assert names(kv, {"cursor": cursor}) == [key for key in ("a", "b", "\ufffd\ufffd\ufffd") if key > after]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            5,
            not_of_type("list", 1, "ListOptions"),
        ),
        (
            {"limit": 1001},
            "Error: KV GET failed: 400 Invalid key_count_limit of 1001."
            " Please specify an integer less than 1000.",
        ),
        (
            {"prefix": "x" * 513},
            "Error: KV GET failed: 414 UTF-8 encoded length of 513 exceeds key length limit of 512.",
        ),
    ],
)
def test_list_refuses(kv: KvNamespace, options: Any, expected: str) -> None:
    assert answer(kv, "list", options) == expected


def test_every_call_is_a_promise(kv: KvNamespace) -> None:
    for name in ("get", "getWithMetadata", "put", "delete", "list"):
        promise = call(get(kv, name), kv, plain())
        assert isinstance(promise, Promise)
        promise.handled = True

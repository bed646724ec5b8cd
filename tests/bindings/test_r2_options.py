from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from doris.bindings import r2_options as options
from doris.bindings.r2_conditions import Condition, Etag
from doris.bindings.r2_ranges import Range
from doris.js import SetObject, Throw, to_string
from doris.web.arguments import Where
from doris.web.headers import Headers
from tests.bindings.calling import js

WHERE = Where("R2Bucket", "test")
SHOWN = "the provided value is not of type"


def read(function: Callable[..., Any], index: int, value: Any) -> Any:
    """The options, or the text of the error."""
    try:
        return function(WHERE, (*[None] * index, js(value)))
    except Throw as thrown:
        return to_string(thrown.value)


def get(value: Any) -> Any:
    return read(options.get_options, 1, value)


def put(value: Any) -> Any:
    return read(options.put_options, 2, value)


def multipart(value: Any) -> Any:
    return read(options.multipart_options, 1, value)


def listing(value: Any) -> Any:
    return read(options.list_options, 0, value)


@pytest.mark.parametrize(
    ("function", "name"),
    [(get, "GetOptions"), (put, "PutOptions"), (multipart, "MultipartOptions"), (listing, "ListOptions")],
)
def test_options_are_objects(function: Callable[[Any], Any], name: str) -> None:
    assert function(5).endswith(f"is not of type '{name}'.")
    assert function(None) == function({}) == function({"unknown": 1})


def test_get() -> None:
    told = get(
        {"onlyIf": {"etagMatches": "a", "uploadedBefore": 5, "secondsGranularity": 1}, "range": {"suffix": 3}}
    )
    assert told.only_if == Condition(matches=(Etag("a"),), before=5, whole_seconds=True)
    assert (told.range, told.range_header) == (Range(suffix=3), None)
    assert get({"onlyIf": None, "range": None}) == options.GetOptions(Condition(), Range())
    headers = Headers.of_pairs(
        [("range", "bytes=1-2"), ("if-none-match", 'W/"a"'), ("if-modified-since", "x")]
    )
    told = get({"onlyIf": headers, "range": headers})
    assert (told.range, told.range_header) == (None, "bytes=1-2")
    assert told.only_if == Condition(differs=(Etag("a", weak=True),), after=0, whole_seconds=True)


def test_types_come_before_values() -> None:
    quoted = {"onlyIf": {"etagMatches": '"a"'}}
    assert get({**quoted, "range": 5}) == (
        f"TypeError: Incorrect type for the 'range' field on 'GetOptions': {SHOWN} 'Range or Headers'."
    )
    assert "wrapped in quotes" in get({**quoted, "range": {"offset": -1}})
    assert "MD5 is 32 hex characters" in put({"md5": "x", "ssecKey": "x"})
    assert "'onlyIf' field on 'PutOptions'" in put({"onlyIf": 5, "md5": 5})
    assert get({"onlyIf": {"uploadedBefore": -5}}).only_if.before != 5


def test_put() -> None:
    told = put(
        {
            "httpMetadata": {"contentType": 5},
            "customMetadata": {"a": True},
            "sha1": b"".hex(),
            "storageClass": 1,
        }
    )
    assert told == "TypeError: SHA-1 is 40 hex characters, not 0"
    told = put(
        {
            "httpMetadata": {"contentType": 5},
            "customMetadata": {"a": True},
            "sha1": "AB" * 20,
            "storageClass": 1,
        }
    )
    assert told == options.PutOptions(
        http={"contentType": "5"}, custom={"a": "true"}, digest=("sha1", b"\xab" * 20)
    )
    assert multipart({"httpMetadata": Headers(), "customMetadata": {"a": None}}).custom == {"a": "null"}


def test_list() -> None:
    assert listing({"limit": "2", "prefix": "p", "include": ["httpMetadata"]}) == options.ListOptions(
        2, "p", include=("httpMetadata",)
    )
    assert [listing({"limit": limit}).limit for limit in (-1, 1.9, None, "x")] == [None, 1, 0, 0]
    for name in ("prefix", "cursor", "delimiter", "startAfter"):
        assert f"'{name}' field on 'ListOptions': {SHOWN} 'string'" in listing({name: 5})
    for include in (5, "customMetadata", SetObject([])):
        assert "'include' field on 'ListOptions'" in listing({"include": include})
    assert "array element 1" in listing({"include": ["bogus", 5]})
    assert listing({"include": ["bogus"]}) == "RangeError: Unsupported include value bogus"


def test_part_options() -> None:
    assert read(options.check_part_options, 2, {}) is None
    assert read(options.check_part_options, 2, None) is None
    assert "must be 32 bytes" in read(options.check_part_options, 2, {"ssecKey": "abc"})

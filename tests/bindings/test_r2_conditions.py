from __future__ import annotations

import math

import pytest

from doris.bindings.r2_conditions import Condition, Etag, etag_list, single_etag
from doris.js import Throw, to_string

WEAK = "Error: Weak etags must start with W/ and their value must be quoted"
COMMA = "Error: Comma was expected to separate etags. Encountered a "


def etags(text: str) -> list[tuple[str | None, bool]] | str:
    try:
        return [(etag.value, etag.weak) for etag in etag_list("if-match", text)]
    except Throw as thrown:
        return to_string(thrown.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a"', [("a", False)]),
        (',, "a",W/"b,c" ,', [("a", False), ("b,c", True)]),
        ('"a", *', [(None, False)]),
        ("*x", [(None, False)]),
        ('"a" junk, "b"', [("a", False)]),
        ('"a",junk, "b"', [("a", False)]),
        ('""', [("", False)]),
        ("a", "Error: Invalid ETag in if-match header"),
        ("", "Error: Invalid ETag in if-match header"),
        (" , ", "Error: Invalid ETag in if-match header"),
        ('w/"a"', "Error: Invalid ETag in if-match header"),
        ('"a', "Error: Unclosed double quote for Etag"),
        ('W/"a', "Error: Unclosed double quote for Etag"),
        ('W"a"', WEAK),
        ('W/ "a"', WEAK),
        ("Wonder", WEAK),
        ('"a" *', COMMA + "wildcard character '*' instead."),
    ],
)
def test_headers_of_etags(text: str, expected: list[tuple[str | None, bool]] | str) -> None:
    assert etags(text) == expected


@pytest.mark.parametrize(("text", "name"), [('"a""b"', "double quote"), ('"a"W/"b"', "weak quotation")])
def test_etags_need_commas(text: str, name: str) -> None:
    assert str(etags(text)).startswith(f"{COMMA}{name} character")


def test_one_etag_goes_without_quotes() -> None:
    assert single_etag("a") == (Etag("a"),)
    assert single_etag("*") == (Etag(None),)
    assert single_etag('"a') == (Etag('"a'),)
    for text in ('"a"', '"', '""'):
        with pytest.raises(Throw) as refused:
            single_etag(text)
        assert to_string(refused.value.value).endswith(f"wrapped in quotes ({text}).")


A, B, ANY = (Etag("a"),), (Etag("b"),), (Etag(None),)


@pytest.mark.parametrize(
    ("condition", "holds", "without"),
    [
        (Condition(), True, True),
        (Condition(matches=A), True, False),
        (Condition(matches=B), False, False),
        (Condition(matches=ANY), True, False),
        (Condition(matches=(Etag("a", weak=True),)), False, False),
        (Condition(differs=A), False, True),
        (Condition(differs=(Etag("a", weak=True),)), False, True),
        (Condition(differs=B), True, True),
        (Condition(differs=ANY), False, True),
        (Condition(after=4999), True, False),
        (Condition(after=5000), False, False),
        (Condition(after=math.nan), False, False),
        (Condition(before=5001), True, True),
        (Condition(before=5000), False, True),
        (Condition(before=math.nan), False, True),
        (Condition(matches=A, before=0), True, False),
        (Condition(matches=A, after=9999), False, False),
        (Condition(differs=B, after=9999), True, False),
        (Condition(differs=B, before=0), False, True),
        (Condition(after=4999, before=5001), True, False),
    ],
)
def test_conditions(condition: Condition, holds: bool, without: bool) -> None:
    assert condition.holds("a", 5000) is holds
    assert condition.holds_without_object() is without


def test_whole_seconds() -> None:
    assert Condition(after=5000).holds("a", 5999)
    assert not Condition(after=5000, whole_seconds=True).holds("a", 5999)
    assert not Condition(before=5999).holds("a", 5999)
    assert Condition(before=6000, whole_seconds=True).holds("a", 5999)

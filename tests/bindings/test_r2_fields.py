from __future__ import annotations

from typing import Any

import pytest

from doris.bindings import r2_fields as fields
from doris.js import BigInt, DateObject, JSObject, Throw, plain, to_string
from doris.web.headers import Headers
from tests.bindings.calling import js


def date(value: Any) -> Any:
    try:
        return fields.date_field(plain({"d": js(value)}), "d", "Things")
    except Throw as thrown:
        return to_string(thrown.value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (DateObject(5), 5),
        (1.9, 1),
        (-5, -5),
        (9223372036854, 9223372036854),
        (
            DateObject(float("nan")),
            "TypeError: The value cannot be converted because it is not a valid Date.",
        ),
        (float("inf"), "TypeError: The value cannot be converted because it is not a valid Date."),
        (9223372036855, "TypeError: This API doesn't support dates after 2189."),
        (-9223372036855, "TypeError: This API doesn't support dates before 1687."),
    ],
)
def test_dates(value: Any, expected: Any) -> None:
    assert date(value) == expected


@pytest.mark.parametrize("value", ["2024-01-01", True, None, BigInt(5), {}])
def test_no_dates(value: Any) -> None:
    assert date(value) == (
        "TypeError: Incorrect type for the 'd' field on 'Things': the provided value is not of type 'date'."
    )


def test_what_is_missing() -> None:
    for options in (None, plain()):
        assert fields.member(options, "a") is None
        assert fields.own_text(options, "a", "Things") == ""
        assert fields.optional_text(options, "a") is None
        assert fields.date_field(options, "a", "Things") is None
        assert fields.number_field(options, "a") is None


def test_texts_and_numbers() -> None:
    options = plain({"a": "\ud800", "n": "5", "x": "x"})
    assert fields.own_text(options, "a", "Things") == fields.optional_text(options, "a") == "\ufffd" * 3
    assert fields.number_field(options, "n") == 5.0
    assert str(fields.number_field(options, "x")) == "nan"


def test_dates_in_headers() -> None:
    pairs = [("a", "Tue, 14 Nov 2023 22:13:20 GMT"), ("b", "nonsense")]
    headers = Headers.of_pairs(pairs)
    assert [fields.header_date(headers, name) for name in "abc"] == [1_700_000_000_000, 0, None]


def test_an_object_or_headers() -> None:
    def of_object(value: JSObject | None) -> Any:
        return lambda: ("object", value)

    def of_headers(value: Headers) -> Any:
        return lambda: ("headers", value)

    def asked(value: Any) -> Any:
        found = fields.dictionary_or_headers(
            plain({"a": value}), "a", "Things", "Kind", of_object, of_headers
        )
        return None if found is None else found()[0]

    assert [asked(value) for value in (None, js(None), plain(), Headers())] == [
        None,
        "object",
        "object",
        "headers",
    ]
    with pytest.raises(Throw):
        asked("text")

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doris.config.jsonc import SyntaxProblem, parse

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=20,
)


@given(JSON, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_reads_what_the_standard_library_writes(value: Any, indent: Any, ascii_only: bool) -> None:
    assert parse(json.dumps(value, indent=indent, ensure_ascii=ascii_only))[0] == value


@given(JSON)
def test_every_part_has_a_place(value: Any) -> None:
    places = parse(json.dumps(value, indent=1))[1]

    def check(value: Any, path: tuple[str | int, ...]) -> None:
        assert path in places
        members = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for key, member in members:
            check(member, (*path, key))

    check(value, ())


def test_comments_and_trailing_commas() -> None:
    text = '// first\n{/* a */"a"/*b*/:/*c*/1,\n "b": [1, 2,], // end\n} /* last */'
    value, places = parse(text)
    assert value == {"a": 1, "b": [1, 2]}
    assert places == {(): (2, 1), ("a",): (2, 9), ("b",): (3, 2), ("b", 0): (3, 8), ("b", 1): (3, 11)}


def test_of_two_members_with_one_name_the_last_counts() -> None:
    value, places = parse('{"a": {"b": 1},\n "a": 2}')
    assert value == {"a": 2}
    assert places == {(): (1, 1), ("a",): (2, 2)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2.0", 2),
        ("-0", 0),
        ("1e3", 1000),
        ("9007199254740993", 9007199254740992),
        ("1e400", float("inf")),
        ("-1" + "0" * 400, float("-inf")),
        ("1" + "0" * 400, float("inf")),
    ],
)
def test_numbers_are_those_of_javascript(text: str, value: float) -> None:
    number = parse(text)[0]
    assert number == value
    assert isinstance(number, int) or number in (float("inf"), float("-inf"))


def test_escapes() -> None:
    assert parse(r'"\" \\ \/ \b \f \n \r \t é \ud83d\ude00"')[0] == '" \\ / \b \f \n \r \t é 😀'


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("", "a value is missing at the end of the file", 1, 1),
        ("// nothing\n", "a value is missing at the end of the file", 2, 1),
        ('{\n "a": 1\n', 'this "{" is never closed', 1, 1),
        ('{"a": [1, 2', 'this "[" is never closed', 1, 7),
        ('{"a": [', 'this "[" is never closed', 1, 7),
        ('{"a" 1}', 'expected ":" after "a"', 1, 6),
        ('{"a":}', 'expected a value, found "}"', 1, 6),
        ('{"a":', "a value is missing at the end of the file", 1, 6),
        ("[1 2]", 'expected "," or "]"', 1, 4),
        ('{"a": 1 "b": 2}', 'expected "," or "}"', 1, 9),
        ('{\n  "a": true,\n  b: 1}', 'expected a name in double quotes, or "}"', 3, 3),
        ("{,}", 'expected a name in double quotes, or "}"', 1, 2),
        ("[,]", 'expected a value, found ","', 1, 2),
        ('{"a": yes}', "yes is no value: a text stands in double quotes", 1, 7),
        ('{"a": 01}', "01 is no value: a text stands in double quotes", 1, 7),
        ("{'a': 1}", 'expected a name in double quotes, or "}"', 1, 2),
        ('{"a": "b\n"}', "this text is never closed: add a double quote", 1, 7),
        ('"abc', "this text is never closed: add a double quote", 1, 1),
        ('"a\tb"', "a control character must be written as \\u0009", 1, 3),
        (r'"\x41"', "\\x means nothing in a text: for a backslash write \\\\", 1, 2),
        (r'"\u12"', "\\u means nothing in a text: for a backslash write \\\\", 1, 2),
        (r'"\ud800 "', "\\ud800 is half of a character", 1, 2),
        ("{} /* open", "this comment is never closed: add */", 1, 4),
        ("{} {}", "there is something after the end of the value", 1, 4),
        ("[" * 300, "more than 200 levels deep", 1, 202),
    ],
)
def test_mistakes_are_named_where_they_stand(text: str, message: str, line: int, column: int) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        parse(text)
    assert (caught.value.message, caught.value.location) == (message, (line, column))

# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""The tokens of a URL pattern."""

from __future__ import annotations

import pytest

from doris.web.url_pattern.tokens import PatternError, is_name_character, tokenize


def test_tokens():
    tokens = tokenize("/:a(\\d+)?{b}*\\:")
    assert [(token.kind, token.value) for token in tokens] == [
        ("char", "/"), ("name", "a"), ("regexp", "\\d+"), ("modifier", "?"), ("open", "{"), ("char", "b"), ("close", "}"),
        ("asterisk", "*"), ("escaped", ":"), ("end", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("text", [":", ":1", "\\", "(", "()", "(?a)", "(a(b))", "(é)", "(\\", "(a", "(\\é)"])
def test_what_is_no_token(text):
    with pytest.raises(PatternError):
        tokenize(text)
    assert tokenize(text, lenient=True)[0].kind == "invalid"


def test_groups_may_be_nested_when_they_do_not_capture():
    assert tokenize("(a(?:b))")[0].value == "a(?:b)"


def test_name_characters():
    assert [is_name_character(character) for character in "a1_$-."] == [True, True, True, True, False, False]

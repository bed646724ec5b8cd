"""The tokens of a URL pattern.

Rules: the URL Pattern standard, section 2.1.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NAME = re.compile(r"[^\W\d][\w$]*|\$[\w$]*")


class PatternError(Exception):
    """The pattern cannot be read. Its interface turns it into a TypeError."""


class Token(NamedTuple):
    """A token: its kind, where it stands, its text without marks."""

    kind: str
    position: int
    value: str


_SINGLE = {"*": "asterisk", "+": "modifier", "?": "modifier", "{": "open", "}": "close"}


def tokenize(text: str, *, lenient: bool = False) -> list[Token]:
    """The tokens of a pattern; lenient makes "invalid" tokens of what is none.

    Raises:
        PatternError: for a pattern that is not well formed, unless lenient.
    """
    tokens = []
    at = 0
    while at < len(text):
        token, end = _token(text, at)
        if token is None:
            if not lenient:
                raise PatternError(text)
            token, end = Token("invalid", at, text[at]), max(end, at + 1)
        tokens.append(token)
        at = end
    tokens.append(Token("end", len(text), ""))
    return tokens


def _token(text: str, at: int) -> tuple[Token | None, int]:
    character = text[at]
    if character in _SINGLE:
        return Token(_SINGLE[character], at, character), at + 1
    if character == "\\":
        return (Token("escaped", at, text[at + 1]), at + 2) if at + 1 < len(text) else (None, at + 1)
    if character == ":":
        match = _NAME.match(text, at + 1)
        return (None, at + 1) if match is None else (Token("name", at, match[0]), match.end())
    if character == "(":
        end = _regexp_end(text, at + 1)
        return (None, at + 1) if end is None else (Token("regexp", at, text[at + 1 : end]), end + 1)
    return Token("char", at, character), at + 1


def _regexp_end(text: str, at: int) -> int | None:
    """Where the group's closing parenthesis stands, None when it is no valid group."""
    start, depth = at, 1
    while at < len(text):
        character = text[at]
        if not character.isascii() or (at == start and character == "?"):
            return None
        if character == "\\":
            if at + 1 >= len(text) or not text[at + 1].isascii():
                return None
            at += 1
        elif character == ")":
            depth -= 1
            if depth == 0:
                return at if at > start else None
        elif character == "(":
            depth += 1
            if not text.startswith("?", at + 1):
                return None
        at += 1
    return None


def is_name_character(character: str) -> bool:
    """Whether a character would go on a ``:name``."""
    return re.match(r"[\w$]", character) is not None

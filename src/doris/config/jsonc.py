"""JSON with comments and trailing commas, and where in the text everything stands.

The standard library's reader knows neither comments nor positions, and a message without a line is of little
use in a file of a hundred. This one accepts what wrangler accepts (the reader of VS Code, told to allow
trailing commas).
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

from doris.config.errors import Lines, Location

_SPACE = re.compile(r"(?:[ \t\r\n\f\v\u00a0\ufeff\u2028\u2029]+|//[^\r\n]*|/\*.*?\*/)*", re.DOTALL)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORD = re.compile(r"[^\s{}\[\]:,\"/]+")
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_HEX = re.compile(r"[0-9a-fA-F]{4}")
_LITERALS = {"true": True, "false": False, "null": None}
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_DEEPEST = 200


class SyntaxProblem(Exception):
    """The text is not JSON with comments. ``location`` says where it stops being so."""

    def __init__(self, message: str, location: Location) -> None:
        super().__init__(message)
        self.message = message
        self.location = location


def parse(text: str) -> tuple[Any, dict[tuple[str | int, ...], Location]]:
    """The value, and for each path in it the line and column where it (for a member: its key) stands.

    Raises :class:`SyntaxProblem`.
    """
    reader = _Reader(text)
    reader.skip()
    value = reader.value(())
    reader.skip()
    if reader.at < len(text):
        reader.fail("there is something after the end of the value")
    return value, reader.locations


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.location = Lines(text).locate
        self.locations: dict[tuple[str | int, ...], Location] = {}

    def fail(self, message: str, at: int | None = None) -> NoReturn:
        raise SyntaxProblem(message, self.location(self.at if at is None else at))

    def skip(self) -> None:
        match = _SPACE.match(self.text, self.at)
        assert match is not None
        self.at = match.end()
        if self.text.startswith("/*", self.at):
            self.fail("this comment is never closed: add */")

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self, char: str) -> bool:
        found = self.peek() == char
        if found:
            self.at += 1
            self.skip()
        return found

    def value(self, path: tuple[str | int, ...]) -> Any:
        self.locations.setdefault(path, self.location(self.at))
        if len(path) > _DEEPEST:
            self.fail(f"more than {_DEEPEST} levels deep")
        match self.peek():
            case "{":
                return self.object(path)
            case "[":
                return self.array(path)
            case '"':
                return self.string()
            case "":
                self.fail("a value is missing at the end of the file")
        return self.number_or_literal()

    def object(self, path: tuple[str | int, ...]) -> dict[str, Any]:
        start = self.at
        members: dict[str, Any] = {}
        self.take("{")
        while not self.take("}"):
            if self.peek() != '"':
                self.fail_in("{", start, 'expected a name in double quotes, or "}"')
            location = self.location(self.at)
            key = self.string()
            self.forget((*path, key))  # of two members with one name the last counts
            self.locations[*path, key] = location
            self.skip()
            if not self.take(":"):
                self.fail_in("{", start, f'expected ":" after "{key}"')
            members[key] = self.value((*path, key))
            self.skip()
            if not self.take(",") and self.peek() != "}":
                self.fail_in("{", start, 'expected "," or "}"')
        return members

    def array(self, path: tuple[str | int, ...]) -> list[Any]:
        start = self.at
        items: list[Any] = []
        self.take("[")
        while not self.take("]"):
            if self.peek() == "":
                self.fail_in("[", start, "")
            items.append(self.value((*path, len(items))))
            self.skip()
            if not self.take(",") and self.peek() != "]":
                self.fail_in("[", start, 'expected "," or "]"')
        return items

    def forget(self, path: tuple[str | int, ...]) -> None:
        if path in self.locations:
            for known in [p for p in self.locations if p[: len(path)] == path]:
                del self.locations[known]

    def fail_in(self, bracket: str, start: int, message: str) -> NoReturn:
        if self.at >= len(self.text):
            self.fail(f'this "{bracket}" is never closed', start)
        self.fail(message)

    def string(self) -> str:
        start = self.at
        parts: list[str] = []
        self.at += 1
        while True:
            plain = _PLAIN.match(self.text, self.at)
            assert plain is not None
            parts.append(plain.group())
            self.at = plain.end()
            match self.peek():
                case '"':
                    self.at += 1
                    return "".join(parts)
                case "\\":
                    parts.append(self.escape())
                case "" | "\n" | "\r":
                    self.fail("this text is never closed: add a double quote", start)
                case char:
                    self.fail(f"a control character must be written as \\u{ord(char):04x}")

    def escape(self) -> str:
        kind = self.text[self.at + 1 : self.at + 2]
        if kind in _ESCAPES and kind:
            self.at += 2
            return _ESCAPES[kind]
        code = _HEX.match(self.text, self.at + 2) if kind == "u" else None
        if code is None:
            self.fail(f"\\{kind} means nothing in a text: for a backslash write \\\\")
        self.at += 6
        unit = int(code.group(), 16)
        low = _HEX.match(self.text, self.at + 2) if self.text.startswith("\\u", self.at) else None
        if 0xD800 <= unit < 0xDC00 and low is not None and 0xDC00 <= int(low.group(), 16) < 0xE000:
            self.at += 6
            return chr(0x10000 + ((unit - 0xD800) << 10) + int(low.group(), 16) - 0xDC00)
        if 0xD800 <= unit < 0xE000:
            self.fail(f"\\u{code.group()} is half of a character", self.at - 6)
        return chr(unit)

    def number_or_literal(self) -> Any:
        word = _WORD.match(self.text, self.at)
        if word is None:
            self.fail(f'expected a value, found "{self.peek()}"')
        self.at = word.end()
        if word.group() in _LITERALS:
            return _LITERALS[word.group()]
        number = _NUMBER.fullmatch(word.group())
        if number is None:
            self.fail(f"{word.group()} is no value: a text stands in double quotes", word.start())
        return _number(float(number.group()) if number.group(1) or number.group(2) else int(number.group()))


def _number(number: float) -> float:
    """Numbers are JavaScript's: whole ones are ``int``, and beyond 2**53 the nearest that a double can
    hold.
    """
    try:
        double = float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")
    return int(double) if double.is_integer() else double

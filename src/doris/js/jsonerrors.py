"""What V8 says of JSON that it cannot parse.

Python's parser tells *that* the text is wrong; this scanner, run only then, finds where V8 stops and in
which words.

Source of the rules: the reference runtime (V8's messages ``kJsonParse…``).
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_SPACE = " \t\n\r"
_CONTEXT = 10  # characters that V8 shows on each side


class _Stopped(Exception):
    """The message for the first fault."""


def v8_message(text: str) -> str:
    """The message of the SyntaxError for a text that is no JSON."""
    scanner = _Scanner(text)
    try:
        scanner.value()
        scanner.space()
    except _Stopped as stopped:
        return str(stopped)
    if scanner.at < len(text):
        return scanner.told("Unexpected non-whitespace character after JSON", joined=" at")
    return "Unexpected end of JSON input"


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    # -- messages --------------------------------------------------------------------------------------------

    def told(self, what: str, at: int | None = None, joined: str = " in JSON at") -> str:
        position = self.at if at is None else at
        line = self.text.count("\n", 0, position) + 1
        column = position - self.text.rfind("\n", 0, position)
        return f"{what}{joined} position {position} (line {line} column {column})"

    def stop(self, what: str, at: int | None = None) -> _Stopped:
        return _Stopped(self.told(what, at))

    def unexpected(self) -> _Stopped:
        if self.at >= len(self.text):
            return _Stopped("Unexpected end of JSON input")
        token = self.text[self.at]
        if token == '"':
            return self.stop("Unexpected string")
        if token.isascii() and (token.isdigit() or token == "-"):
            return self.stop("Unexpected number")
        if self.text in ("undefined", "NaN", "Infinity", "[object Object]"):
            return _Stopped(f'"{self.text}" is not valid JSON')
        return _Stopped(f"Unexpected token '{token}', {self.context()} is not valid JSON")

    def context(self) -> str:
        if len(self.text) <= 2 * _CONTEXT:
            return f'"{self.text}"'
        start, end = max(0, self.at - _CONTEXT), self.at + _CONTEXT
        before = "" if start == 0 else "..."
        after = "" if end >= len(self.text) else "..."
        return f'{before}"{self.text[start:end]}"{after}'

    # -- grammar ---------------------------------------------------------------------------------------------

    def space(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in _SPACE:
            self.at += 1

    def peek(self) -> str:
        self.space()
        return self.text[self.at : self.at + 1]

    def value(self) -> None:
        token = self.peek()
        if token == "{":
            self.object()
        elif token == "[":
            self.array()
        elif token == '"':
            self.string()
        elif token == "-" or (token.isascii() and token.isdigit()):
            self.number()
        elif token in ("t", "f", "n") and token:
            self.literal({"t": "true", "f": "false", "n": "null"}[token])
        else:
            raise self.unexpected()

    def literal(self, word: str) -> None:
        for char in word:
            if self.text[self.at : self.at + 1] != char:
                raise self.unexpected()
            self.at += 1

    def number(self) -> None:
        match = _NUMBER.match(self.text, self.at)
        if match is None:
            raise self.stop("No number after minus sign", self.at + 1)
        self.at = match.end()
        follows = self.text[self.at : self.at + 1]
        whole = match.group().lstrip("-")
        if whole == "0" and follows.isascii() and follows.isdigit():
            raise self.stop("Unexpected number")
        if follows == "." and not match.group(1) and not match.group(2):
            raise self.stop("Unterminated fractional number", self.at + 1)
        if follows in ("e", "E") and follows and not match.group(2):
            signed = self.text[self.at + 1 : self.at + 2] in ("+", "-") and self.at + 1 < len(self.text)
            raise self.stop("Exponent part is missing a number", self.at + (2 if signed else 1))

    def string(self) -> None:
        self.at += 1
        while True:
            char = self.text[self.at : self.at + 1]
            if not char:
                raise self.stop("Unterminated string")
            if char == '"':
                self.at += 1
                return
            if char == "\\":
                self.escape()
            elif char < " ":
                raise self.stop("Bad control character in string literal")
            else:
                self.at += 1

    def escape(self) -> None:
        self.at += 1
        char = self.text[self.at : self.at + 1]
        if not char:
            raise self.unexpected()
        if char == "u":
            for offset in range(1, 5):
                digit = self.text[self.at + offset : self.at + offset + 1]
                if not digit or digit not in "0123456789abcdefABCDEF":
                    raise self.stop("Bad Unicode escape", self.at + offset)
            self.at += 5
        elif char in '"\\/bfnrt':
            self.at += 1
        else:
            raise self.stop("Bad escaped character")

    def array(self) -> None:
        self.at += 1
        if self.peek() == "]":
            self.at += 1
            return
        while True:
            self.value()
            follows = self.peek()
            if follows == "]":
                self.at += 1
                return
            if follows != ",":
                raise self.stop("Expected ',' or ']' after array element")
            self.at += 1

    def object(self) -> None:
        self.at += 1
        if self.peek() == "}":
            self.at += 1
            return
        if self.peek() != '"':
            raise self.stop("Expected property name or '}'")
        while True:
            self.string()
            if self.peek() != ":":
                raise self.stop("Expected ':' after property name")
            self.at += 1
            self.value()
            follows = self.peek()
            if follows == "}":
                self.at += 1
                return
            if follows != ",":
                raise self.stop("Expected ',' or '}' after property value")
            self.at += 1
            if self.peek() != '"':
                raise self.stop("Expected double-quoted property name")

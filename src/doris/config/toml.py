"""TOML, and where in the text everything stands.

tomli (the standard library's ``tomllib``, one version ahead: wrangler reads TOML 1.1) reads well but forgets
positions. Once it has accepted a text, a second, forgiving walk over the same text is enough to find the line
of each key.
"""

from __future__ import annotations

import re
from typing import Any

import tomli

from doris.config.errors import Lines, Location
from doris.config.jsonc import SyntaxProblem

_LARGEST_INTEGER = 2**53 - 1
_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\]|\\.)*"|\'[^\']*\'', re.DOTALL)
_BARE = re.compile(r"[^,\]}#\r\n]+")


def parse(text: str) -> tuple[dict[str, Any], dict[tuple[str | int, ...], Location]]:
    """The value, and for each path in it the line and column of its key.

    Raises :class:`doris.config.jsonc.SyntaxProblem`.
    """
    try:
        value = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise SyntaxProblem(error.msg, (error.lineno, error.colno)) from None
    except RecursionError:
        raise SyntaxProblem("too many levels deep", (1, 1)) from None
    walk = _Walk(text)
    _check_integers(value, (), walk.locations)
    return value, walk.locations


def _check_integers(
    value: Any, path: tuple[str | int, ...], locations: dict[tuple[str | int, ...], Location]
) -> None:
    """Refuse what no JavaScript number can hold, as wrangler's reader does."""
    if isinstance(value, dict):
        for key, member in value.items():
            _check_integers(member, (*path, key), locations)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _check_integers(item, (*path, index), locations)
    elif isinstance(value, int) and abs(value) > _LARGEST_INTEGER:
        raise SyntaxProblem(f"{value} is too large for a number; write it as text", locations[path])


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self._locate = Lines(text).locate
        self.locations: dict[tuple[str | int, ...], Location] = {(): (1, 1)}
        self._lengths: dict[tuple[str | int, ...], int] = {}
        table: tuple[str | int, ...] = ()
        while self._gap():
            if self._skip("[["):
                table = self._header(is_array=True)
            elif self._skip("["):
                table = self._header(is_array=False)
            else:
                self._pair(table)

    def _gap(self) -> bool:
        """Skip blanks, line ends and comments; is there more?"""
        match = _GAP.match(self.text, self.at)
        assert match is not None
        self.at = match.end()
        return self.at < len(self.text)

    def _skip(self, token: str) -> bool:
        if not self.text.startswith(token, self.at):
            return False
        self.at += len(token)
        return True

    def _mark(self, path: tuple[str | int, ...], at: int) -> None:
        self.locations.setdefault(path, self._locate(at))

    def _keys(self, base: tuple[str | int, ...], *, into: bool) -> tuple[str | int, ...]:
        """Read a dotted key. ``into``: names of arrays of tables on the way stand for their last table."""
        path = base
        while True:
            self._gap()
            key = _KEY.match(self.text, self.at)
            assert key is not None
            if into and path in self._lengths:
                path = (*path, self._lengths[path] - 1)
            path = (*path, next(iter(tomli.loads(f"{key.group()} = 0"))))
            self._mark(path, self.at)
            self.at = key.end()
            dot = _DOT.match(self.text, self.at)
            if dot is None:
                return path
            self.at = dot.end()

    def _header(self, *, is_array: bool) -> tuple[str | int, ...]:
        start = self.at
        path = self._keys((), into=True)
        self._gap()
        self.at += 2 if is_array else 1
        if is_array:
            index = self._lengths.get(path, 0)
            self._lengths[path] = index + 1
            path = (*path, index)
            self._mark(path, start)
        return path

    def _pair(self, table: tuple[str | int, ...]) -> None:
        path = self._keys(table, into=False)
        self._gap()
        self._skip("=")
        self._value(path)

    def _value(self, path: tuple[str | int, ...]) -> None:
        self._gap()
        self._mark(path, self.at)
        if self._skip("["):
            self._array(path)
        elif self._skip("{"):
            self._inline_table(path)
        else:
            match = _STRING.match(self.text, self.at) or _BARE.match(self.text, self.at)
            assert match is not None
            self.at = match.end()

    def _array(self, path: tuple[str | int, ...]) -> None:
        index = 0
        while self._gap() and not self._skip("]"):
            self._value((*path, index))
            index += 1
            self._gap()
            self._skip(",")

    def _inline_table(self, path: tuple[str | int, ...]) -> None:
        while self._gap() and not self._skip("}"):
            self._pair(path)
            self._gap()
            self._skip(",")

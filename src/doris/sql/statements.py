"""Splitting SQL text into statements without SQLite's help.

SQLite itself says where a statement ends, but only while it compiles it, and then the tables must exist.
Files of several statements (migrations, ``d1 execute --file``) are split first and run later; and the
standard library's `sqlite3` takes one statement at a time. The rules are those of ``sqlite3_complete()``: a
semicolon ends a statement unless it stands in a string, a quoted name, a comment or the body of a trigger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

SPACE = " \t\n\r\v\f"

_TOKEN = re.compile(
    r"""
      (?P<space>[\ \t\n\r\v\f]+ | --[^\n]*\n? | /\*.*?(?:\*/|\Z))
    | (?P<quoted>'(?:[^']|'')*(?:'|\Z) | "(?:[^"]|"")*(?:"|\Z) | `(?:[^`]|``)*(?:`|\Z) | \[[^\]]*(?:\]|\Z))
    | (?P<end>;)
    | (?P<parameter>\?\d* | [:@$][\w$]+(?:::[\w$]+)*)
    | (?P<word>[\w$]+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Statement:
    """One statement: its text with its semicolon, and its parameters as SQLite numbers them."""

    text: str
    parameters: tuple[tuple[int, int, int], ...] = ()
    """(start, end, number) of each parameter in the text; numbers count from 1."""

    @property
    def parameter_count(self) -> int:
        """The highest number: what SQLite expects to be bound."""
        return max((number for _, _, number in self.parameters), default=0)

    @property
    def numbered(self) -> str:
        """The text with every parameter written as ``?N``, so that names and numbers bind by position."""
        parts, last = [], 0
        for start, end, number in self.parameters:
            parts += [self.text[last:start], f"?{number}"]
            last = end
        return "".join([*parts, self.text[last:]])


def is_blank(sql: str) -> bool:
    """Whether the text holds nothing but space, comments and semicolons."""
    return all(match.lastgroup in ("space", "end") for match in _TOKEN.finditer(sql))


@lru_cache(maxsize=256)
def first_word(sql: str) -> str:
    """The statement's first word in capitals, ``""`` if it does not begin with one."""
    for match in _TOKEN.finditer(sql):
        if match.lastgroup not in ("space", "end"):
            return match.group().upper() if match.lastgroup == "word" else ""
    return ""


def split(sql: str) -> Iterator[Statement]:
    """The statements of ``sql`` in order.

    What holds only space and comments is left out; an open end is kept.
    """
    start = 0
    trigger = _TriggerBody()
    parameters: list[tuple[int, int, int]] = []
    names: dict[str, int] = {}
    for match in _TOKEN.finditer(sql):
        kind, text = match.lastgroup, match.group()
        if kind == "parameter":
            number = _number(text, names, parameters)
            parameters.append((match.start() - start, match.end() - start, number))
        if kind == "end" and trigger.may_end():
            yield from _statement(sql[start : match.end()], parameters)
            start, trigger, parameters, names = match.end(), _TriggerBody(), [], {}
        elif kind != "space":
            trigger.see(text.upper())
    yield from _statement(sql[start:], parameters)


def _statement(text: str, parameters: list[tuple[int, int, int]]) -> Iterator[Statement]:
    if not is_blank(text):
        yield Statement(text, tuple(parameters))


def _number(text: str, names: dict[str, int], seen: list[tuple[int, int, int]]) -> int:
    highest = max((number for _, _, number in seen), default=0)
    if text == "?":
        return highest + 1
    if text[0] == "?":
        return int(text[1:])
    return names.setdefault(text, highest + 1)


_TEMPORARY = ("TEMP", "TEMPORARY")


class _TriggerBody:
    """``CREATE [TEMP] TRIGGER … BEGIN …; …; END;`` ends only at a semicolon after ``; END``."""

    def __init__(self) -> None:
        self._place = "start"
        self._last = ["", ""]

    def see(self, token: str) -> None:
        self._last = [self._last[1], token]
        match self._place, token:
            case (("start" | "explain"), "CREATE"):
                self._place = "create"
            case "start", "EXPLAIN":
                self._place = "explain"
            case "explain", word if word not in ("EXPLAIN", "TRIGGER", "END", *_TEMPORARY):
                pass  # QUERY PLAN, and whatever else SQLite lets stand there
            case "create", "TRIGGER":
                self._place = "trigger"
            case "create", word if word in _TEMPORARY:
                pass
            case place, _ if place != "trigger":
                self._place = "other"

    def may_end(self) -> bool:
        if self._place != "trigger" or self._last == [";", "END"]:
            return True
        self.see(";")
        return False

"""Compare an output with what the page shows, where `...` stands for what varies.

Three rules keep an elision from hiding a mistake. It stays inside its line. The line keeps a word of its own
beside it. And the whole expectation must not fit the output of something else on the page: then it would say
nothing about this one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
"""An elision: three dots, no more. A longer row of dots is itself."""


@dataclass(frozen=True)
class Shown:
    """An output on a page: what is expected, what came, and the place of the command that made it."""

    place: str
    expected: str
    got: str


def normal(text: str) -> list[str]:
    """The lines that count: no spaces at the end of a line, no empty lines around the whole."""
    return [line.rstrip() for line in text.replace("\r\n", "\n").strip("\n").rstrip().split("\n")]


def line_fits(expected: str, got: str) -> bool:
    """Whether a line is what the page shows. An elision is at least one character long and ends with its
    line."""
    if expected == got:
        return True
    # Not a regular expression: a row of dots (pytest prints one) would make it try every way to part the
    # line.
    first, *middle = DOTS.split(expected)
    if not middle or not got.startswith(first):
        return False
    *middle, last = middle
    at = len(first)
    for part in middle:
        found = got.find(part, at + 1)
        if found < 0:
            return False
        at = found + len(part)
    return got.endswith(last) and len(got) - len(last) >= at + 1


def fits(expected: str, got: str) -> bool:
    """Whether an output is what the page shows."""
    wanted, came = normal(expected), normal(got)
    return len(wanted) == len(came) and all(map(line_fits, wanted, came))


def elides(expected: str, got: str) -> bool:
    """Whether the page leaves out a part of this output. Dots that the program printed are no elision."""
    return normal(expected) != normal(got) and bool(DOTS.search(expected))


def fault_of_elision(expected: str, got: str = "") -> str | None:
    """What is wrong with the elisions of an expectation taken alone."""
    got_lines = normal(got)
    for number, line in enumerate(normal(expected)):
        if not DOTS.search(line) or (number < len(got_lines) and got_lines[number] == line):
            continue
        rest = DOTS.sub(" ", line)
        if not rest.strip():
            return f"`{line.strip()}` elides a whole line. Elide only what varies inside a line"
        if not re.search(r"\w\w", rest):
            return f"`{line.strip()}` is elided too far: no word of the line is left"
    return None


def fault_among(shown: Shown, others: Iterable[Shown]) -> str | None:
    """What is wrong with an elided expectation among the other outputs of the page."""
    if not elides(shown.expected, shown.got):
        return None
    for other in others:
        if normal(other.got) == normal(shown.got) or normal(other.expected) == normal(shown.expected):
            continue
        if fits(shown.expected, other.got):
            return (
                f"elided too far: the output of {other.place} would pass here too.\n"
                f"expected:\n{_indented(shown.expected)}\noutput of {other.place}:\n{_indented(other.got)}"
            )
    return None


def difference(expected: str, got: str) -> str:
    """Expected against got, line by line: `-` stands on the page, `+` came.

    A line that its elision fits is no difference.
    """
    expected_lines, got_lines = normal(expected), normal(got)
    aligned = list(got_lines)
    for line in expected_lines:
        aligned = [line if line_fits(line, came) else came for came in aligned]
    lines = list(difflib.ndiff(expected_lines, aligned))
    return "\n".join("    " + line for line in lines if not line.startswith("?"))


def mismatch(expected: str, got: str) -> str | None:
    """The complete check of one output against the page: a text that says what is wrong, or None."""
    fault = fault_of_elision(expected, got)
    if fault:
        return fault
    if fits(expected, got):
        return None
    return f"expected (-) against got (+):\n{difference(expected, got)}"


def _indented(text: str) -> str:
    return "\n".join("    " + line for line in normal(text))

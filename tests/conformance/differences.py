"""The known differences between the emulator and the reference runtime: `differences.toml`, read and checked.

Each is an expected failure in the conformance tests, strictly: one that is gone fails too. The site's
compatibility page is generated from the same file.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parent / "differences.toml"

# The Python that the list was made on.
OLDEST_PYTHON = (3, 11)

KINDS = {
    "host": "The Python of your machine",
    "stricter": "Stricter than the reference, as production is documented",
    "kinder": "Kinder than the reference",
    "missing": "Not there yet",
}


@dataclass(frozen=True)
class Difference:
    """One difference and the questions that show it.

    Attributes:
        title: What differs, as a heading.
        kind: One of KINDS.
        reason: Why it stays.
        source: Where a stricter rule is documented.
        until_python: The host's Python from which on there is none.
        questions: By probe, the questions answered differently. A question ending in `*` stands for all
        that begin so.
    """

    title: str
    kind: str
    reason: str
    questions: dict[str, tuple[str, ...]]
    source: str | None = None
    until_python: str | None = None

    @property
    def is_strict(self) -> bool:
        """Whether it must show: what depends on Python's version may be gone on a newer one."""
        return self.until_python is None or sys.version_info[:2] == OLDEST_PYTHON

    @property
    def holds(self) -> bool:
        """Whether it can show on this Python."""
        return self.until_python is None or sys.version_info < tuple(map(int, self.until_python.split(".")))

    def covers(self, probe: str, question: str) -> bool:
        """Whether a question's answer may differ for this reason."""
        return any(_fits(pattern, question) for pattern in self.questions.get(probe, ()))


def _fits(pattern: str, question: str) -> bool:
    return question.startswith(pattern[:-1]) if pattern.endswith("*") else question == pattern


@cache
def differences() -> tuple[Difference, ...]:
    """All of them, in the order of the file."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(_difference(entry) for entry in table.get("difference", ()))


def _difference(entry: dict[str, object]) -> Difference:
    questions = {probe: tuple(found) for probe, found in dict(entry.pop("questions")).items()}  # type: ignore[call-overload]
    return Difference(questions=questions, **entry)  # type: ignore[arg-type]


def difference_of(probe: str, question: str) -> Difference | None:
    """Why the emulator's answer may differ; None when it may not."""
    found = (entry for entry in differences() if entry.holds and entry.covers(probe, question))
    return next(found, None)


def marks_of(probe: str, question: str) -> list[pytest.MarkDecorator]:
    """The mark of a known difference, for the parameter that asks this question."""
    difference = difference_of(probe, question)
    if difference is None:
        return []
    reason = f"{difference.title}: {difference.reason}"
    return [pytest.mark.xfail(strict=difference.is_strict, reason=reason)]

"""The known differences between the emulator and the reference runtime: `differences.toml`, read and checked.

Each is an expected failure in the conformance tests, strictly: one that is gone fails too. The site's
compatibility page is generated from the same file.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent / "differences.toml"

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
        questions: By probe, the questions answered differently. A question ending in `*` stands for all
        that begin so.
    """

    title: str
    kind: str
    reason: str
    questions: dict[str, tuple[str, ...]]
    source: str | None = None

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


def reason_for(probe: str, question: str) -> str | None:
    """Why the emulator's answer may differ; None when it may not."""
    for difference in differences():
        if difference.covers(probe, question):
            return f"{difference.title}: {difference.reason}"
    return None

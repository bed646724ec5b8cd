"""What can be wrong with a wrangler file, and how it is said."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from doris.errors import UserError

Location = tuple[int, int]
"""Line and column, both counted from 1."""


class Lines:
    """Finds the line and column of places in a text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def locate(self, at: int) -> Location:
        """The location of the character at index ``at``."""
        line = bisect.bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``hint`` is the way out."""

    file: Path
    message: str
    field: str | None = None
    location: Location | None = None
    hint: str | None = None

    def __str__(self) -> str:
        where = show_path(self.file)
        if self.location is not None:
            where += f":{self.location[0]}:{self.location[1]}"
        what = f"{self.field}: {self.message}" if self.field else self.message
        return f"{where}: {what}" + (f"\n  {self.hint}" if self.hint else "")


class ConfigError(UserError):
    """A wrangler file that cannot be used. ``problems`` has everything that was found, ``str()`` says it in
    full.
    """

    __module__ = "doris"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    @classmethod
    def of(
        cls,
        file: Path,
        message: str,
        *,
        field: str | None = None,
        location: Location | None = None,
        hint: str | None = None,
    ) -> ConfigError:
        """An error with a single problem."""
        return cls([Problem(file, message, field, location, hint)])


def show_path(path: Path) -> str:
    """The path as a person in the current folder would write it."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if here in path.parents else str(path)

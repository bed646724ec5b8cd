"""The model of a code block, as small as it can be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Include:
    """One `--8<--` line inside a fence, or outside of one: `path`, `path:section` or `path:3:7`."""

    target: str
    line: int

    @property
    def path(self) -> str:
        """The path without a section or line range behind it."""
        return self.target.split(":", 1)[0]

    @property
    def part(self) -> str:
        """The section or line range, or an empty string for the whole file."""
        return self.target.partition(":")[2]


@dataclass(frozen=True)
class Fence:
    """A code block. `line` is the line of the opening fence in `path`; `body` has its includes filled in."""

    language: str
    info: str
    attrs: dict[str, str]
    body: str
    line: int
    indent: int
    path: str
    classes: tuple[str, ...] = ()
    id: str = ""
    includes: tuple[Include, ...] = ()
    problem: str = ""  # what is wrong with the block before anything is done with it: a stale include

    @property
    def title(self) -> str | None:
        """The path of the file that the block shows, if it shows one."""
        return self.attrs.get("title")

    @property
    def place(self) -> str:
        """`docs/page.md:12`, the name of the block in test ids and messages."""
        return f"{self.path}:{self.line}"

    def place_of(self, body_line: int) -> str:
        """The place of a line of the body, counted from 1. An included line stands in another file: the
        fence's place.
        """
        return f"{self.path}:{self.line if self.includes else self.line + body_line}"


@dataclass(frozen=True)
class Refused:
    """Something that readers would see as code, or that was meant as a fence, and that no fence holds."""

    path: str
    line: int
    what: str

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}"


class ReplayError(AssertionError):
    """A block does not hold. The text is what a contributor reads: place, code, expected against got."""

    def __init__(self, place: str, text: str) -> None:
        super().__init__(f"{place}: {text}")
        self.place = place
        self.text = text


def repository() -> Path:
    """The folder that has mkdocs.yml."""
    return Path(__file__).resolve().parents[3]

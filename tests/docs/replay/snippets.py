"""Includes: lines `--8<-- "path"`, `"path:section"`, `"path:3:7"`, filled in by pymdownx.snippets itself, and
proven.

An include is stale when the file is gone, when it has lost the section, or when the lines it names lie
outside of it. The extension says the first two and is silent about the third: it renders an empty block.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import markdown
from pymdownx.snippets import SnippetExtension, SnippetMissingError, SnippetPreprocessor

from .fence import Fence, Include, ReplayError


class Snippets:
    """The includes of a site whose `base_path` is `bases`."""

    def __init__(self, bases: Sequence[Path]) -> None:
        self.bases = [Path(base) for base in bases]
        config = SnippetExtension(
            base_path=[str(base) for base in self.bases], check_paths=True, dedent_subsections=True
        ).getConfigs()
        self.preprocessor = SnippetPreprocessor(config, markdown.Markdown())

    def fill(self, fence: Fence) -> Fence:
        """The fence with its includes filled in, or with its problem."""
        if "8<" not in fence.body:
            return fence
        found = tuple(self.targets(fence.body.split("\n"), fence.line))
        try:
            for include in found:
                self.prove(include.target, f"{fence.path}:{include.line}")
            return dataclasses.replace(fence, body=self._expand(fence.body, fence.place), includes=found)
        except ReplayError as error:
            return dataclasses.replace(fence, includes=found, problem=error.text)

    def outside(self, lines: list[str], covered: set[int], path: str) -> list[Include]:
        """The includes of a page that stand in none of its fences (`covered`: the lines of the fences, from
        1).
        """
        del path
        bare = ["" if number in covered else line for number, line in enumerate(lines, 1)]
        return list(self.targets(bare, 0))

    def read(self, target: str) -> tuple[str, str]:
        """The text of an include and the name of its file. Raises ReplayError."""
        self.prove(target, target)
        return self._expand(f'--8<-- "{target}"', target), Include(target, 0).path

    def targets(self, lines: list[str], before: int) -> Iterator[Include]:
        """The includes in these lines, in both spellings: one line, or a block between two lines `--8<--`."""
        in_block = False
        for number, line in enumerate(lines, 1):
            match = self.preprocessor.RE_ALL_SNIPPETS.match(line)
            if match and match.group("escape"):
                continue
            if match and match.group("block_marker"):
                in_block = not in_block
            elif match and not in_block:
                yield Include(match.group("snippet").strip()[1:-1].strip(), before + number)
            elif in_block and line.strip() and not line.strip().startswith(";"):
                yield Include(line.strip(), before + number)

    def prove(self, target: str, place: str) -> Path:
        """The file of an include; ReplayError if it or the part of it that is named is not there."""
        if target.startswith(("http:", "https:")):
            raise ReplayError(place, f"includes {target}: a page includes only files of this repository")
        path, ranges = _parted(target)
        self.preprocessor.bases = None  # look again: files come and go while a page is written
        found = self.preprocessor.get_snippet_path(path) if path else None
        if found is None or not Path(found).is_file():
            raise ReplayError(place, f"stale include: there is no file {path}")
        file = Path(found)
        total = len(file.read_text(encoding="utf-8").splitlines())
        if any(not 1 <= number <= total for number in ranges):
            raise ReplayError(
                place, f"stale include: {target} names lines that the file, {total} lines long, has not"
            )
        if not self._expand(f'--8<-- "{target}"', place).strip():
            raise ReplayError(place, f"stale include: {target} is empty")
        return file

    def _expand(self, text: str, place: str) -> str:
        try:
            return "\n".join(self.preprocessor.run(text.split("\n")))
        except SnippetMissingError as error:
            raise ReplayError(place, f"stale include: {error}") from None


def _parted(target: str) -> tuple[str, list[int]]:
    """The path of an include, and the line numbers behind it (`:3:7`, `:3:7,10:12`); negative ones count from
    the end.
    """
    match = SnippetPreprocessor.RE_SNIPPET_FILE.match(target)
    if match is None:
        return target, []
    numbers = [int(number) for number in re.findall(r"-?\d+", match.group(2) or "")]
    return match.group(1).strip(), [number for number in numbers if number >= 0]

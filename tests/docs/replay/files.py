"""Titled blocks: files of the page's project, written whole, appended to, merged into, or proven against an
example.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from .fence import Fence, ReplayError, repository
from .merge import merged
from .traces import Traces

if TYPE_CHECKING:
    from .page import Page

COPIES = ("examples/", "snippets/")
EDITS = ("append", "merge")


class Files:
    """Writes the files that a page shows."""

    def __init__(self, traces: Traces, replaced: Mapping[str, str]) -> None:
        self.traces = traces
        self.replaced = replaced

    def place(self, page: Page, fence: Fence) -> None:
        """Put the file of a titled block where the reader would. Raises ReplayError."""
        title = fence.title or ""
        path = PurePosixPath(title)
        if path.is_absolute() or ".." in path.parts or "\\" in title:
            raise ReplayError(fence.place, f'title="{title}": a title is a path inside the project')
        if fence.includes:
            self._place_included(page, fence)
        elif title.startswith(COPIES):
            self._prove_copy(fence)
        else:
            self._write(page.cwd / title, self._text(page, fence))

    def _text(self, page: Page, fence: Fence) -> str:
        edit = fence.attrs.get("data-edit")
        body = fence.body.strip("\n") + "\n"
        if edit is None:
            return body
        if edit not in EDITS:
            raise ReplayError(fence.place, f'data-edit="{edit}": known are {" and ".join(EDITS)}')
        file = page.cwd / (fence.title or "")
        if not file.is_file():
            raise ReplayError(
                fence.place, f'data-edit="{edit}": the page has not written {fence.title} before'
            )
        before = file.read_text(encoding="utf-8")
        if edit == "append":
            return before.rstrip("\n") + "\n\n" * (fence.language == "python") + "\n" + body
        try:
            return merged(before, body)
        except SyntaxError as error:
            raise ReplayError(fence.place_of(error.lineno or 1), f"not Python: {error.msg}") from None

    def _write(self, file: Path, text: str) -> None:
        if file.suffix == ".py":
            self.traces.write(file, text)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def _place_included(self, page: Page, fence: Fence) -> None:
        """The whole file of the example takes its place in the project; the block may show a part of it."""
        title = fence.title or ""
        paths = {include.path for include in fence.includes}
        if len(paths) != 1:
            raise ReplayError(fence.place, f"a block with a title includes one file, not {len(paths)}")
        (path,) = paths
        if not f"/{path}".endswith(f"/{title}"):
            raise ReplayError(fence.place, f'title="{title}" is not the end of the included path {path}')
        self._write(page.cwd / title, self._included(path))

    def _included(self, path: str) -> str:
        """The text of a file of the repository, or what takes its place in this replay: a mutant."""
        if path in self.replaced:
            return self.replaced[path]
        return (repository() / path).read_text(encoding="utf-8")

    def _prove_copy(self, fence: Fence) -> None:
        title = fence.title or ""
        file = repository() / title
        if not file.is_file():
            raise ReplayError(fence.place, f"stale copy: there is no file {title}")
        if not stands_in(fence.body, file.read_text(encoding="utf-8")):
            raise ReplayError(
                fence.place, f"stale copy: the block does not stand in {title} like this. Include it instead"
            )


def stands_in(body: str, text: str) -> bool:
    """Whether the lines of a block stand in a text one after the other, at whatever indentation."""
    wanted = [line.rstrip() for line in textwrap.dedent(body).strip("\n").split("\n")]
    lines = text.split("\n")
    for start in range(len(lines) - len(wanted) + 1):
        part = textwrap.dedent("\n".join(lines[start : start + len(wanted)])).split("\n")
        if [line.rstrip() for line in part] == wanted:
            return True
    return False

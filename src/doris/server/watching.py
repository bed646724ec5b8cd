"""Which files make a Worker, and whether one of them changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from doris.config import Project

_PASSED_OVER = {"python_modules", "node_modules", "__pycache__"}
_WATCHED = {".py", ".sql", ".toml", ".json", ".jsonc", ".html", ".txt", ".css", ".js", ".md"}


class Watch:
    """The files of a project with their times of change."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._times = dict(self._look())

    def changed(self) -> list[Path]:
        """The files that changed, came or went since the last call."""
        times = dict(self._look())
        before, self._times = self._times, times
        return sorted(path for path in before.keys() | times.keys() if before.get(path) != times.get(path))

    def configures(self, path: Path) -> bool:
        """Whether a file is the project's configuration rather than its code."""
        return path == self._project.file or path.name.startswith((".dev.vars", ".env"))

    def _look(self) -> Iterator[tuple[Path, tuple[int, int]]]:
        root, main = self._project.root, self._project.main
        files = {self._project.file, *root.glob(".dev.vars*"), *root.glob(".env*")}
        files |= set(_sources(main.parent if main is not None else root))
        for path in files:
            try:
                status = path.stat()
            except OSError:
                continue
            yield path, (status.st_mtime_ns, status.st_size)


def _sources(folder: Path) -> Iterator[Path]:
    try:
        entries = list(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _PASSED_OVER:
            continue
        if entry.is_dir():
            if not (entry / "pyvenv.cfg").exists():
                yield from _sources(entry)
        elif entry.suffix in _WATCHED:
            yield entry

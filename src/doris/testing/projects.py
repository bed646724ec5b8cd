"""Which project a test belongs to. Looks for files only; the emulator is imported when one is found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from doris.testing.project import TestProject

#: The names that a wrangler file may have.
_NAMES = ("wrangler.jsonc", "wrangler.json", "wrangler.toml")


class Projects:
    """All projects of one pytest run.

    Args:
        directory: The argument of ``--worker``; None when it was not given.
        base: What a relative directory is relative to.
    """

    def __init__(self, directory: str | None, base: Path) -> None:
        self._directory = None if directory is None else (base / directory).resolve()
        self._by_folder: dict[Path, TestProject | None] = {}
        self._by_file: dict[Path, TestProject] = {}
        self._only: TestProject | None = None

    def only(self) -> TestProject:
        """The project of ``--worker``."""
        if self._only is None:
            assert self._directory is not None
            from doris import UserError, config
            from doris.testing.project import TestProject

            try:
                self._only = TestProject(config.load(self._directory), is_inside=True)
                self._only.open()
            except UserError as error:
                import pytest

                raise pytest.UsageError(f"--worker: {error}") from error
        return self._only

    def of(self, path: Path) -> TestProject | None:
        """The project of a test file; None when no wrangler file of a Worker is near."""
        if self._directory is not None:
            return self.only()
        folder = path if path.is_dir() else path.parent
        if folder not in self._by_folder:
            self._by_folder[folder] = self._nearest(folder)
        return self._by_folder[folder]

    def _nearest(self, folder: Path) -> TestProject | None:
        if not any((above / name).exists() for above in (folder, *folder.parents) for name in _NAMES):
            return None  # without importing anything
        from doris import config
        from doris.testing.project import TestProject

        file = config.find_project(folder)
        if file is None:
            return None
        if file not in self._by_file:
            self._by_file[file] = TestProject(config.load(file), is_inside=False)
        return self._by_file[file]

    def close(self) -> None:
        """Stop all Workers."""
        for project in {*self._by_file.values(), self._only} - {None}:
            assert project is not None
            project.close()

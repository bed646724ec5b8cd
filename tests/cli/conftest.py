from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from doris.cli import main

ENTRY = """
from workers import Response, WorkerEntrypoint


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        return Response("hello")
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    output: str
    errors: str


@pytest.fixture
def doris(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Runs a command in this process."""

    def doris(*arguments: str) -> Ended:
        try:
            status = main(arguments)
        except SystemExit as end:
            status = int(end.code or 0)
        output, errors = capsys.readouterr()
        return Ended(status, output, errors)

    return doris


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Worker with a database, in the current folder."""
    folder = tmp_path / "project"
    (folder / "src").mkdir(parents=True)
    (folder / "wrangler.toml").write_text(
        'name = "a"\nmain = "src/entry.py"\n'
        'compatibility_date = "2026-11-01"\n'
        'compatibility_flags = ["python_workers"]\n'
        '[[d1_databases]]\nbinding = "DB"\ndatabase_name = "notes"\n'
    )
    (folder / "src" / "entry.py").write_text(ENTRY)
    monkeypatch.chdir(folder)
    return folder

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from doris import cli
from doris.errors import UserError
from doris.sql import SqlError

from .conftest import Ended


def test_version(doris: Callable[..., Ended]) -> None:
    assert doris("--version") == Ended(0, f"doris {version('doris-workers')}\n", "")


def test_no_command(doris: Callable[..., Ended]) -> None:
    ended = doris()
    assert ended.status == 2
    assert ended.errors == (
        "usage: doris [-h] [--version] COMMAND ...\n"
        "doris: error: the following arguments are required: COMMAND\n"
    )


def test_unknown_command(doris: Callable[..., Ended]) -> None:
    ended = doris("deploy")
    assert ended.status == 2
    assert "argument COMMAND: invalid choice: 'deploy' (choose from" in ended.errors


@pytest.mark.parametrize(
    ("error", "status", "errors"),
    [
        (UserError("it is so\n  do this"), 1, "error: it is so\n  do this\n"),
        (SqlError("near x", "SQLITE_ERROR"), 1, "error: near x: SQLITE_ERROR\n"),
        (
            PermissionError(13, "Permission denied", "src/entry.py"),
            1,
            "error: src/entry.py: Permission denied\n",
        ),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_errors_become_a_status(
    error: BaseException,
    status: int,
    errors: str,
    doris: Callable[..., Ended],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(cli, "make_parser", fail)
    assert doris("check") == Ended(status, "", errors)


def test_a_reader_that_goes_away() -> None:
    """`doris … | head` ends quietly."""
    command = [sys.executable, "-m", "doris.cli", "new"]
    source = Path(cli.__file__).parent.parent.parent
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={"PYTHONPATH": str(source)}, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), errors) == (1, "")

"""Commands that cannot run here are held against the tools' own help."""

from __future__ import annotations

import pytest

from tests.docs.replay.outward import outward, simple_commands
from tests.docs.replay.tool_help import fault


@pytest.mark.parametrize(
    "command",
    [
        "uv run pywrangler deploy --env production",
        "uv run pywrangler sync --force",
        "uv run pywrangler d1 migrations apply DB --remote",
        "npx wrangler d1 export notes --remote --output notes.sql",
        "npx --yes wrangler secret put TOKEN",
        "pip install --upgrade doris-workers",
        "python -m pip install -r requirements.txt",
        "uv init --bare && uv add --dev pytest",
        "git push -u origin main",
        "python3 -m venv .venv",
        ". .venv/bin/activate",
    ],
)
def test_what_the_tools_know(command: str) -> None:
    found = outward(command)
    assert found is not None
    assert fault(found) is None


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("uv run pywrangler deploy --nope", "`pywrangler deploy` has no option --nope, says its own help"),
        ("uv run pywrangler sync --nope", "`pywrangler sync` has no option --nope, says its own help"),
        ("npx wrangler nonsense", "`wrangler` has no subcommand nonsense, says its own help"),
        ("npx wrangler d1 destroy notes", "`wrangler d1` has no subcommand destroy, says its own help"),
        ("pip install --nope x", "`pip install` has no option --nope, says its own help"),
        ("git push --nope", "`git push` has no option --nope, says its own help"),
    ],
)
def test_what_they_do_not_know(command: str, message: str) -> None:
    found = outward(command)
    assert found is not None
    assert fault(found) == message


@pytest.mark.parametrize(
    "command",
    [
        "doris dev",
        "npx wrangler deploy --dry-run",
        "wrangler d1 execute DB --local --command 'SELECT 1'",
        "uv run pywrangler --help",
        "git status",
        "pytest -q",
        "echo 'pip install x'",
    ],
)
def test_what_runs_here(command: str) -> None:
    assert outward(command) is None


def test_a_line_has_several_commands() -> None:
    assert simple_commands("cd a && pip install x; echo 'a; b' | cat  # c") == [
        "cd a",
        "pip install x",
        "echo 'a; b'",
        "cat",
    ]

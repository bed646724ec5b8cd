"""The pytest plugin as a project meets it: pytest in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import doris
from tests.projects import make_project, worker_source


def run_pytest(folder: Path, tests: str, *options: str) -> str:
    """The output of pytest over one test module of a project."""
    (folder / "tests").mkdir()
    (folder / "tests" / "test_it.py").write_text(tests, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, "tests"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True).stdout


def test_an_async_fixture_with_a_wider_scope_is_refused_by_name(tmp_path: Path) -> None:
    output = run_pytest(
        make_project(tmp_path / "project"),
        "import pytest\n"
        "@pytest.fixture(scope='session')\n"
        "async def account(): return 1\n"
        "async def test_account(account): pass\n",
    )
    assert "the async fixture 'account' has the scope 'session'" in output
    assert "leave the scope out" in output
    assert output.endswith("\n1 error in " + output.rpartition(" in ")[2])


def test_a_failure_shows_no_code_of_the_emulator(tmp_path: Path) -> None:
    output = run_pytest(
        make_project(tmp_path / "project", worker_source("return Response('x')")),
        "import js\n"
        "async def test_binding(env): env.NOPE\n"
        "async def test_javascript(worker): js.JSON.parse('{')\n",
    )
    assert "AttributeError: NOPE" in output
    assert "JsException: SyntaxError: Expected property name" in output
    assert os.path.relpath(Path(doris.__file__).parent, tmp_path / "project") not in output
    assert str(Path(doris.__file__).parent) not in output

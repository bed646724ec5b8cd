"""The tests of every example pass on both engines, as often as there are tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conformance.engines import EMULATOR, REFERENCE

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = sorted(
    folder.parent.relative_to(ROOT).as_posix()
    for folder in (ROOT / "examples").rglob("tests")
    if folder.is_dir()
)
PLUGINS = {
    EMULATOR: [],
    REFERENCE: ["-p", "no:doris", "-p", "tests.conformance.example_plugin", "--project", "."],
}


def run_tests(project: Path, engine: str) -> tuple[int, str]:
    """Run a project's tests in a process of their own; how many passed, and what pytest printed."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        *PLUGINS[engine],
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    summary = re.search(r"^(\d+) passed in", done.stdout, re.MULTILINE)
    return (int(summary[1]) if summary and done.returncode == 0 else 0), done.stdout + done.stderr


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("engine", [EMULATOR, pytest.param(REFERENCE, marks=pytest.mark.reference)])
def test_tests_of_example_pass(example: str, engine: str, tmp_path: Path) -> None:
    # Copied out, as a reader has it: what an example needs from this repository would be missed.
    project = tmp_path / "project"
    shutil.copytree(
        ROOT / example, project, ignore=shutil.ignore_patterns("__pycache__", ".doris", ".wrangler")
    )
    defined = sum(
        len(re.findall(r"^\s*(?:async )?def test_", file.read_text("utf-8"), re.MULTILINE))
        for file in project.rglob("test_*.py")
    )
    passed, said = run_tests(project, engine)
    assert passed >= defined > 0, said

"""Every example is a project of its own: its check and its tests pass, in place and copied out."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from doris import config
from tests.site.built import ROOT
from tests.site.wrangler import wrangler

EXAMPLES = sorted(file.parent for file in (ROOT / "examples").rglob("wrangler.jsonc"))
# What a run leaves behind in a working copy, and git ignores.
LEFT_BEHIND = shutil.ignore_patterns("__pycache__", ".doris", ".wrangler", ".pytest_cache")

every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a module of this interpreter in a folder, in an environment that everybody has."""
    return subprocess.run(
        [sys.executable, "-P", "-m", *command],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def run_its_tests(folder: Path) -> None:
    done = run(folder, "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly")
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"^(\d+) passed in ", done.stdout, re.MULTILINE)
    assert passed is not None, "something other than passing: " + done.stdout
    assert int(passed[1]) > 0


def test_there_is_an_example() -> None:
    assert EXAMPLES


@every_example
def test_its_tests_pass_in_place(example: Path) -> None:
    run_its_tests(example)


@every_example
def test_its_tests_pass_when_it_is_copied_out(example: Path, tmp_path: Path) -> None:
    run_its_tests(Path(shutil.copytree(example, tmp_path / "copy", ignore=LEFT_BEHIND)))


@every_example
def test_the_check_finds_nothing(example: Path) -> None:
    done = run(example, "doris.cli", "check")
    assert done.returncode == 0, done.stdout + done.stderr


@every_example
def test_a_dry_run_of_its_deploy_passes(example: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(example, tmp_path / "copy", ignore=LEFT_BEHIND)
    said = wrangler(copy, "deploy", "--dry-run", "--outdir", str(tmp_path / "out"))
    for database in config.load(example).d1_databases:
        assert re.search(rf"env\.{database.binding} .*D1 Database", said)
    assert "--dry-run: exiting now" in said


@every_example
def test_it_says_which_packages_it_needs_and_how_to_run_it(example: Path) -> None:
    project = tomllib.loads((example / "pyproject.toml").read_text("utf-8"))
    assert {"doris-workers", "workers-py", "workers-runtime-sdk"} <= set(project["dependency-groups"]["dev"])
    readme = (example / "README.md").read_text("utf-8")
    for command in ("doris dev", "pytest", "pywrangler deploy"):
        assert command in readme


@every_example
def test_it_runs_on_the_runtime_that_the_site_is_tested_with(example: Path) -> None:
    project = config.load(example)
    assert project.compatibility_date == "2026-11-01"
    assert project.compatibility_flags == ("python_workers",)
    pinned = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]["workerd"]
    year, month, day = re.fullmatch(r"1\.(\d{4})(\d\d)(\d\d)\.\d+", pinned).groups()
    assert project.compatibility_date <= f"{year}-{month}-{day}"

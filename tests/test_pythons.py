"""The tests of the emulator on every other Python that this machine has."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

import pythons

ROOT = Path(__file__).resolve().parent.parent

# Not again: what does not depend on the Python that runs it, or starts other programs anyway.
LEFT_OUT = ["docs", "conformance", "reference", "sdk", "site"]
LEFT_OUT += [f"test_{name}.py" for name in ("packaging", "pyodide", "pythons", "repository", "setup")]


@pytest.mark.pythons
@pytest.mark.timeout(600)
@pytest.mark.parametrize("version", sorted(pythons.interpreters()))
def test_the_emulator_on(version: str) -> None:
    python = pythons.python_of(version)
    assert python.exists(), f"Python {version} has no environment: run `make verify`, which sets it up"
    ignored = [f"--ignore=tests/{name}" for name in LEFT_OUT]
    command = [
        python,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-m",
        "not (reference or browser)",
        *ignored,
    ]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))
    }
    done = subprocess.run(
        [*command, *ignored], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"Python {version}:\n{done.stdout[-6000:]}{done.stderr[-2000:]}"

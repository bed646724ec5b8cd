"""An environment for each other Python of this machine, so that `make verify` can run the tests on all.

    .venv/bin/python scripts/pythons.py

makes `build/pythons/3.12` and so on with the locked requirements, for every CPython from 3.11 on that is on
the PATH or that pyenv has, one for each minor version, and not for the version that runs this script.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "pythons"
REQUIREMENTS = ROOT / "requirements-dev.txt"
MINORS = range(11, 20)


def interpreters(own: int = sys.version_info.minor) -> dict[str, Path]:
    """Version (`3.12`) and program of all Pythons but 3.`own`, by name alone: nothing is started."""
    found: dict[str, Path] = {}
    for minor in MINORS:
        if minor == own:
            continue
        program = shutil.which(f"python3.{minor}")
        # A shim of pyenv may stand for a version that is not chosen; pyenv's folders are asked below.
        if program and "shims" not in Path(program).parts:
            found[f"3.{minor}"] = Path(program)
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for folder in sorted(versions.glob("3.*")):
        match = re.fullmatch(r"3\.(\d+)\.\d+", folder.name)
        program_here = folder / "bin" / "python"
        if match and int(match[1]) in MINORS and int(match[1]) != own:
            found.setdefault(f"3.{match[1]}", program_here)
    return found


def python_of(version: str) -> Path:
    """The program of the environment for a version."""
    programs = "Scripts" if os.name == "nt" else "bin"
    return FOLDER / version / programs / ("python.exe" if os.name == "nt" else "python")


def make(version: str, interpreter: Path) -> None:
    """Make the environment for a version unless it is there with these requirements."""
    stamp = FOLDER / version / "requirements.sha256"
    digest = hashlib.sha256(REQUIREMENTS.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    uv = Path(sys.executable).parent / ("uv.exe" if os.name == "nt" else "uv")
    run = [uv, "venv", "--quiet", "--clear", "--no-project", "--python", interpreter, FOLDER / version]
    subprocess.run(run, check=True)
    install = [uv, "pip", "install", "--quiet", "--python", python_of(version)]
    subprocess.run([*install, "--require-hashes", "--requirement", REQUIREMENTS], check=True)
    subprocess.run([*install, "--no-deps", "--no-build-isolation", "--editable", ROOT], check=True)
    stamp.write_text(digest)


def main() -> int:
    for version, interpreter in interpreters().items():
        print(f"      Python {version} ({interpreter})", flush=True)
        try:
            make(version, interpreter)
        except subprocess.CalledProcessError as error:
            print(f"pythons: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Fetch the source distribution of `workers-runtime-sdk`: Cloudflare's own tests of their SDK are only there.

The version and the hash stand in requirements-sdk.txt. The archive is unpacked into the cache outside the
work tree and is never part of this repository.

    .venv/bin/python scripts/fetch_sdk.py

prints the folder (`…/workers_runtime_sdk-1.9.5`, with `src` and `tests` in it). Fetching again returns at
once.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from build_bundle import ROOT, cache_folder

REQUIREMENTS = ROOT / "requirements-sdk.txt"


class FetchError(Exception):
    """The source distribution could not be had; the text says why."""


def pinned(requirements: Path = REQUIREMENTS) -> tuple[str, str]:
    """The version and the digest of the lock: the name of the cache folder changes when either does."""
    text = requirements.read_text(encoding="utf-8")
    found = re.search(r"^workers-runtime-sdk==(\S+)", text, re.MULTILINE)
    if not found:
        raise FetchError(f"{requirements.name} does not pin workers-runtime-sdk. Run `make lock`.")
    return found[1], hashlib.sha256(text.encode()).hexdigest()[:12]


def sdk_folder() -> Path:
    """Where the unpacked source distribution is, or will be after `fetch()`."""
    version, digest = pinned()
    return cache_folder() / f"sdk-{version}-{digest}" / f"workers_runtime_sdk-{version}"


def fetch() -> Path:
    """Fetch and unpack the source distribution unless it is there, and return its folder.

    Raises FetchError when pip fails, which includes a wrong hash.
    """
    folder = sdk_folder()
    if folder.is_dir():
        return folder
    base = folder.parent.parent
    base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=base) as scratch:
        archive = _download(Path(scratch))
        with tarfile.open(archive) as tar:
            tar.extractall(Path(scratch) / "unpacked", filter="data")
        # Whole or not at all: a fetch that is stopped leaves no half folder behind.
        folder.parent.mkdir(exist_ok=True)
        try:
            (Path(scratch) / "unpacked" / folder.name).replace(folder)
        except OSError:
            if not folder.is_dir():  # else: another process was faster
                raise
    return folder


def _download(destination: Path) -> Path:
    # pip reads an archive's metadata with its build backend. Without isolation that is the pinned hatchling.
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--no-binary", ":all:", "--no-build-isolation", "--require-hashes"]
    command += ["--dest", str(destination), "--requirement", str(REQUIREMENTS)]
    done = subprocess.run(command, capture_output=True, text=True)
    archives = list(destination.glob("*.tar.gz"))
    if done.returncode or not archives:
        raise FetchError(f"pip could not fetch workers-runtime-sdk:\n{done.stderr.strip()}")
    return archives[0]


def main() -> int:
    try:
        print(fetch())
    except FetchError as error:
        print(f"fetch_sdk: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

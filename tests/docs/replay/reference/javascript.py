"""A JavaScript Worker on workerd: with the page's configuration and migrations, asked what the page has
asked."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from doris.config import Project, load
from tests.reference import Reference, ReferenceRuntime
from tests.reference.modules import WorkerModule

PYTHON_FLAGS = {"python_workers", "python_workers_development"}


@contextmanager
def started(source: str, folder: Path, environ: dict[str, str]) -> Iterator[Reference]:
    """The module as the Worker of the project in `folder`, on fresh state with its migrations applied."""
    project = load(folder)
    there = Path(tempfile.mkdtemp(prefix="javascript-"))
    try:
        main = there / "src" / "index.js"
        main.parent.mkdir()
        main.write_text(source, encoding="utf-8")
        (there / "wrangler.json").write_text(json.dumps(_settings(project)), encoding="utf-8")
        for database in project.d1_databases:
            if Path(database.migrations_dir).is_dir():
                shutil.copytree(database.migrations_dir, there / "migrations" / database.binding)
                _migrate(database.binding, there, environ)
        with ReferenceRuntime(snapshot=False) as runtime:
            module = WorkerModule("index.js", "ESModule", main)
            with runtime.start(there, modules=[module], persist=there / "state" / "v3") as worker:
                yield worker
    finally:
        shutil.rmtree(there, ignore_errors=True)


def _settings(project: Project) -> dict[str, Any]:
    """The project's configuration for a Worker in JavaScript, with its migrations beside it."""
    flags = [flag for flag in project.compatibility_flags if flag not in PYTHON_FLAGS]
    databases = [
        {
            "binding": database.binding,
            "database_id": database.local_id,
            "database_name": database.binding,
            "migrations_dir": f"migrations/{database.binding}",
        }
        for database in project.d1_databases
    ]
    settings = {key: value for key, value in project.raw.items() if key not in ("env", "$schema")}
    return {**settings, "main": "src/index.js", "compatibility_flags": flags, "d1_databases": databases}


def _migrate(database: str, folder: Path, environ: dict[str, str]) -> None:
    command = [
        "wrangler",
        "d1",
        "migrations",
        "apply",
        database,
        "--local",
        "--persist-to",
        str(folder / "state"),
    ]
    wrangler = shutil.which("wrangler", path=environ["PATH"]) or "wrangler"
    subprocess.run(
        [wrangler, *command[1:]], cwd=folder, env={**environ, "CI": "true"}, capture_output=True, check=True
    )


def repeated(command: str, port: int, folder: Path, environ: dict[str, str]) -> str:
    """The output of a curl command of the page, sent to another port."""
    text = re.sub(r"(127\.0\.0\.1|localhost):\d{4,5}\b", f"127.0.0.1:{port}", command)
    done = subprocess.run(
        ["bash", "-c", text],
        cwd=folder,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout

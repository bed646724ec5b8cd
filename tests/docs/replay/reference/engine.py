"""The engine of `make verify`: what a page shows is what production's runtime does."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

from doris.config import load
from tests.reference import Reference, ReferenceRuntime
from tests.reference.modules import WorkerModule, sdk_modules, source_modules

from ..fence import ReplayError, repository
from ..session import Said, heard
from ..shell import Shell

HERE = Path(__file__).parent
JUDGED = re.compile(r"^\s*curl\b")

DORIS = """#!/bin/bash
# `doris` of a page that is replayed on the reference runtime.
case "$1" in
  dev)
    shift
    unset COVERAGE_PROCESS_START
    export PYTHONPATH="{root}"
    exec "{python}" -m tests.docs.replay.reference.dev "$@"
    ;;
  d1) exec wrangler "$@" --local ;;
  *) exec "{doris}" "$@" ;;
esac
"""


class ReferenceEngine:
    """workerd behind `doris dev` and behind the prompts.

    Only answers of the platform are compared: not what tools print.
    """

    name = "reference"
    complete = False

    def __init__(self) -> None:
        self.variables = {"CI": "true"}
        self.runtime: ReferenceRuntime | None = None
        self.console: Reference | None = None
        self.folder = Path(tempfile.mkdtemp(prefix="reference-"))

    def prepare(self, shell: Shell) -> None:
        """Put our `doris` before the real one."""
        real = shutil.which("doris", path=str(Path(sys.executable).parent)) or "doris"
        script = shell.root / "bin" / "doris"
        script.write_text(
            DORIS.format(root=repository(), python=sys.executable, doris=real), encoding="utf-8"
        )
        script.chmod(0o755)

    def judges(self, command: str) -> bool:
        """Whether the output of a command is the platform's."""
        return bool(JUDGED.match(command))

    def run_python(self, request: dict[str, Any], cwd: Path) -> Said | None:
        """Run a piece of a page's Python inside the project's Worker."""
        if self.console is None:
            self.console = self._start_console(cwd)
        answer = self.console.fetch("/", method="POST", body=json.dumps(request))
        if answer.status != 200:
            logs = "\n".join(entry["message"] for entry in self.console.logs[-5:])
            raise ReplayError(str(request["file"]), f"the reference runtime: {answer.text}\n{logs}")
        return heard(answer.json())

    def stop(self) -> None:
        """End the console's Worker and the runtime."""
        if self.runtime is not None:
            self.runtime.close()
        self.runtime = self.console = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start_console(self, cwd: Path) -> Reference:
        """The project's Worker on fresh state, with our main module in place of its own, migrations
        applied."""
        project = load(cwd)
        if project.main is None:
            raise ReplayError(str(project.file), "doris.open, and the project has no main module")
        own = [
            WorkerModule(file.name, "PythonModule", file)
            for file in (HERE / "console.py", HERE / "doris_there.py")
        ]
        self.runtime = ReferenceRuntime()
        modules = [*own, *source_modules(project.main), *sdk_modules()]
        worker = self.runtime.start(Path(project.file), modules=modules, persist=self.folder)
        for database in project.d1_databases:
            for file in sorted(Path(database.migrations_dir).glob("*.sql")):
                for statement in statements(file.read_text(encoding="utf-8")):
                    bound = f"__import__('doris').open().env.{database.binding}"
                    source = f"await {bound}.prepare({statement!r}).run()"
                    asked = {"mode": "script", "file": file.name, "source": source, "line": 1}
                    worker.fetch("/", method="POST", body=json.dumps(asked))
        return worker


def statements(sql: str) -> list[str]:
    """The statements of a migration, as SQLite itself parts them."""
    found: list[str] = []
    text = ""
    for part in re.split(r"(?<=;)", sql):
        text += part
        if sqlite3.complete_statement(text):
            found.append(text.strip())
            text = ""
    return found + ([text.strip()] if text.strip() else [])

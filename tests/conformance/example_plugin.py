"""A pytest plugin that runs an example's own tests against workerd: its `worker` fixture is a Worker there.

Loaded by `-p tests.conformance.example_plugin -p no:doris`, so that nothing of the emulator can answer by
mistake. It does what doris' plugin does for such tests: it runs `async def` tests, and gives each of them
clean state with the migrations applied. The Worker is started once.
"""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.reference import Answer, Reference, ReferenceRuntime
from tests.reference.runtime import find_config

TABLES = "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'"


class LiveResponse:
    """The part of the SDK's Response that the tests of examples use."""

    def __init__(self, answer: Answer) -> None:
        self.status = answer.status
        self.headers = {name: answer.header(name) for name, _ in answer.headers}
        self._answer = answer

    async def text(self) -> str:
        return self._answer.text

    async def json(self) -> Any:
        return self._answer.json()

    async def bytes(self) -> bytes:
        return self._answer.body


class LiveWorker:
    """The part of `doris.Worker` that the tests of examples use, over HTTP."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    async def fetch(
        self,
        path: str,
        *,
        method: str | None = None,
        headers: Mapping[str, str] | None = None,
        body: str | bytes | None = None,
        json: Any = None,
    ) -> LiveResponse:
        sends = body is not None or json is not None
        return LiveResponse(
            self._reference.fetch(
                path, method=method or ("POST" if sends else "GET"), headers=headers, body=body, json=json
            )
        )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--project", type=Path, help="the example's folder")


@pytest.fixture(scope="session")
def running(request: pytest.FixtureRequest) -> Iterator[Reference]:
    with ReferenceRuntime() as runtime, runtime.start(request.config.getoption("project")) as reference:
        yield reference


@pytest.fixture
def worker(running: Reference, request: pytest.FixtureRequest) -> LiveWorker:
    """The example's Worker on workerd, on clean state."""
    for database in d1_databases(request.config.getoption("project")):
        empty(running, database["binding"])
        folder = request.config.getoption("project") / database.get("migrations_dir", "migrations")
        scripts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.sql"))]
        if scripts:
            running.sql(database["binding"], *scripts)
    return LiveWorker(running)


def d1_databases(project: Path) -> list[dict[str, Any]]:
    """What the example's wrangler file says of its databases."""
    lines = find_config(project).read_text(encoding="utf-8").splitlines()
    # Comments of their own lines only: that is how our examples are written.
    settings = json.loads("\n".join(line for line in lines if not line.strip().startswith("//")))
    found: list[dict[str, Any]] = settings.get("d1_databases", [])
    return found


def empty(reference: Reference, binding: str) -> None:
    """Drop what a test left in a database."""
    dropped = [f'DROP {row["type"]} IF EXISTS "{row["name"]}"' for row in reference.sql(binding, TABLES)]
    if dropped:
        reference.sql(binding, "PRAGMA defer_foreign_keys = ON", *dropped)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    asyncio.run(pyfuncitem.obj(**arguments))
    return True

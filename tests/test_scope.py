"""What module scope may not do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import doris
from doris.scope import GLOBAL_SCOPE, refuse_at_module_scope
from tests.projects import HELLO, make_project

AT_START = """
import asyncio, js, time
from pyodide.ffi import run_sync

def outcome(attempt):
    try:
        return attempt()
    except Exception as error:
        return str(error)

found = {
    "setTimeout": outcome(lambda: js.setTimeout(lambda: None, 1)),
    "sleep": outcome(lambda: run_sync(asyncio.sleep(0.1))),
    "time.sleep": outcome(lambda: time.sleep(0.1)),
    "uuid": outcome(js.crypto.randomUUID),
    "run": outcome(lambda: asyncio.run(asyncio.sleep(0, "ran"))),
    "Date": js.Date.now(),
    "performance": (js.performance.now(), js.performance.timeOrigin),
    "time": time.time(),
}
"""


async def test_a_worker_that_starts_cannot_wait(tmp_path: Path) -> None:
    async with doris.open(make_project(tmp_path, AT_START + HELLO)) as worker:
        found: dict[str, Any] = worker._runtime.code.main.found
        refused = f"Error: {GLOBAL_SCOPE}"
        assert found == {
            "setTimeout": refused,
            "sleep": refused,
            "time.sleep": refused,
            "uuid": refused,
            "run": "ran",
            "Date": 0,
            "performance": (0, 0),
            "time": 0,
        }
        assert await (await worker.fetch("/")).text() == "hello"


async def test_a_module_scope_that_waits_forever_is_an_error(tmp_path: Path) -> None:
    source = """
    import asyncio
    from pyodide.ffi import run_sync
    run_sync(asyncio.get_running_loop().create_future())
    """
    with pytest.raises(doris.WorkerError, match="its module scope waits forever"):
        await doris.open(make_project(tmp_path, source))


def test_outside_of_a_worker_nothing_is_refused() -> None:
    refuse_at_module_scope()

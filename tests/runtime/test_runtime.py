"""A Worker that waits for what can never happen, and one that is closed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

import doris
from doris import config
from doris.clock import RealClock
from doris.js import Throw
from doris.runtime.runtime import Runtime, Settings
from doris.web import Request
from tests.projects import make_project, worker_source

from .conftest import Fetching

HUNG = "Error: The Workers runtime canceled this request because it detected that your Worker's code had hung"

HANGS = """
    try:
        if "promise" in request.url:
            await js.Promise.new(lambda resolve, reject: None)
        if "event" in request.url:
            await asyncio.Event().wait()
        await asyncio.sleep(5)
        return Response("in time")
    finally:
        left.append(1)
"""


@pytest.mark.parametrize("clock", ["virtual", "real"])
@pytest.mark.parametrize("path", ["/promise", "/event"])
async def test_a_request_that_hangs_is_given_up(fetching: Fetching, path: str, clock: str) -> None:
    options = {"clock": clock}
    async with fetching(HANGS, before="import asyncio, js\nleft = []", options=options) as worker:
        response = await worker.fetch(path)
        assert response.status == 500
        assert (await response.text()).startswith(HUNG)


async def test_a_request_that_sleeps_beside_one_that_hangs_is_answered(fetching: Fetching) -> None:
    async with fetching(HANGS, before="import asyncio, js\nleft = []") as worker:
        asleep, hung = await asyncio.gather(worker.fetch("/"), worker.fetch("/promise"))
        assert (asleep.status, hung.status) == (200, 500)


async def test_what_waits_for_a_hanging_request_goes_on(tmp_path: Path) -> None:
    body = """
    if "inner" in request.url:
        await asyncio.Event().wait()
    return Response("never")
    """
    project = make_project(tmp_path, worker_source(body, before="import asyncio"))
    async with doris.open(project) as worker:

        async def outer() -> int:
            inner: Any = await worker.fetch("/inner")
            return int(inner.status)

        assert await worker._runtime.run(outer()) == 500


async def test_under_the_real_clock_a_timer_is_waited_for(tmp_path: Path) -> None:
    source = worker_source("await asyncio.sleep(0.01)\nreturn Response('late')", before="import asyncio")
    settings = Settings(clock=RealClock())
    runtime = Runtime(config.load(make_project(tmp_path, source)), settings, asyncio.get_running_loop())
    runtime.start()
    try:
        response = await runtime.fetch(Request.from_http("GET", "http://localhost/", []))
        assert response.js_get("status") == 200
    finally:
        await runtime.stop()


async def test_a_closed_worker_says_so(tmp_path: Path) -> None:
    worker = await doris.open(make_project(tmp_path))
    await worker.close()
    with pytest.raises(RuntimeError, match="the Worker is closed"):
        await worker.fetch("/")


async def test_a_test_that_hangs_is_given_up(tmp_path: Path) -> None:
    async with doris.open(make_project(tmp_path)) as worker:
        with pytest.raises(Throw, match="had hung"):
            await worker._runtime.run(asyncio.Event().wait())

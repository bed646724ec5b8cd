"""``setTimeout``, ``setInterval``, ``scheduler`` and ``console``."""

from __future__ import annotations

from typing import Any

import pytest

from tests.runtime.conftest import Fetching


async def test_timers_fire_at_their_time_and_can_be_cleared(fetching: Fetching) -> None:
    body = """
    seen, done = [], asyncio.Event()
    note = create_proxy(lambda *args: seen.append((js.Date.now(), *args)))
    end = create_once_callable(done.set)
    js.setTimeout(note, 100, "a", 1)
    js.clearTimeout(js.setTimeout(note, 50))
    interval = js.setInterval(note, 40)
    js.setTimeout(end, 130)
    await done.wait()
    js.clearInterval(interval)
    js.clearTimeout(None)
    await js.scheduler.wait(1000)
    return Response.from_json(seen)
    """
    before = "import asyncio, js\nfrom pyodide.ffi import create_once_callable, create_proxy"
    import doris

    async with fetching(body, before=before, options={"clock": doris.VirtualClock(0)}) as worker:
        response = await worker.fetch("/")
        assert await response.json() == [[40], [80], [100, "a", 1], [120]]
        assert worker.clock.now_ms() == 1130


async def test_a_timer_needs_a_function(fetching: Fetching, capsys: pytest.CaptureFixture[str]) -> None:
    async with fetching("import js; js.setTimeout(5, 1)") as worker:
        text = await (await worker.fetch("/")).text()
        assert "TypeError: Failed to execute 'setTimeout' on 'ServiceWorkerGlobalScope': " in text


async def test_console_prints(fetching: Fetching, capsys: Any) -> None:
    body = """
    import js
    js.console.log("text", 5, js.Object.fromEntries([["a", [1, None]]]), js.Array.of(1, 2))
    js.console.error("wrong")
    return Response("x")
    """
    async with fetching(body) as worker:
        assert (await worker.fetch("/")).status == 200
    output = capsys.readouterr()
    assert output.out.startswith("text 5 ")
    assert output.out.endswith("[1,2]\n")
    assert output.err == "wrong\n"

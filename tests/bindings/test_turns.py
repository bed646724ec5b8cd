from __future__ import annotations

import asyncio
from typing import Any

from doris.bindings.turns import turn
from doris.clock import VirtualClock
from doris.js import drain, start
from doris.loop import WebLoop


def test_without_a_loop_it_is_over_at_once() -> None:
    promise = turn()
    drain()
    assert promise.state == "fulfilled"


def test_on_a_plain_loop_it_takes_a_turn() -> None:
    async def main() -> list[str]:
        log: list[str] = []

        async def call() -> None:
            log.append("called")
            await turn()
            log.append("answered")

        promise = start(call())
        log.append("went on")
        while promise.state == "pending":
            await asyncio.sleep(0)
        return log

    assert asyncio.run(main()) == ["called", "went on", "answered"]


def test_on_the_loop_of_a_worker_what_is_ready_runs_first() -> None:
    async def main() -> list[str]:
        log: list[str] = []
        done = asyncio.get_running_loop().create_future()
        loop = WebLoop(VirtualClock())

        async def call() -> None:
            await turn()
            log.append("answered")
            done.set_result(None)

        def busy(left: int) -> None:
            log.append(f"busy {left}")
            if left:
                loop.call_soon(busy, left - 1)

        def begin() -> None:
            start(call())
            busy(3)

        loop.call_soon(begin)
        await done
        loop.close()
        return log

    assert asyncio.run(main()) == ["busy 3", "busy 2", "busy 1", "busy 0", "answered"]


def test_a_loop_that_was_closed_meanwhile_hears_nothing() -> None:
    async def main() -> Any:
        loop = WebLoop(VirtualClock())
        promises = []
        loop.call_soon(lambda: promises.append(turn()))
        await asyncio.sleep(0)
        loop.shut_down()
        for _ in range(5):
            await asyncio.sleep(0)
        return promises[0].state

    assert asyncio.run(main()) == "pending"

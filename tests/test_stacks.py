"""``run_sync``: waiting inside synchronous functions."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from doris.js import Promise, error, proxy_of
from doris.stacks import NOT_SUSPENDABLE
from tests.test_loop import make_loop, on


async def after(seconds: float, value: Any) -> Any:
    """Sleep, then give a value or raise it."""
    await asyncio.sleep(seconds)
    if isinstance(value, Exception):
        raise value
    return value


async def test_it_gives_the_result_without_await() -> None:
    loop = make_loop()

    def synchronous() -> Any:
        assert loop.can_run_sync()
        return loop.run_sync(after(5, "value"))

    async def call() -> Any:
        return synchronous()

    assert await on(loop, call()) == "value"
    assert loop.time() == 5


async def test_it_raises_the_exception() -> None:
    loop = make_loop()

    async def call() -> Any:
        return loop.run_sync(after(1, ValueError("inside")))

    with pytest.raises(ValueError, match="inside"):
        await on(loop, call())


async def test_waits_cross_and_nest() -> None:
    loop = make_loop()
    ended: list[str] = []

    async def call(name: str, seconds: float, inner: float = 0) -> None:
        async def nested() -> None:
            if inner:
                loop.run_sync(after(inner, None))
            await asyncio.sleep(seconds)

        loop.run_sync(nested())
        ended.append(f"{name} at {loop.time():g}")

    await on(loop, _all(call("long", 10), call("short", 2), call("nested", 1, inner=4)))
    assert ended == ["short at 2", "nested at 5", "long at 10"]


async def _all(*work: Any) -> None:
    await asyncio.gather(*work)


async def test_other_work_goes_on_meanwhile() -> None:
    loop = make_loop()
    seen: list[str] = []

    async def other() -> None:
        await asyncio.sleep(1)
        seen.append("other")

    async def call() -> None:
        loop.create_task(other())
        loop.run_sync(after(2, None))
        seen.append("waited")
        assert asyncio.current_task() is task

    task = loop.create_task(call())
    arrived = asyncio.get_running_loop().create_future()
    task.add_done_callback(lambda _task: arrived.set_result(None))
    with loop.clock.awaited():
        await arrived
    task.result()
    assert seen == ["other", "waited"]


async def test_a_plain_callback_may_wait_too() -> None:
    loop = make_loop()
    seen: list[Any] = []
    loop.call_soon(lambda: seen.append(loop.run_until_complete(after(1, "from a callback"))))
    loop.drain()
    loop.clock.travel(seconds=1)
    assert seen == ["from a callback"]


async def test_a_promise_that_settles_in_a_microtask(capsys: pytest.CaptureFixture[str]) -> None:
    loop = make_loop()

    async def call() -> list[Any]:
        fulfilled = loop.run_sync(proxy_of(Promise.resolved(5)))
        with pytest.raises(Exception, match="rejected"):
            loop.run_sync(proxy_of(Promise.rejected(error("rejected"))))
        return [fulfilled, loop.run_sync(proxy_of(Promise.resolved("again")))]

    assert await on(loop, call()) == [5, "again"]


async def test_a_future_that_is_done_needs_no_wait() -> None:
    loop = make_loop()

    async def call() -> Any:
        future = loop.create_future()
        future.set_result("at once")
        return loop.run_sync(future)

    assert await on(loop, call()) == "at once"


async def test_outside_of_the_loops_callbacks_it_cannot_wait() -> None:
    loop = make_loop()
    waiting = after(1, None)
    assert not loop.can_run_sync()
    with pytest.raises(RuntimeError) as caught:
        loop.run_sync(waiting)
    waiting.close()
    assert str(caught.value) == NOT_SUSPENDABLE

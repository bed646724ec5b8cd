"""The event loop of a Worker, driven by the loop of the test."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any

import pytest

from doris.clock import RealClock, VirtualClock
from doris.futures import PyodideFuture, PyodideTask
from doris.js import queue_microtask
from doris.loop import WebLoop


def make_loop(**options: Any) -> WebLoop:
    """A loop on a clock that stands at zero."""
    kind: Any = WebLoop
    loop: WebLoop = kind(VirtualClock(0), **options)
    return loop


async def on(loop: WebLoop, work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine on a WebLoop, wait for it here."""
    arrived = asyncio.get_running_loop().create_future()
    task = loop.create_task(work)
    task.add_done_callback(lambda done: arrived.set_result(None))
    with loop.clock.awaited():
        await arrived
    return task.result()


async def test_it_is_the_running_loop_while_its_callbacks_run() -> None:
    loop = make_loop()

    async def look() -> object:
        await asyncio.sleep(0)
        return asyncio.get_running_loop()

    assert await on(loop, look()) is loop
    assert asyncio.get_running_loop() is not loop


async def test_time_and_sleep_come_from_the_clock() -> None:
    loop = make_loop()

    async def sleep() -> float:
        before = loop.time()
        await asyncio.sleep(3600)
        return loop.time() - before

    assert await on(loop, sleep()) == 3600


async def test_wait_for_gives_up_at_its_time_and_a_cancelled_timeout_moves_nothing() -> None:
    loop = make_loop()

    async def wait() -> float:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(loop.create_future(), 5)
        await asyncio.wait_for(asyncio.sleep(1), 100)
        return loop.time()

    assert await on(loop, wait()) == 6


async def test_microtasks_run_behind_each_callback() -> None:
    loop = make_loop()
    seen: list[str] = []

    def callback(name: str) -> None:
        seen.append(name)
        queue_microtask(lambda: seen.append(f"micro {name}"))

    loop.call_soon(callback, "a")
    loop.call_soon(callback, "b")
    loop.drain()
    assert seen == ["a", "micro a", "b", "micro b"]


async def test_a_failing_microtask_goes_to_the_exception_handler() -> None:
    loop = make_loop()
    told: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _loop, context: told.append(context))

    def fail() -> None:
        raise ValueError("micro")

    loop.call_soon(queue_microtask, fail)
    loop.drain()
    assert repr(told[0]["exception"]) == "ValueError('micro')"


async def test_a_busy_loop_leaves_the_host_its_turns() -> None:
    loop = make_loop()
    count = 0

    def again() -> None:
        nonlocal count
        count += 1
        loop.call_soon(again)

    loop.call_soon(again)
    for _ in range(5):
        await asyncio.sleep(0)
    assert 0 < count < 2_000
    loop.shut_down()


async def test_two_loops_take_turns_and_draining_within_is_nothing() -> None:
    first, second = make_loop(), make_loop()

    async def inner() -> str:
        second.drain()
        await asyncio.sleep(0)
        return "done"

    assert await asyncio.gather(on(first, inner()), on(second, inner())) == ["done", "done"]


async def test_a_task_of_the_host_steps_aside_while_it_drains() -> None:
    loop = make_loop()
    seen: list[object] = []

    async def look() -> None:
        seen.append(asyncio.current_task())

    task = loop.create_task(look())
    host_task = asyncio.current_task()
    loop.drain()
    assert seen == [task]
    assert asyncio.current_task() is host_task


async def test_travel_runs_what_each_moment_makes_ready() -> None:
    loop = make_loop()
    seen: list[float] = []

    async def tick() -> None:
        for _ in range(3):
            await asyncio.sleep(600)
            seen.append(loop.time())

    loop.create_task(tick())
    loop.clock.travel(hours=1)
    assert seen == [600, 1200, 1800]


async def test_entering_and_leaving_surround_the_callbacks() -> None:
    seen: list[str] = []

    def enter() -> Callable[[], None]:
        seen.append("enter")
        return lambda: seen.append("leave")

    loop = make_loop(enter=enter)
    loop.call_soon(lambda: seen.append("run"))
    loop.drain()
    assert seen == ["enter", "run", "leave"]


async def test_call_later_refuses_the_past_and_never_calls_at_infinity() -> None:
    loop = make_loop()
    with pytest.raises(ValueError, match="Can't schedule in the past"):
        loop.call_later(-1, print)
    called: list[int] = []
    loop.call_later(math.inf, lambda: called.append(1))
    loop.call_at(-5, lambda: called.append(2))
    handle = loop.call_later(1, lambda: called.append(3))
    handle.cancel()
    loop.clock.travel(hours=1)
    assert called == [2]


async def test_call_soon_threadsafe_wakes_the_host() -> None:
    loop = make_loop()
    arrived = asyncio.get_running_loop().create_future()
    loop.call_soon_threadsafe(arrived.set_result, "x")
    assert await arrived == "x"


async def test_context_variables_are_kept() -> None:
    loop = make_loop()
    variable: contextvars.ContextVar[str] = contextvars.ContextVar("variable", default="none")
    context = contextvars.copy_context()
    context.run(variable.set, "set")
    seen: list[str] = []
    loop.call_soon(lambda: seen.append(variable.get()), context=context)
    loop.call_soon(lambda: seen.append(variable.get()))
    loop.drain()
    assert seen == ["set", "none"]


async def test_an_executor_runs_the_function_here_and_now() -> None:
    loop = make_loop()
    assert loop.run_in_executor(None, lambda a: a + 1, 2).result() == 3
    assert isinstance(loop.run_in_executor(None, int, "x").exception(), ValueError)
    loop.set_default_executor(None)

    async def to_thread() -> Any:
        await loop.shutdown_default_executor()
        return await asyncio.to_thread(lambda: 7)

    assert await on(loop, to_thread()) == 7


async def test_futures_and_tasks_are_pyodides() -> None:
    loop = make_loop()
    assert isinstance(loop.create_future(), PyodideFuture)

    async def nothing() -> None: ...

    task = loop.create_task(nothing(), name="named")
    assert isinstance(task, PyodideTask)
    assert task.get_name() == "named"
    loop.drain()


async def test_a_task_that_fails_unheard_is_reported_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    loop = make_loop()

    async def fail() -> None:
        raise ValueError("unheard")

    loop.create_task(fail())
    loop.drain()
    error = capsys.readouterr().err
    assert error.startswith("Unhandled exception in event loop\nTraceback (most recent call last):")
    assert error.endswith("ValueError: unheard\n")


async def test_the_exception_handler_may_be_set_and_may_fail(capsys: pytest.CaptureFixture[str]) -> None:
    loop = make_loop()
    told: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _loop, context: told.append(context))
    assert loop.get_exception_handler() is not None
    loop.call_exception_handler({"message": "m"})
    assert told == [{"message": "m"}]

    def fails(_loop: object, _context: object) -> None:
        raise ValueError("in the handler")

    loop.set_exception_handler(fails)
    loop.call_exception_handler({"message": "m"})
    assert "Unhandled error in exception handler\ncontext: {'message': 'm'}" in capsys.readouterr().err
    with pytest.raises(TypeError, match="A callable object or None is expected, got 5"):
        loop.set_exception_handler(5)  # type: ignore[arg-type]


async def test_settings() -> None:
    loop = make_loop()
    loop.set_debug(True)
    assert loop.get_debug()
    assert loop.is_running()
    assert not loop.is_closed()
    loop.run_forever()
    loop.stop()
    loop.close()
    with pytest.raises(TypeError, match="task factory must be a callable or None"):
        loop.set_task_factory(5)  # type: ignore[arg-type]

    def factory(of: WebLoop, coroutine: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        return PyodideTask(coroutine, loop=of, name="made")

    loop.set_task_factory(factory)
    assert loop.get_task_factory() is factory

    async def nothing() -> None: ...

    assert loop.create_task(nothing()).get_name() == "made"
    loop.drain()


async def test_an_async_generator_that_is_dropped_is_closed() -> None:
    loop = make_loop()
    seen: list[str] = []

    async def items() -> AsyncIterator[int]:
        try:
            yield 1
            yield 2
        finally:
            seen.append("closed")

    async def begin() -> None:
        async for _ in items():
            break
        gc.collect()

    await on(loop, begin())
    loop.drain()
    assert seen == ["closed"]

    async def leave_open() -> None:
        generator = items()
        await anext(generator)  # type: ignore[call-overload]
        await loop.shutdown_asyncgens()

    await on(loop, leave_open())
    assert seen == ["closed", "closed"]


async def test_after_the_shut_down_nothing_runs() -> None:
    loop = make_loop()
    seen: list[str] = []

    async def sleep() -> None:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            seen.append("cancelled")
            raise

    loop.create_task(sleep())
    loop.drain()
    loop.shut_down()
    loop.shut_down()
    loop.call_soon(seen.append, "late")
    loop.drain()
    loop.clock.travel(hours=1)
    assert seen == ["cancelled"]


async def test_on_the_real_clock_it_needs_no_hooks() -> None:
    kind: Any = WebLoop
    loop = kind(RealClock())
    seen: list[int] = []
    loop.call_soon(seen.append, 1)
    loop.drain()
    loop.shut_down()
    assert seen == [1]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("add_reader", "due to lack of POSIX file descriptors"),
        ("remove_writer", "due to lack of POSIX file descriptors"),
        ("add_signal_handler", "due to lack of POSIX signals"),
    ],
)
async def test_what_no_worker_loop_can(name: str, reason: str) -> None:
    with pytest.raises(NotImplementedError) as caught:
        getattr(make_loop(), name)(1)
    assert str(caught.value) == f"{name}() is not available in browser environments {reason}."


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("create_server", "due to restricted raw socket access"),
        ("subprocess_exec", "due to absence of OS process APIs"),
        ("start_tls", "due to lack of low-level TLS controls"),
    ],
)
async def test_what_it_refuses_when_awaited(name: str, reason: str) -> None:
    refusal: Awaitable[Any] = getattr(make_loop(), name)(1)
    with pytest.raises(NotImplementedError) as caught:
        await refusal
    assert str(caught.value) == f"{name}() is not available in browser environments {reason}."

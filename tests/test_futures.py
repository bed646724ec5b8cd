"""Futures that are promises too."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from doris.futures import PyodideFuture, PyodideTask


def future() -> PyodideFuture[Any]:
    """A pending one of the running loop."""
    return PyodideFuture(loop=asyncio.get_running_loop())


async def test_then_gets_the_result() -> None:
    first = future()
    second = first.then(lambda value: value + 1)
    first.set_result(1)
    assert await second == 2


async def test_then_awaits_what_the_handler_gives() -> None:
    async def double(value: int) -> int:
        return value * 2

    first = future()
    second = first.then(double)
    first.set_result(4)
    assert await second == 8


async def test_without_handlers_the_outcome_is_passed_on() -> None:
    first = future()
    passed = first.then(None)
    first.set_result("same")
    assert await passed == "same"
    failing = future()
    passed = failing.then(None)
    failing.set_exception(ValueError("same"))
    with pytest.raises(ValueError, match="same"):
        await passed


async def test_catch_gets_the_exception() -> None:
    first = future()
    second = first.catch(lambda error: f"caught {error}")
    first.set_exception(ValueError("x"))
    assert await second == "caught x"


async def test_finally_keeps_the_outcome() -> None:
    seen: list[str] = []

    async def note() -> None:
        seen.append("finally")

    fulfilled, rejected = future(), future()
    outcomes = [fulfilled.finally_(note), rejected.finally_(lambda: seen.append("plain"))]
    fulfilled.set_result(1)
    rejected.set_exception(ValueError("kept"))
    assert await outcomes[0] == 1
    with pytest.raises(ValueError, match="kept"):
        await outcomes[1]
    assert seen == ["finally", "plain"]


async def test_a_cancelled_future_cancels_what_follows() -> None:
    first = future()
    second, third = first.then(lambda value: value), first.finally_(lambda: None)
    first.cancel()
    for following in (second, third):
        with pytest.raises(asyncio.CancelledError):
            await following


async def test_a_task_counts_who_listens() -> None:
    async def nothing() -> None: ...

    task: PyodideTask[None] = PyodideTask(nothing(), loop=asyncio.get_running_loop())
    assert task._num_done_callbacks == 0
    task.add_done_callback(lambda _task: None)
    assert task._num_done_callbacks == 1
    assert await task.then(lambda _value: "then") == "then"

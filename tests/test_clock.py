"""Clocks: the real one, and the one that stands, jumps and travels."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from doris.clock import RealClock, VirtualClock
from doris.js.microtasks import drain


async def turns(count: int = 12) -> None:
    """Let the host's loop take some turns."""
    for _ in range(count):
        await asyncio.sleep(0)


def test_a_virtual_clock_stands_still() -> None:
    clock = VirtualClock(1_000)
    assert (clock.now_ms(), clock.now_ms()) == (1_000, 1_000)
    assert clock.monotonic() == 1
    assert clock.now() == datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)


def test_it_begins_at_a_datetime_or_now() -> None:
    assert VirtualClock(datetime(2026, 1, 1)).now() == datetime(2026, 1, 1, tzinfo=UTC)
    assert VirtualClock(datetime(2026, 1, 1, tzinfo=UTC)).now() == datetime(2026, 1, 1, tzinfo=UTC)
    assert abs(VirtualClock().now_ms() - RealClock().now_ms()) < 60_000


def test_travel_fires_timers_in_order_each_at_its_time() -> None:
    clock = VirtualClock(0)
    fired: list[tuple[str, float]] = []
    for name, delay in (("late", 300), ("early", 100), ("same", 100), ("after", 301)):
        clock.call_later_ms(delay, lambda name=name: fired.append((name, clock.now_ms())))
    clock.travel(seconds=0.3)
    assert fired == [("early", 100), ("same", 100), ("late", 300)]
    assert clock.now_ms() == 300


def test_travel_fires_a_timer_that_a_timer_sets() -> None:
    clock = VirtualClock(0)
    fired: list[float] = []

    def again() -> None:
        fired.append(clock.now_ms())
        clock.call_later_ms(1_000, again)

    clock.call_later_ms(1_000, again)
    clock.travel(to=datetime(1970, 1, 1, 0, 0, 3))
    assert fired == [1_000, 2_000, 3_000]


def test_a_cancelled_timer_never_fires() -> None:
    clock = VirtualClock(0)
    fired: list[int] = []
    clock.call_later_ms(1, lambda: fired.append(1)).cancel()
    clock.travel(hours=1)
    assert fired == []


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, TypeError),
        ({"to": 1.0, "hours": 1}, TypeError),
        ({"to": -1.0}, ValueError),
        ({"hours": -1}, ValueError),
    ],
)
def test_travel_says_what_it_cannot_do(arguments: dict[str, float], error: type[Exception]) -> None:
    with pytest.raises(error):
        VirtualClock(0).travel(**arguments)  # type: ignore[arg-type]


async def test_it_jumps_to_the_next_timer_while_someone_waits() -> None:
    clock = VirtualClock(0)
    done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    clock.call_later_ms(3_600_000, lambda: done.set_result(clock.now_ms()))
    with clock.awaited():
        assert await done == 3_600_000


async def test_it_does_not_jump_when_nobody_waits() -> None:
    clock = VirtualClock(0)
    clock.call_later_ms(5, lambda: None)
    clock.idle()
    await turns()
    assert clock.now_ms() == 0


async def test_it_does_not_jump_while_something_real_is_under_way() -> None:
    clock = VirtualClock(0)
    clock.call_later_ms(5, lambda: None)
    with clock.awaited():
        with clock.held():
            await turns()
            assert clock.now_ms() == 0
        await turns()
        assert clock.now_ms() == 5


async def test_it_does_not_jump_while_a_loop_is_busy() -> None:
    clock = VirtualClock(0)
    busy = True
    clock.busy_checks.append(lambda: busy)
    clock.call_later_ms(5, lambda: None)
    with clock.awaited():
        await turns()
        assert clock.now_ms() == 0
        busy = False
        clock.idle()
        await turns()
    assert clock.now_ms() == 5


async def test_a_timer_set_while_someone_waits_is_jumped_to() -> None:
    clock = VirtualClock(0)
    with clock.awaited():
        clock.call_later_ms(7, lambda: None)
        await turns()
    assert clock.now_ms() == 7


def test_reset_forgets_timers_and_goes_back() -> None:
    clock = VirtualClock(9)
    fired: list[int] = []
    clock.call_later_ms(1, lambda: fired.append(1))
    clock.travel(to=9.5)
    clock.reset()
    assert clock.now_ms() == 9
    clock.travel(hours=1)
    assert fired == []


def test_sleeping_gives_a_promise() -> None:
    clock = VirtualClock(0)
    heard: list[object] = []
    clock.sleep_ms(10).then_(heard.append, heard.append)
    clock.travel(seconds=0.01)
    drain()
    assert heard == [None]


async def test_the_real_clock_uses_the_running_loop() -> None:
    clock = RealClock()
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    clock.call_later_ms(0, lambda: done.set_result(None))
    clock.call_later_ms(0, lambda: done.set_result(None)).cancel()
    with clock.awaited(), clock.held():
        await done
    clock.idle()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert clock.monotonic() <= clock.monotonic()


def test_the_real_clock_cannot_travel() -> None:
    with pytest.raises(RuntimeError, match="this clock is real and cannot travel"):
        RealClock().travel(hours=1)

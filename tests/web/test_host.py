"""What the interfaces need of their isolate."""

from __future__ import annotations

from doris.clock import RealClock, VirtualClock
from doris.web import host


def test_the_clock_is_the_isolates_or_the_machines():
    assert isinstance(host.clock(), RealClock)
    clock = VirtualClock(0)
    token = host.current_clock.set(clock)
    try:
        assert host.clock() is clock
    finally:
        host.current_clock.reset(token)


def test_the_time_is_that_of_date():
    assert isinstance(host.now_ms(), int)

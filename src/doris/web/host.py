"""What the interfaces need of the isolate they run in: its clock.

The classes of `doris.web` are shared by all isolates of a process. The current time is that of ``Date``; for
timers the clock comes from a context variable that the runtime sets for everything an isolate runs. Without
one (a test of a single class) it is the machine's clock."""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache

from doris.clock import Clock, RealClock
from doris.js import DateObject

#: The clock of the isolate that runs now.
current_clock: ContextVar[Clock | None] = ContextVar("current_clock", default=None)


@cache
def _machine_clock() -> Clock:
    return RealClock()


def clock() -> Clock:
    """The clock of the isolate that runs now."""
    return current_clock.get() or _machine_clock()


def now_ms() -> int:
    """Whole milliseconds since 1970: what ``Date.now()`` gives."""
    return int(DateObject.now_ms())

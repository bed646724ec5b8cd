"""`time` inside an isolate: the clock's time, in UTC."""

from __future__ import annotations

import calendar
import time
from types import ModuleType
from typing import Any

from doris.isolate.active import current
from doris.isolate.overlays.base import clock, copy_of


def make_time() -> ModuleType:
    """The overlay of `time`. Durations of the processor (`process_time`) stay the machine's."""
    return copy_of(
        time,
        time=_time,
        time_ns=lambda: int(clock().now_ms() * 1_000_000),
        monotonic=lambda: clock().monotonic(),
        monotonic_ns=lambda: int(clock().monotonic() * 1_000_000_000),
        perf_counter=lambda: clock().monotonic(),
        perf_counter_ns=lambda: int(clock().monotonic() * 1_000_000_000),
        sleep=_sleep,
        gmtime=lambda seconds=None: time.gmtime(_or_now(seconds)),
        localtime=lambda seconds=None: time.gmtime(_or_now(seconds)),
        mktime=lambda moment: float(calendar.timegm(tuple(moment))),
        ctime=lambda seconds=None: time.asctime(time.gmtime(_or_now(seconds))),
        asctime=lambda moment=None: time.asctime(moment if moment is not None else time.gmtime(_time())),
        strftime=lambda format, moment=None: time.strftime(
            format, moment if moment is not None else time.gmtime(_time())
        ),
        timezone=0,
        altzone=0,
        daylight=0,
        tzname=("UTC", "UTC"),
    )


def _time() -> float:
    return clock().now_ms() / 1000


def _or_now(seconds: float | None) -> float:
    return _time() if seconds is None else seconds


def _sleep(seconds: float) -> None:
    """Wait as Pyodide does: without blocking the other requests where the call can be put aside."""
    import asyncio

    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    loop: Any = asyncio._get_running_loop()
    if current() is not None and hasattr(loop, "run_sync") and loop.can_run_sync():
        loop.run_sync(asyncio.sleep(seconds))
    else:
        time.sleep(seconds)

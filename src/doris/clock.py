"""All time comes from here: real while a server runs, virtual in tests.

A clock also knows when nothing will ever happen again although somebody waits (`Clock.stall_hooks`).

A virtual clock stands still. It moves in two ways: a test says so (`Clock.travel`), or somebody awaits a
result while nothing is left to run, and then the clock jumps to the next timer. So a Worker that sleeps an
hour is tested in milliseconds, and the same test gives the same times on every machine.

What reads this clock: `time` and `datetime` of a Worker, ``Date``, timers, `asyncio.sleep`, SQL's
``datetime('now')``, KV expiry. What does not: the host's own asyncio loop, sockets, the debugger.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doris.js import Promise


class Timer:
    """One timer of a clock. `cancel` forgets it."""

    __slots__ = ("callback", "due_ms", "native", "order")

    def __init__(self, due_ms: float, order: int, callback: Callable[[], None]) -> None:
        self.due_ms = due_ms
        self.order = order
        self.callback: Callable[[], None] | None = callback
        self.native: asyncio.TimerHandle | None = None

    def cancel(self) -> None:
        """Never call the callback. Harmless when it was called already."""
        self.callback = None
        if self.native is not None:
            self.native.cancel()
            self.native = None

    def __lt__(self, other: Timer) -> bool:
        return (self.due_ms, self.order) < (other.due_ms, other.order)


class Clock(ABC):
    """What both clocks can do. Times are milliseconds since 1970 in UTC; durations are milliseconds."""

    #: Turns the host's loop gets before everything counts as waiting, so that ready host tasks start work.
    _turns_before_look = 3

    def __init__(self) -> None:
        self._awaited = 0
        self._held = 0
        self._asked: asyncio.AbstractEventLoop | None = None
        #: Asked when everything seems to wait: does anyone still have something to run?
        self.busy_checks: list[Callable[[], bool]] = []
        #: Called while travelling, after the timers of one moment fired: run what they made ready.
        self.settle_hooks: list[Callable[[], None]] = []
        #: Called when somebody waits for a result, and nothing will ever happen again.
        self.stall_hooks: list[Callable[[], None]] = []

    @abstractmethod
    def now_ms(self) -> float:
        """Milliseconds since 1970-01-01T00:00:00Z."""

    @abstractmethod
    def monotonic(self) -> float:
        """Seconds since some moment; never goes back."""

    @abstractmethod
    def call_later_ms(self, delay_ms: float, callback: Callable[[], None]) -> Timer:
        """Call back after a delay. Timers due at the same time fire in the order they were made."""

    def now(self) -> datetime:
        """The current time as an aware datetime in UTC."""
        return datetime.fromtimestamp(self.now_ms() / 1000, UTC)

    def sleep_ms(self, delay_ms: float) -> Promise:
        """A promise that is fulfilled with undefined after a delay."""
        from doris.js import Promise

        promise, resolve, _reject = Promise.deferred()
        self.call_later_ms(delay_ms, lambda: resolve(None))
        return promise

    def travel(self, *, to: datetime | float | None = None, **duration: float) -> None:
        """Move the time; only a virtual clock can."""
        raise RuntimeError("this clock is real and cannot travel: open the Worker without clock='real'")

    @contextmanager
    def awaited(self) -> Iterator[None]:
        """While this is open somebody waits for a result, so an idle virtual clock may jump."""
        self._awaited += 1
        try:
            self._ask_to_look()
            yield
        finally:
            self._awaited -= 1

    @contextmanager
    def held(self) -> Iterator[None]:
        """While this is open something real is under way (a socket), so a virtual clock must not jump."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            self.idle()

    def idle(self) -> None:
        """A loop has nothing left to run."""
        if self._awaited:
            self._ask_to_look()

    def _ask_to_look(self) -> None:
        host = _host_loop()
        if self._asked is not host:  # a clock may outlive the loop that it asked
            self._asked = host
            host.call_soon(self._look, self._turns_before_look)

    def _look(self, turns: int) -> None:
        """Go on when everything waits; when nothing can go on, say so."""
        if turns:
            _host_loop().call_soon(self._look, turns - 1)
            return
        self._asked = None
        if not self._awaited or self._held or any(busy() for busy in self.busy_checks):
            return  # whoever is busy calls idle() when done
        if not self._goes_on():
            for hook in list(self.stall_hooks):
                hook()

    @abstractmethod
    def _goes_on(self) -> bool:
        """Whether a timer is to come; a virtual clock jumps to it."""


class RealClock(Clock):
    """The machine's clock; timers belong to the asyncio loop that runs."""

    def __init__(self) -> None:
        super().__init__()
        self._order = itertools.count()
        self._timers: set[Timer] = set()

    def now_ms(self) -> float:
        return time.time_ns() / 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()

    def call_later_ms(self, delay_ms: float, callback: Callable[[], None]) -> Timer:
        timer = Timer(self.monotonic() * 1000 + delay_ms, next(self._order), callback)

        def fire() -> None:
            self._timers.discard(timer)
            if timer.callback is not None:
                timer.native = None
                timer.callback()

        timer.native = _host_loop().call_later(delay_ms / 1000, fire)
        self._timers.add(timer)
        return timer

    def _goes_on(self) -> bool:
        self._timers = {timer for timer in self._timers if timer.callback is not None}
        return bool(self._timers)


class VirtualClock(Clock):
    """Stands still, jumps when everything waits, travels when told.

    Args:
        start: Where it begins: a datetime (a naive one is UTC) or milliseconds since 1970. Default: now.
    """

    def __init__(self, start: datetime | float | None = None) -> None:
        super().__init__()
        self._start_ms = self._now_ms = (
            _milliseconds(start) if start is not None else float(int(time.time() * 1000))
        )
        self._timers: list[Timer] = []
        self._order = itertools.count()

    def now_ms(self) -> float:
        return self._now_ms

    def monotonic(self) -> float:
        return self._now_ms / 1000

    def call_later_ms(self, delay_ms: float, callback: Callable[[], None]) -> Timer:
        timer = Timer(self._now_ms + max(delay_ms, 0.0), next(self._order), callback)
        heapq.heappush(self._timers, timer)
        self.idle()
        return timer

    def travel(self, *, to: datetime | float | None = None, **duration: float) -> None:
        """Move to a later time; timers on the way fire in order, each at its own time.

        Args:
            to: The new time: a datetime (a naive one is UTC) or milliseconds since 1970.
            **duration: Or how far: the arguments of `datetime.timedelta` (days, hours, minutes, seconds …).

        Raises:
            ValueError: The new time is before the current one.
            TypeError: Neither or both were given.
        """
        if (to is None) == (not duration):
            raise TypeError("travel() takes either to=… or a duration such as hours=1")
        target = (
            _milliseconds(to)
            if to is not None
            else self._now_ms + timedelta(**duration) / timedelta(milliseconds=1)
        )
        if target < self._now_ms:
            raise ValueError(f"cannot travel back: it is {self.now().isoformat()} already")
        self._settle()
        while (due := self._next_due()) is not None and due <= target:
            self._fire(due)
            self._settle()
        self._now_ms = target

    def reset(self) -> None:
        """Forget all timers and go back to the time of the start."""
        self._timers.clear()
        self._now_ms = self._start_ms

    def _goes_on(self) -> bool:
        due = self._next_due()
        if due is None:
            return False
        self._fire(due)
        self.idle()
        return True

    def _next_due(self) -> float | None:
        while self._timers and self._timers[0].callback is None:
            heapq.heappop(self._timers)
        return self._timers[0].due_ms if self._timers else None

    def _fire(self, due: float) -> None:
        """Go to a moment and call the timers that were set for it."""
        self._now_ms = max(self._now_ms, due)
        firing: list[Timer] = []
        while self._timers and self._timers[0].due_ms <= due:
            firing.append(heapq.heappop(self._timers))
        for timer in firing:
            callback, timer.callback = timer.callback, None
            if callback is not None:
                callback()

    def _settle(self) -> None:
        for hook in list(self.settle_hooks):
            hook()


def _host_loop() -> asyncio.AbstractEventLoop:
    """The real loop beneath: a `WebLoop` is driven by one and knows it."""
    loop: Any = asyncio.get_running_loop()
    host: asyncio.AbstractEventLoop = getattr(loop, "host", loop)
    return host


def _milliseconds(moment: datetime | float) -> float:
    if isinstance(moment, datetime):
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.timestamp() * 1000
    return float(moment)

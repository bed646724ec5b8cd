"""The microtask queue: what runs after the current piece of code, before anything else.

One queue a thread, as JavaScript has one a agent. `doris.loop.WebLoop` drains it after every callback. When
a microtask
is queued while some other asyncio loop runs (a test of the host that calls a binding),
that loop is asked to drain soon.

Source of the rules: HTML, section 8.1.7.3 (perform a microtask checkpoint).
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable


class _Queue(threading.local):
    def __init__(self) -> None:
        self.jobs: deque[Callable[[], None]] = deque()
        self.draining = False
        self.asked: object | None = None  # the loop that was asked to drain


_queue = _Queue()


def queue_microtask(job: Callable[[], None]) -> None:
    """Run a job after the current code."""
    queue = _queue
    queue.jobs.append(job)
    if queue.draining:
        return
    loop = asyncio._get_running_loop()
    if loop is None or queue.asked is loop or getattr(loop, "drains_microtasks", False):
        return
    queue.asked = loop
    loop.call_soon(_drain_asked)


def _drain_asked() -> None:
    _queue.asked = None
    drain()


def drain() -> None:
    """Run all microtasks, also those they queue. A job must not raise; what it raises goes up after the
    others ran."""
    queue = _queue
    if queue.draining:
        return
    queue.draining = True
    failure: BaseException | None = None
    try:
        while queue.jobs:
            job = queue.jobs.popleft()
            try:
                job()
            except Exception as error:
                failure = failure or error
    finally:
        queue.draining = False
    if failure is not None:
        raise failure


def pending() -> bool:
    """Whether microtasks wait."""
    return bool(_queue.jobs)


def suspended_drain() -> bool:
    """Mark the current drain as left (a greenlet switched away in a job); returns the former state for
    `resume_drain`."""
    was, _queue.draining = _queue.draining, False
    return was


def resume_drain(was: bool) -> None:
    """Undo `suspended_drain`."""
    _queue.draining = was

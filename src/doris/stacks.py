"""``run_sync``: waiting for an awaitable inside a synchronous function.

WebAssembly can put a whole call stack aside and go on with another (JSPI). On CPython a greenlet does the
same: the callbacks of a `WebLoop` run in one, and when a callback waits, its greenlet is parked and a fresh
one goes on with the queue. Waits may nest and may finish in any order; each parked stack goes on from where
it was when its own awaitable is done.

Inside Pyodide there are no greenlets: there the same name is Pyodide's own ``run_sync``.
"""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from typing import TYPE_CHECKING, Any

from doris.js.microtasks import pending, resume_drain, suspended_drain

if sys.platform != "emscripten":
    from greenlet import getcurrent, greenlet  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from doris.loop import WebLoop

NOT_SUSPENDABLE = (
    "Cannot stack switch because the Python entrypoint was a synchronous function. "
    "Use pyFunc.callPromising() to fix."
)


class Stacks:
    """The call stacks of one loop: the one that works off the queue, and those that wait."""

    def __init__(self, loop: WebLoop) -> None:
        self._loop = loop
        self._resumable: deque[greenlet] = deque()
        self._ours: set[greenlet] = set()
        self._left = 0

    def run(self, limit: int | None) -> None:
        """Run the loop's callbacks: until none is left, or at most ``limit`` of them."""
        self._left = limit if limit is not None else sys.maxsize
        while self._resumable or ((self._loop.busy() or pending()) and self._left > 0):
            stack = self._resumable.popleft() if self._resumable else greenlet(self._work)
            stack.parent = getcurrent()
            self._ours.add(stack)
            stack.switch()
            if stack.dead:
                self._ours.discard(stack)

    def _work(self) -> None:
        # A stack that parked left its microtasks behind: nobody else runs them.
        self._loop.checkpoint()
        # A stack that can go on has waited longer than what is queued: make way for it.
        while self._left > 0 and not self._resumable and self._loop.run_one():
            self._left -= 1

    def can_run_sync(self) -> bool:
        """Whether the current stack is one of ours, so that it can be parked."""
        return getcurrent() in self._ours

    def run_sync(self, awaitable: Any) -> Any:
        """Park the current stack until the awaitable is done; give its result or raise its exception."""
        stack = getcurrent()
        if stack not in self._ours:
            raise RuntimeError(NOT_SUSPENDABLE)
        loop: Any = self._loop
        future = asyncio.ensure_future(awaitable, loop=loop)
        task = asyncio.current_task(loop)
        if not future.done():
            future.add_done_callback(lambda _future: self._resume(stack))
            draining = suspended_drain()
            if task is not None:
                asyncio.tasks._leave_task(loop, task)
            stack.parent.switch()
            if task is not None:
                asyncio.tasks._enter_task(loop, task)
            resume_drain(draining)
        return future.result()

    def _resume(self, stack: greenlet) -> None:
        self._resumable.append(stack)
        self._loop.call_soon(_wake)


def _wake() -> None:
    """Nothing: it only makes the loop take its next turn."""

"""`WebLoop`: the event loop that Worker code runs on, in the manner of Pyodide's.

Pyodide has no loop of its own: each callback is one task of the JavaScript event loop, with a microtask
checkpoint behind it. Here the asyncio loop of the host (a test runner's, uvicorn's) takes the place of the
JavaScript event loop: the `WebLoop` keeps its own queue, asks the host for one turn at a time and works the
queue off. While it does, it is the running loop, and the isolate of its Worker is entered. Time and timers
come from a `doris.clock.Clock`.

`doris.stacks` lets a callback wait synchronously (``run_sync``): then the rest of the queue goes on without
it.

Source of the rules: ``pyodide.webloop`` of Pyodide 314.
"""

from __future__ import annotations

import asyncio
import contextvars
import math
import weakref
from collections import deque
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any, TypeVar

from doris.clock import Clock, Timer
from doris.futures import PyodideFuture, PyodideTask
from doris.js import Throw, raised
from doris.js.microtasks import drain as drain_microtasks
from doris.loop_settings import LoopSettings, as_running_loop
from doris.scope import refuse_at_module_scope
from doris.stacks import Stacks

T = TypeVar("T")

#: How many callbacks run before the host gets a turn, so that a busy Worker cannot starve it.
_BATCH = 256

#: How many run where everything shall come to rest; code that never rests must not hang the test.
_AT_MOST = 100_000


class _ClockHandle(asyncio.Handle):
    """A handle that waits for its time; cancelling it also forgets the timer, so no clock jumps to it."""

    __slots__ = ("timer",)
    timer: Timer

    def cancel(self) -> None:
        super().cancel()
        self.timer.cancel()


class WebLoop(LoopSettings):
    """An asyncio event loop driven by another one.

    Args:
        clock: Where its time comes from.
        host: The loop that drives it; default: the running one.
        enter: Called before Worker code runs; what it returns is called after.
    """

    #: Tells `doris.js.microtasks` that this loop performs the microtask checkpoints itself.
    drains_microtasks = True

    def __init__(
        self,
        clock: Clock,
        host: asyncio.AbstractEventLoop | None = None,
        enter: Callable[[], Callable[[], None]] | None = None,
    ) -> None:
        super().__init__()
        self.clock = clock
        self.host = host or asyncio.get_running_loop()
        self._enter = enter or (lambda: _nothing)
        self._ready: deque[asyncio.Handle] = deque()
        self._stacks = Stacks(self)
        self._asked = False
        self._draining = False
        self._closed = False
        self._asyncgens: weakref.WeakSet[AsyncGenerator[Any, Any]] = weakref.WeakSet()
        clock.busy_checks.append(self.busy)
        clock.settle_hooks.append(self._settle)

    # -- being driven
    # --------------------------------------------------------------------------------------------------

    def busy(self) -> bool:
        """Whether callbacks are ready to run."""
        return bool(self._ready)

    def _ask_host(self) -> None:
        if not self._asked and not self._draining and not self._closed:
            self._asked = True
            self.host.call_soon(self._turn)

    def _turn(self) -> None:
        self._asked = False
        self.drain(_BATCH)
        if self._ready:
            self._ask_host()
        else:
            self.clock.idle()

    def _settle(self) -> None:
        """Run what a moment of a travelling clock made ready."""
        self.drain(_AT_MOST)

    def drain(self, limit: int | None = None) -> None:
        """Run what is ready: until nothing is, or at most ``limit`` callbacks. Does nothing when called
        from within.
        """
        if self._draining or self._closed:
            return
        self._draining = True
        with as_running_loop(self):
            leave = self._enter()
            try:
                drain_microtasks()
                self._stacks.run(limit)
            finally:
                self._draining = False
                leave()

    def run_directly(self, function: Callable[[], T]) -> T:
        """Call a function now, as if from a callback. It cannot be suspended."""
        with as_running_loop(self):
            return function()

    def run_one(self) -> bool:
        """Run the next callback and the microtasks behind it. False when there was none. For `Stacks`."""
        if not self._ready:
            return False
        handle = self._ready.popleft()
        if not handle._cancelled:
            handle._run()
        self.checkpoint()
        return True

    def checkpoint(self) -> None:
        """Run the microtasks; what they raise goes to the exception handler."""
        try:
            drain_microtasks()
        except Exception as exception:
            self.call_exception_handler({"message": "Exception in a microtask", "exception": exception})

    # -- scheduling
    # ----------------------------------------------------------------------------------------------------

    def call_soon(  # type: ignore[override]
        self, callback: Callable[..., Any], *args: Any, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append(handle)
        if not self._asked and not self._draining:
            self._ask_host()
        return handle

    def call_soon_threadsafe(  # type: ignore[override]
        self, callback: Callable[..., Any], *args: Any, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append(handle)
        self.host.call_soon_threadsafe(self._ask_host)
        return handle

    def call_later(  # type: ignore[override]
        self,
        delay: float,
        callback: Callable[..., Any],
        *args: Any,
        context: contextvars.Context | None = None,
    ) -> asyncio.Handle:
        if delay < 0:
            raise ValueError("Can't schedule in the past")
        if delay == 0:
            return self.call_soon(callback, *args, context=context)
        if delay == math.inf:
            return asyncio.Handle(callback, args, self, context)
        _check_scope()
        handle = _ClockHandle(callback, args, self, context)

        def due() -> None:
            self._ready.append(handle)
            self._ask_host()

        handle.timer = self.clock.call_later_ms(delay * 1000, due)
        return handle

    def call_at(  # type: ignore[override]
        self,
        when: float,
        callback: Callable[..., Any],
        *args: Any,
        context: contextvars.Context | None = None,
    ) -> asyncio.Handle:
        return self.call_later(max(when - self.time(), 0), callback, *args, context=context)

    def time(self) -> float:
        return self.clock.monotonic()

    def create_future(self) -> PyodideFuture[Any]:
        return PyodideFuture(loop=self)

    def create_task(  # type: ignore[override]
        self,
        coro: Coroutine[Any, Any, T],
        *,
        name: str | None = None,
        context: contextvars.Context | None = None,
        **options: Any,
    ) -> asyncio.Task[T]:
        if self._task_factory is not None:
            made: asyncio.Task[T] = self._task_factory(self, coro)
            return made
        task: PyodideTask[T] = PyodideTask(coro, loop=self, name=name, context=context, **options)
        task.add_done_callback(self._report_unheard)
        return task

    def _report_unheard(self, task: PyodideTask[Any]) -> None:
        """Pyodide prints the failure of a task at once when nothing else listens to the task."""
        if task._num_done_callbacks == 1 and not task.cancelled() and (exception := task.exception()):
            self.call_exception_handler({"exception": exception})

    def run_in_executor(self, executor: Any, func: Callable[..., T], *args: Any) -> asyncio.Future[T]:  # type: ignore[override]
        """Run the function here and now: there are no threads. The future holds its outcome."""
        future: PyodideFuture[T] = self.create_future()
        try:
            future.set_result(func(*args))
        except BaseException as exception:
            future.set_exception(exception)
        return future

    def set_default_executor(self, executor: Any) -> None:
        """Does nothing: there are no threads."""

    async def shutdown_default_executor(self, timeout: float | None = None) -> None:
        """Does nothing: there are no threads."""

    # -- lifecycle: it runs as long as its Worker lives
    # ------------------------------------------------------------

    def is_running(self) -> bool:
        return True

    def is_closed(self) -> bool:
        return False

    def run_forever(self) -> None:
        """Does nothing: the loop runs already."""

    def run_until_complete(self, future: Any) -> Any:
        """Wait for the awaitable without leaving the current call."""
        return self.run_sync(future)

    def stop(self) -> None:
        """Does nothing, as in Pyodide."""

    def close(self) -> None:
        """Does nothing, as in Pyodide. `shut_down` is what the emulator calls."""

    def cancel_tasks(self) -> None:
        """Cancel every unfinished task and let them end."""
        for task in asyncio.all_tasks(self):
            task.cancel()
        self.drain(_AT_MOST)

    def shut_down(self) -> None:
        """Cancel and forget everything that waits; nothing runs on this loop afterwards."""
        self.cancel_tasks()
        self._closed = True
        self._ready.clear()
        if self.busy in self.clock.busy_checks:
            self.clock.busy_checks.remove(self.busy)
            self.clock.settle_hooks.remove(self._settle)

    def run_sync(self, awaitable: Any) -> Any:
        """Wait for an awaitable inside a synchronous function. See `doris.stacks`.

        Raises:
            RuntimeError: The current call cannot be suspended.
        """
        return self._stacks.run_sync(awaitable)

    def can_run_sync(self) -> bool:
        """Whether `run_sync` would work here."""
        return self._stacks.can_run_sync()

    # -- async generators ------------------------------------------------------------------------------

    async def shutdown_asyncgens(self) -> None:
        """Close the async generators that were started on this loop and not finished."""
        closing, self._asyncgens = list(self._asyncgens), weakref.WeakSet()
        await asyncio.gather(*(generator.aclose() for generator in closing), return_exceptions=True)

    def asyncgen_started(self, generator: AsyncGenerator[Any, Any]) -> None:
        """The interpreter's hook for the first iteration of an async generator."""
        self._asyncgens.add(generator)

    def asyncgen_dropped(self, generator: AsyncGenerator[Any, Any]) -> None:
        """The interpreter's hook for an async generator that is collected unfinished: close it in a task."""
        self._asyncgens.discard(generator)
        if not self._closed:
            self.call_soon(self.create_task, generator.aclose())


def _check_scope() -> None:
    """Refuse a timer while a Worker starts, as ``setTimeout`` beneath Pyodide's loop does."""
    try:
        refuse_at_module_scope()
    except Throw as refusal:
        raise raised(refusal) from None


def _nothing() -> None:
    pass

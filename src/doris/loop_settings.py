"""What every asyncio loop lets its users set, and what it tells them when something fails.

Source of the texts: ``pyodide.webloop`` of Pyodide 314.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from doris.loop_refusals import RefusingLoop

if TYPE_CHECKING:
    from doris.loop import WebLoop


class LoopSettings(RefusingLoop):
    """Debug mode, task factory and exception handler of a loop."""

    def __init__(self) -> None:
        self._debug = sys.flags.dev_mode
        self._task_factory: Callable[..., Any] | None = None
        self._exception_handler: Callable[..., Any] | None = None

    def get_debug(self) -> bool:
        return self._debug

    def set_debug(self, enabled: bool) -> None:
        self._debug = enabled

    def set_task_factory(self, factory: Callable[..., Any] | None) -> None:
        if factory is not None and not callable(factory):
            raise TypeError("task factory must be a callable or None")
        self._task_factory = factory

    def get_task_factory(self) -> Callable[..., Any] | None:
        return self._task_factory

    def get_exception_handler(self) -> Callable[..., Any] | None:
        return self._exception_handler

    def set_exception_handler(self, handler: Callable[..., Any] | None) -> None:
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._exception_handler = handler

    def default_exception_handler(self, context: dict[str, Any]) -> None:
        """Print the failure to standard error, as Pyodide does."""
        lines = [context.get("message") or "Unhandled exception in event loop"]
        lines += [
            f"{key}: {context[key]!r}" for key in sorted(context) if key not in ("message", "exception")
        ]
        text = "\n".join(lines) + "\n"
        if exception := context.get("exception"):
            text += "".join(traceback.format_exception(exception))
        print(text.rstrip("\n"), file=sys.stderr)

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        if self._exception_handler is None:
            self.default_exception_handler(context)
            return
        try:
            self._exception_handler(self, context)
        except Exception as exception:
            self.default_exception_handler(
                {
                    "message": "Unhandled error in exception handler",
                    "exception": exception,
                    "context": context,
                }
            )


@contextlib.contextmanager
def as_running_loop(loop: WebLoop) -> Any:
    """Make a loop the running one.

    A task of the host that is in the middle of a step steps aside meanwhile.
    """
    former = asyncio._get_running_loop()
    task = asyncio.current_task(former) if former is not None else None
    hooks = sys.get_asyncgen_hooks()
    if task is not None:
        asyncio.tasks._leave_task(former, task)  # type: ignore[arg-type]
    asyncio._set_running_loop(loop)
    sys.set_asyncgen_hooks(firstiter=loop.asyncgen_started, finalizer=loop.asyncgen_dropped)
    try:
        yield
    finally:
        sys.set_asyncgen_hooks(*hooks)
        asyncio._set_running_loop(former)
        if task is not None:
            asyncio.tasks._enter_task(former, task)  # type: ignore[arg-type]

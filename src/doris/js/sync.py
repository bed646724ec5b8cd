"""The seam for ``run_sync``: blocking in Python until an awaitable is there.

On CPython the runtime sets an implementation that switches greenlets; inside Pyodide its own is used.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

_implementation: Callable[[Awaitable[Any]], Any] | None = None
_possible: Callable[[], bool] = lambda: False


def set_run_sync(run: Callable[[Awaitable[Any]], Any], possible: Callable[[], bool]) -> None:
    """Say how to block, and whether the current code may."""
    global _implementation, _possible
    _implementation, _possible = run, possible


def can_run_sync() -> bool:
    """Whether `run_sync` would work here."""
    return _implementation is not None and _possible()


def run_sync(awaitable: Awaitable[Any]) -> Any:
    """Block until an awaitable is resolved, and give its result.

    Raises:
        RuntimeError: the code was not entered in a way that can be suspended ("No suspender", Pyodide's own text).
    """
    if not can_run_sync():
        raise RuntimeError("No suspender")
    assert _implementation is not None
    return _implementation(awaitable)

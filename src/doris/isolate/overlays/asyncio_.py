"""`asyncio` inside an isolate: `run` waits on the Worker's loop, which runs already.

Source of the rules: ``pyodide.webloop`` of Pyodide 314.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from types import ModuleType
from typing import Any

from doris.isolate.overlays.base import copy_of


def make_asyncio() -> ModuleType:
    """The overlay of `asyncio`."""
    return copy_of(asyncio, run=_run)


@functools.wraps(asyncio.run)
def _run(main: Any, *, debug: bool | None = None, loop_factory: Callable[[], Any] | None = None) -> Any:
    loop: Any = asyncio._get_running_loop()
    if loop_factory is None and hasattr(loop, "run_sync"):
        return loop.run_until_complete(main)
    return asyncio.run(main, debug=debug)

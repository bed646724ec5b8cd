"""Promises as asyncio futures: what Python code awaits."""

from __future__ import annotations

import asyncio
from typing import Any

from ..futures import PyodideFuture
from .errors import PythonErrorObject, Throw
from .objects import JSValue
from .promise import Promise


def future_of(promise: Promise) -> PyodideFuture[Any]:
    """A future of the running loop that follows a promise.

    Raises:
        RuntimeError: no event loop is running.
    """
    from .convert import to_py_value
    from .proxy import proxy_of
    from .raising import raised

    future: PyodideFuture[Any] = PyodideFuture(loop=asyncio.get_running_loop())

    def fulfilled(value: JSValue) -> None:
        if not future.done():
            future.set_result(to_py_value(value))

    def rejected(reason: JSValue) -> None:
        if future.done():
            return
        # A PythonError arrives as a JsException here, not as the exception it came from: it went round the
        # queue.
        future.set_exception(
            proxy_of(reason) if isinstance(reason, PythonErrorObject) else raised(Throw(reason))
        )

    promise.then_(fulfilled, rejected)
    return future

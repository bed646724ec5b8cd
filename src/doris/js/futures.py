"""Promises as asyncio futures: what Python code awaits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from .errors import Throw
from .objects import JSValue
from .promise import Promise


class PyodideFuture(asyncio.Future[Any]):
    """A future with the methods of a promise, as Pyodide's event loop makes them."""

    def then(self, onfulfilled: Callable[[Any], Any] | None, onrejected: Callable[[BaseException], Any] | None = None) -> PyodideFuture:
        """A future for the result of one of the handlers; a handler may return an awaitable."""
        result = PyodideFuture(loop=self.get_loop())

        async def follow() -> Any:
            try:
                value = await self
            except Exception as error:
                if onrejected is None:
                    raise
                value = onrejected(error)
            else:
                if onfulfilled is None:
                    return value
                value = onfulfilled(value)
            return await value if hasattr(value, "__await__") else value

        _copy_into(asyncio.ensure_future(follow(), loop=self.get_loop()), result)
        return result

    def catch(self, onrejected: Callable[[BaseException], Any]) -> PyodideFuture:
        """`then` with a handler for failure only."""
        return self.then(None, onrejected)

    def finally_(self, onfinally: Callable[[], Any]) -> PyodideFuture:
        """A future with the same outcome, once the handler ran."""
        result = PyodideFuture(loop=self.get_loop())

        async def follow() -> Any:
            try:
                return await self
            finally:
                value = onfinally()
                if hasattr(value, "__await__"):
                    await value

        _copy_into(asyncio.ensure_future(follow(), loop=self.get_loop()), result)
        return result

    def syncify(self) -> Any:
        """Block until the result is there (``run_sync``)."""
        from .sync import run_sync

        return run_sync(self)


def _copy_into(task: asyncio.Future[Any], result: asyncio.Future[Any]) -> None:
    def done(finished: asyncio.Future[Any]) -> None:
        if result.done():
            return
        if finished.cancelled():
            result.cancel()
        elif (error := finished.exception()) is not None:
            result.set_exception(error)
        else:
            result.set_result(finished.result())

    task.add_done_callback(done)


def future_of(promise: Promise) -> PyodideFuture:
    """A future of the running loop that follows a promise.

    Raises:
        RuntimeError: no event loop is running.
    """
    from .convert import to_py_value
    from .errors import PythonErrorObject
    from .proxy import proxy_of, raised

    future = PyodideFuture(loop=asyncio.get_running_loop())

    def fulfilled(value: JSValue) -> None:
        if not future.done():
            future.set_result(to_py_value(value))

    def rejected(reason: JSValue) -> None:
        if future.done():
            return
        # A PythonError arrives as a JsException here, not as the exception it came from: it went round the queue.
        future.set_exception(proxy_of(reason) if isinstance(reason, PythonErrorObject) else raised(Throw(reason)))

    promise.then_(fulfilled, rejected)
    return future

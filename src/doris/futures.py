"""The futures and tasks of a Worker's event loop.

Pyodide gives them JavaScript's ``then``, ``catch`` and ``finally_``, so code may treat them as promises.

Source of the rules: ``pyodide.webloop`` of Pyodide 314.
"""

from __future__ import annotations

import asyncio
import inspect
from asyncio import Future, Task
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class PyodideFuture(Future[T]):
    """An `asyncio.Future` with the methods of a JavaScript promise."""

    def then(
        self,
        onfulfilled: Callable[[T], Any] | None,
        onrejected: Callable[[BaseException], Any] | None = None,
    ) -> PyodideFuture[Any]:
        """A future for what ``onfulfilled(result)`` or ``onrejected(exception)`` gives, awaited until it is
        plain.
        """

        def react() -> Any:
            exception = self.exception()
            if exception is None:
                return onfulfilled(self.result()) if onfulfilled else self.result()
            if onrejected is None:
                raise exception
            return onrejected(exception)

        return self._chained(react)

    def catch(self, onrejected: Callable[[BaseException], Any]) -> PyodideFuture[Any]:
        """The same as ``then(None, onrejected)``."""
        return self.then(None, onrejected)

    def finally_(self, onfinally: Callable[[], Any]) -> PyodideFuture[T]:
        """Call ``onfinally()`` either way; the returned future has this one's own outcome."""

        async def react() -> T:
            await _plain(onfinally())
            return self.result()

        return self._chained(react, also_cancelled=True)

    def _chained(self, react: Callable[[], Any], *, also_cancelled: bool = False) -> PyodideFuture[Any]:
        result: PyodideFuture[Any] = PyodideFuture(loop=self.get_loop())

        async def follow() -> None:
            if self.cancelled() and not also_cancelled:
                result.cancel()
                return
            try:
                value = await _plain(react())
            except asyncio.CancelledError:
                result.cancel()
            except Exception as exception:
                result.set_exception(exception)
            else:
                result.set_result(value)

        self.add_done_callback(lambda _self: asyncio.ensure_future(follow()))
        return result


class PyodideTask(Task[T], PyodideFuture[T]):
    """A task that is also a `PyodideFuture`; it counts its listeners, so the loop can tell that nobody
    listens.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._num_done_callbacks = 0

    def add_done_callback(self, callback: Callable[..., object], /, *, context: Any = None) -> None:
        super().add_done_callback(callback, context=context)
        self._num_done_callbacks += 1


async def _plain(value: Any) -> Any:
    while inspect.isawaitable(value):
        value = await value
    return value

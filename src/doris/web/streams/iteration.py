"""Streams and JavaScript's iteration: ``for await (const chunk of stream)`` and
``ReadableStream.from(iterable)``.
"""

from __future__ import annotations

from doris.js import (
    JSObject,
    JSValue,
    Promise,
    Symbol,
    call,
    get,
    is_callable,
    iterate,
    method,
    plain,
    to_boolean,
)
from doris.js.functions import NativeFunction
from doris.js.promise import start

from .default_source import DefaultController
from .readable import ReadableStream, is_async_iterable
from .readers import DefaultReader
from .strategy import Strategy


class StreamIterator(JSObject, name="ReadableStreamAsyncIterator"):
    """What ``stream.values()`` returns."""

    def __init__(self, stream: ReadableStream, *, prevent_cancel: bool) -> None:
        self._reader: DefaultReader | None = DefaultReader(stream)
        self._prevent_cancel = prevent_cancel
        self._last = Promise.resolved(None)

    @method
    def next(self) -> JSValue:
        # Calls may overlap; they are answered in order.
        before, self._last = self._last, Promise()
        start(self._answer(before)).then_(self._last.resolve_with, self._last.reject_with)
        return self._last

    async def _answer(self, before: Promise) -> JSValue:
        await _settled(before)
        if self._reader is None:
            return plain({"done": True, "value": None})
        try:
            result = await self._reader.read()
        except BaseException:
            self._finish()
            raise
        if result.js_get("done"):
            self._finish()
            return plain({"done": True, "value": None})
        return plain({"done": False, "value": result.js_get("value")})

    @method("return")
    async def return_(self, value: JSValue = None) -> JSValue:
        await _settled(self._last)
        reader = self._reader
        if reader is not None:
            cancelled = None if self._prevent_cancel else reader.cancel(value)
            self._finish()
            if cancelled is not None:
                await cancelled
        return plain({"done": True, "value": value})

    def _finish(self) -> None:
        if self._reader is not None:
            self._reader.release()
            self._reader = None


StreamIterator.interface.methods[Symbol.async_iterator] = NativeFunction(
    "[Symbol.asyncIterator]", lambda this: this
)


def _settled(promise: Promise) -> Promise:
    done = Promise()
    promise.then_(lambda _value: done.resolve_with(None), lambda _reason: done.resolve_with(None))
    return done


def stream_of_iterable(value: JSValue) -> ReadableStream:
    """A stream of what an iterable or async iterable gives; nothing is asked for in advance."""
    if is_async_iterable(value):
        iterator = call(value.js_get(Symbol.async_iterator), value)

        async def pull_async() -> None:
            result = await Promise.resolved(call(get(iterator, "next"), iterator))
            if to_boolean(get(result, "done")):
                controller.close_now()
            else:
                controller.enqueue_now(get(result, "value"))

        async def cancel_async(reason: JSValue) -> None:
            finish = get(iterator, "return")
            if is_callable(finish):
                await Promise.resolved(call(finish, iterator, reason))

        controller = DefaultController(
            lambda: start(pull_async()), lambda reason: start(cancel_async(reason)), Strategy(0)
        )
    else:
        items = iterate(value)

        async def pull() -> None:
            for item in items:
                controller.enqueue_now(await Promise.resolved(item))
                return
            controller.close_now()

        controller = DefaultController(lambda: start(pull()), None, Strategy(0))
    stream = ReadableStream(controller)
    controller.start(Promise.resolved(None))
    return stream

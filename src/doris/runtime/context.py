"""``ctx``: the execution context of one event, and the work that outlives the answer (``waitUntil``)."""

from __future__ import annotations

import sys

from doris.js import (
    JSObject,
    JSValue,
    Promise,
    Throw,
    call,
    get,
    getter,
    has,
    method,
    plain,
    start,
    type_error,
)

#: How long production lets work go on after the answer, in milliseconds.
#: https://developers.cloudflare.com/workers/runtime-apis/context/#waituntil
WAIT_UNTIL_LIMIT_MS = 30_000

#: What production logs then.
OVERDUE = (
    "waitUntil() tasks did not complete within the allowed time after invocation end and have been "
    "cancelled. See: https://developers.cloudflare.com/workers/runtime-apis/context/#waituntil"
)


class Background:
    """The promises given to ``waitUntil`` that are not settled yet."""

    def __init__(self) -> None:
        self._open: set[Promise] = set()

    def add(self, promise: Promise) -> None:
        """Keep a promise; its failure is logged, nobody else hears of it."""
        self._open.add(promise)

        def failed(reason: JSValue) -> None:
            if promise not in self._open:
                return  # it was forgotten: nobody wants to hear of it
            self._open.discard(promise)
            print(f"Uncaught (in promise) {_described(reason)}", file=sys.stderr)

        promise.then_(lambda _value: self._open.discard(promise), failed)

    def forget(self) -> None:
        """Wait for none of them any more."""
        self._open.clear()

    @property
    def promises(self) -> list[Promise]:
        """Those that are still open."""
        return list(self._open)


def _described(reason: JSValue) -> str:
    return str(Throw(reason)).rstrip("\n")


def follow(value: JSValue) -> Promise:
    """What the platform's Python side makes of an argument of ``waitUntil``.

    A Python awaitable comes as a proxy that dies with the call, so it is copied first and released at the
    end.
    """

    async def wait() -> None:
        if not isinstance(value, JSObject):
            raise type_error(f"Cannot use 'in' operator to search for 'copy' in {value}")
        awaited = call(get(value, "copy"), value) if has(value, "copy") else value
        try:
            await Promise.resolved(awaited)
        finally:
            if isinstance(awaited, JSObject) and has(awaited, "destroy"):
                call(get(awaited, "destroy"), awaited)

    return start(wait())


class ExecutionContext(JSObject, name="ExecutionContext"):
    """``ctx``. ``fail_open`` says that ``passThroughOnException`` was called."""

    def __init__(self, background: Background, props: JSValue = None, exports: JSValue = None) -> None:
        self._background = background
        self._ctx_props = props if props is not None else plain({})
        self._exports = exports if exports is not None else plain({})
        self.fail_open = False

    @method
    def waitUntil(self, promise: JSValue = None) -> None:
        self._background.add(follow(promise))

    @method
    def passThroughOnException(self) -> None:
        self.fail_open = True

    @method
    def abort(self, reason: JSValue = None) -> None:
        raise Throw(reason)

    @getter
    def props(self) -> JSValue:
        return self._ctx_props

    @getter
    def exports(self) -> JSValue:
        return self._exports

    @getter
    def cache(self) -> JSValue:
        return plain({})

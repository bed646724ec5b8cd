"""Promises, and the driver that runs JavaScript-world coroutines on the microtask queue.

Source of the rules: ECMAScript 2026, section 27.2.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator
from typing import Any

from .errors import Throw, thrown, type_error
from .members import constructor, method, static
from .microtasks import queue_microtask
from .objects import JSObject, JSValue, iterate, null
from .operations import call, is_callable

PENDING, FULFILLED, REJECTED = "pending", "fulfilled", "rejected"

Reaction = Callable[[JSValue], None]

#: Told of every promise that is rejected while nobody listens, and again (False) when someone starts to.
unhandled_rejection_hooks: list[Callable[[Promise, bool], None]] = []


class Promise(JSObject, name="Promise"):
    """``Promise``. Python code of the JavaScript world awaits it or subscribes with `then_`."""

    def __init__(self) -> None:
        self.state = PENDING
        self.value: JSValue = None
        self.handled = False
        self._bound = False  # settled, or bound to follow another promise
        self._reactions: list[tuple[Reaction, Reaction]] | None = []

    # -- making and settling ---------------------------------------------------------------------------------

    @classmethod
    def resolved(cls, value: JSValue = None) -> Promise:
        """A promise resolved with a value (a promise is given back as it is)."""
        if isinstance(value, Promise):
            return value
        promise = cls()
        promise.resolve_with(value)
        return promise

    @classmethod
    def rejected(cls, reason: JSValue) -> Promise:
        """A promise rejected with a JavaScript value or with a `Throw`."""
        promise = cls()
        promise.reject_with(reason.value if isinstance(reason, Throw) else reason)
        return promise

    @classmethod
    def deferred(cls) -> tuple[Promise, Callable[[JSValue], None], Callable[[JSValue], None]]:
        """A pending promise with its resolve and reject functions."""
        promise = cls()
        return promise, promise.resolve_with, promise.reject_with

    def resolve_with(self, value: JSValue = None) -> None:
        """Resolve: follow a promise or thenable, else fulfil. Ignored once settled."""
        if self._bound:
            return
        self._bound = True
        if value is self:
            self._settle(REJECTED, thrown(type_error("Chaining cycle detected for promise #<Promise>")))
        elif isinstance(value, Promise):
            self._follow(value)
        elif isinstance(value, JSObject):
            self._resolve_object(value)
        else:
            self._settle(FULFILLED, value)

    def _resolve_object(self, value: JSObject) -> None:
        try:
            then = value.js_get("then")
        except Throw as error:
            self._settle(REJECTED, error.value)
            return
        if not is_callable(then):
            self._settle(FULFILLED, value)
            return
        inner = Promise()

        def run() -> None:
            resolve, reject = _resolving_functions(inner)
            try:
                call(then, value, resolve, reject)
            except Throw as error:
                inner.reject_with(error.value)

        self._follow(inner)
        queue_microtask(run)

    def _follow(self, other: Promise) -> None:
        other.then_(
            lambda value: self._settle(FULFILLED, value), lambda reason: self._settle(REJECTED, reason)
        )

    def reject_with(self, reason: JSValue = None) -> None:
        """Reject. Ignored once settled."""
        if not self._bound:
            self._bound = True
            self._settle(REJECTED, reason)

    def _settle(self, state: str, value: JSValue) -> None:
        if self.state is not PENDING:
            return
        self.state, self.value = state, value
        reactions, self._reactions = self._reactions or [], None
        if state is REJECTED and not self.handled:
            for hook in unhandled_rejection_hooks:
                hook(self, True)
        for fulfilled, rejected in reactions:
            reaction = fulfilled if state is FULFILLED else rejected
            queue_microtask(lambda reaction=reaction: reaction(value))  # type: ignore[misc]

    # -- listening -------------------------------------------------------------------------------------------

    def then_(self, fulfilled: Reaction, rejected: Reaction) -> None:
        """Subscribe with Python callables, each called in a microtask of its own."""
        if not self.handled:
            self.handled = True
            if self.state is REJECTED:
                for hook in unhandled_rejection_hooks:
                    hook(self, False)
        if self.state is PENDING:
            assert self._reactions is not None
            self._reactions.append((fulfilled, rejected))
        else:
            reaction, value = (fulfilled if self.state is FULFILLED else rejected), self.value
            queue_microtask(lambda: reaction(value))

    def __await__(self) -> Generator[Promise, JSValue, JSValue]:
        return (yield self)

    @method
    def then(self, on_fulfilled: JSValue = None, on_rejected: JSValue = None) -> Promise:
        result = Promise()
        self.then_(
            _reaction(result, on_fulfilled, result.resolve_with),
            _reaction(result, on_rejected, result.reject_with),
        )
        return result

    @method("catch")
    def catch_(self, on_rejected: JSValue = None) -> Promise:
        return self.then(None, on_rejected)

    @method("finally")
    async def finally_(self, on_finally: JSValue = None) -> JSValue:
        try:
            value = await self
        finally:
            if is_callable(on_finally):
                await Promise.resolved(call(on_finally))
        return value

    @constructor
    def construct(cls, executor: JSValue = None) -> JSValue:
        from .operations import _shown

        if not is_callable(executor):
            raise type_error(f"Promise resolver {_shown(executor)} is not a function")
        promise = Promise()
        try:
            call(executor, None, *_resolving_functions(promise))
        except Throw as error:
            promise.reject_with(error.value)
        return promise

    @static
    def resolve(cls, value: JSValue = None) -> JSValue:
        return Promise.resolved(value)

    @static
    def reject(cls, reason: JSValue = None) -> JSValue:
        return Promise.rejected(reason)

    @static("withResolvers")
    def with_resolvers(cls) -> JSValue:
        from .plain import plain

        promise = Promise()
        resolve, reject = _resolving_functions(promise)
        return plain({"promise": promise, "resolve": resolve, "reject": reject})

    @static
    async def all(cls, promises: JSValue = None) -> JSValue:
        from .jsarray import JSArray

        return JSArray(await gather([Promise.resolved(item) for item in iterate(promises)]))

    @static("allSettled")
    async def all_settled(cls, promises: JSValue = None) -> JSValue:
        from .jsarray import JSArray
        from .plain import plain

        async def outcome(promise: Promise) -> JSValue:
            try:
                return plain({"status": FULFILLED, "value": await promise})
            except Throw as error:
                return plain({"status": REJECTED, "reason": error.value})

        return JSArray(await gather([start(outcome(Promise.resolved(item))) for item in iterate(promises)]))

    @static
    def race(cls, promises: JSValue = None) -> JSValue:
        winner = Promise()
        for item in iterate(promises):
            Promise.resolved(item).then_(winner.resolve_with, winner.reject_with)
        return winner

    @static
    def any(cls, promises: JSValue = None) -> JSValue:
        from .errors import AggregateErrorObject
        from .jsarray import JSArray

        winner = Promise()
        waiting = [Promise.resolved(item) for item in iterate(promises)]
        reasons: list[JSValue] = [None] * len(waiting)
        left = len(waiting)

        def failed(index: int, reason: JSValue) -> None:
            nonlocal left
            reasons[index] = reason
            left -= 1
            if left == 0:
                all_failed()

        def all_failed() -> None:
            failure = AggregateErrorObject("All promises were rejected")
            failure.js_set("errors", JSArray(reasons))
            winner.reject_with(failure)

        for index, promise in enumerate(waiting):
            promise.then_(winner.resolve_with, lambda reason, index=index: failed(index, reason))  # type: ignore[misc]
        if not waiting:
            all_failed()
        return winner


def _resolving_functions(promise: Promise) -> tuple[JSValue, JSValue]:
    from .functions import native

    return native("", lambda value=None: promise.resolve_with(value)), native(
        "", lambda reason=None: promise.reject_with(reason)
    )


def _reaction(result: Promise, handler: JSValue, passed_on: Reaction) -> Reaction:
    if not is_callable(handler):
        return passed_on

    def react(value: JSValue) -> None:
        try:
            result.resolve_with(call(handler, None, value))
        except Throw as error:
            result.reject_with(error.value)

    return react


async def gather(promises: list[Promise]) -> list[JSValue]:
    """Wait for all; the first rejection is raised at once."""
    done, resolve, reject = Promise.deferred()
    values: list[JSValue] = [None] * len(promises)
    left = len(promises)

    def arrived(index: int, value: JSValue) -> None:
        nonlocal left
        values[index] = value
        left -= 1
        if left == 0:
            resolve(None)

    for index, promise in enumerate(promises):
        promise.then_(lambda value, index=index: arrived(index, value), reject)  # type: ignore[misc]
    if not promises:
        resolve(None)
    await done
    return values


def start(coroutine: Coroutine[Any, Any, JSValue]) -> Promise:
    """Start a JavaScript-world coroutine at once and return its Promise.

    It may await promises, other such coroutines and, where the runtime must, asyncio futures.
    """
    promise = Promise()
    _step(coroutine, promise, coroutine.send, None)
    return promise


def _step(
    coroutine: Coroutine[Any, Any, JSValue], promise: Promise, advance: Callable[[Any], Any], value: Any
) -> None:
    try:
        awaited = advance(value)
    except StopIteration as stop:
        promise.resolve_with(stop.value)
        return
    except Exception as error:
        promise.reject_with(thrown(error))
        return
    if isinstance(awaited, Promise):
        awaited.then_(
            lambda result: _step(coroutine, promise, coroutine.send, result),
            lambda reason: _step(coroutine, promise, coroutine.throw, Throw(reason)),
        )
    elif hasattr(awaited, "_asyncio_future_blocking"):
        awaited._asyncio_future_blocking = False
        awaited.add_done_callback(lambda future: _resume_from_future(coroutine, promise, future))
    else:
        failure = RuntimeError(f"a JavaScript-world coroutine awaited {awaited!r}, which is no Promise")
        _step(coroutine, promise, coroutine.throw, failure)


def _resume_from_future(coroutine: Coroutine[Any, Any, JSValue], promise: Promise, future: Any) -> None:
    # The coroutine's own `yield` from the future's __await__ asks for the result, so both outcomes resume
    # it plainly.
    _step(coroutine, promise, coroutine.send, None)


__all__ = [
    "FULFILLED",
    "PENDING",
    "REJECTED",
    "Promise",
    "gather",
    "null",
    "start",
    "unhandled_rejection_hooks",
]

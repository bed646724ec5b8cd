"""What the tests of `doris.web` share: a global object, as Python code in a Worker sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

import doris.web
from doris.js import Realm, drain, proxy_of
from doris.pyodide.ffi import JsException, create_proxy, jsnull, to_js

_realm = Realm()
doris.web.install(_realm)

#: The module ``js``.
js: Any = proxy_of(_realm.global_object)


def O(**members: Any) -> Any:  # noqa: E743 - it stands for an object literal
    """A plain JavaScript object."""
    return to_js(members, dict_converter=js.Object.fromEntries)


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine; one that never ends fails instead of hanging.

    Microtasks that were queued outside of any loop run first, as those of a Worker's start do.
    """

    async def limited() -> Any:
        drain()
        async with asyncio.timeout(5):
            return await coroutine

    return asyncio.run(limited())


async def resolved(promise: Any) -> Any:
    """A promise as a coroutine."""
    return await promise


def wait(make: Callable[[], Any]) -> Any:
    """Call a function that returns a promise, inside a loop, and give the promise's result."""

    async def call() -> Any:
        return await make()

    return run(call())


def error_of(function: Callable[[], Any]) -> str:
    """The text of the JavaScript error that a call ends with; a promise that it returns is awaited."""

    async def call() -> None:
        result = function()
        if hasattr(result, "__await__"):
            await result

    with pytest.raises(JsException) as caught:
        run(call())
    return str(caught.value)


async def failure(awaitable: Any) -> str:
    """The text of the error that an awaitable ends with."""
    with pytest.raises(JsException) as caught:
        await awaitable
    return str(caught.value)


async def chunks(stream: Any) -> list[Any]:
    """All chunks of a stream; bytes as ``bytes``."""
    return [chunk if isinstance(chunk, str | int) else chunk.to_bytes() async for chunk in stream]


def source(*items: Any, error: Any = None) -> Any:
    """A stream that a program made, one item a pull, then closed or failed."""
    rest = iter(items)

    def pull(controller: Any) -> None:
        for item in rest:
            controller.enqueue(to_js(item))
            return
        if error is None:
            controller.close()
        else:
            controller.error(error)

    return js.ReadableStream.new(O(pull=create_proxy(pull)))


__all__ = [
    "JsException",
    "O",
    "chunks",
    "create_proxy",
    "error_of",
    "failure",
    "js",
    "jsnull",
    "resolved",
    "run",
    "source",
    "to_js",
    "wait",
]

"""``pyodide.ffi``: the foreign function interface as Python code uses it.

Source of the rules: the reference runtime (Pyodide 314).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from ..js.abilities import (
    JsAsyncGenerator,
    JsAsyncIterable,
    JsAsyncIterator,
    JsCallable,
    JsDoubleProxy,
    JsException,
    JsGenerator,
    JsIterable,
    JsIterator,
    JsPromise,
)
from ..js.arrays import JsArray, JsTypedArray
from ..js.bufferproxy import JsBuffer
from ..js.convert import to_py_value
from ..js.deep import ConversionError
from ..js.deep import to_js as _to_js
from ..js.mappings import JsMap, JsMutableMap
from ..js.objects import BigInt as JsBigInt
from ..js.objects import JsNull, null
from ..js.proxy import JsProxy, proxy_of
from ..js.pyproxy import PyProxy

jsnull = null
IN_PYODIDE = True


class InternalError(Exception):
    """Something went wrong in the interface itself. Never raised here; code may name it in an ``except``."""


class JsOnceCallable(JsCallable):
    """What `create_once_callable` gives: a function that may be called once."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = ()


class JsCallableDoubleProxy(JsDoubleProxy, JsCallable):
    """A proxy of a Python callable that was made by `create_proxy`."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (1 << 15 | 1 << 11,)


class JsFetchResponse(JsProxy):
    """A JavaScript ``Response``; for annotations."""

    __slots__ = ()


class JsDomElement(JsProxy):
    """A DOM element; a Worker has none. For annotations."""

    __slots__ = ()


class JsWeakRef(JsProxy):
    """A JavaScript ``WeakRef``; for annotations."""

    __slots__ = ()


ToJsConverter = Callable[[Any, Callable[[Any], Any], Callable[[Any, Any], None]], Any]


def to_js(*args: Any, **options: Any) -> Any:
    """Convert a Python object deeply to JavaScript. See `doris.js.deep.to_js` for the options.

    Raises:
        ConversionError: a dictionary key or set item that JavaScript cannot use.
        TypeError: anything but one positional argument.
    """
    if len(args) != 1:
        raise TypeError(f"to_js() takes exactly 1 positional argument ({len(args)} given)")
    obj = args[0]
    if obj is None or isinstance(obj, bool | int | float | str | JsProxy):
        return obj
    return to_py_value_keeping_proxies(_to_js(obj, **options))


def to_py_value_keeping_proxies(value: Any) -> Any:
    """A converted value for Python; a Python object that had no conversion comes as a proxy, not as
    itself."""
    return proxy_of(value) if isinstance(value, PyProxy) else to_py_value(value)


def create_proxy(obj: Any, /, *, capture_this: bool = False, roundtrip: bool = True) -> Any:
    """A proxy of a Python object that lives until ``destroy()`` is called on it."""
    del capture_this  # JavaScript's ``this`` is never used by the platform's callbacks
    return proxy_of(PyProxy(obj, roundtrip=roundtrip))


def create_once_callable(obj: Callable[..., Any], /, **_options: Any) -> Any:
    """A function for JavaScript that is released after its first call."""
    return proxy_of(PyProxy(obj, roundtrip=True, once=True))


def destroy_proxies(pyproxies: Any, /) -> None:
    """Destroy every proxy in a JavaScript array."""
    for proxy in pyproxies._js.items:
        if isinstance(proxy, PyProxy):
            proxy.destroy()


def run_sync(x: Any) -> Any:
    """Block until an awaitable is resolved, and give its result.

    Raises:
        RuntimeError: the current code cannot be suspended.
    """
    loop = asyncio._get_running_loop()
    if loop is None or not hasattr(loop, "run_sync"):
        raise RuntimeError(_no_suspender())
    return loop.run_sync(x)


def can_run_sync() -> bool:
    """Whether `run_sync` works here."""
    loop = asyncio._get_running_loop()
    return bool(loop is not None and hasattr(loop, "can_run_sync") and loop.can_run_sync())


def _no_suspender() -> str:
    from ..stacks import NOT_SUSPENDABLE

    return NOT_SUSPENDABLE


def register_js_module(name: str, jsproxy: Any) -> None:
    """Not possible in a Worker of this emulator.

    Raises:
        NotImplementedError: always, naming the module.
    """
    raise NotImplementedError(
        f"register_js_module({name!r}) is not emulated: pass the object to the code that needs it"
    )


def unregister_js_module(name: str) -> None:
    """Not possible in a Worker of this emulator.

    Raises:
        ValueError: always; there is no such module.
    """
    raise ValueError(f"Cannot unregister {name!r}: no Javascript module with that name is registered")


__all__ = [
    "IN_PYODIDE", "ConversionError", "InternalError", "JsArray", "JsAsyncGenerator", "JsAsyncIterable",
    "JsAsyncIterator",
    "JsBigInt", "JsBuffer", "JsCallable", "JsCallableDoubleProxy", "JsDomElement", "JsDoubleProxy",
    "JsException",
    "JsFetchResponse", "JsGenerator", "JsIterable", "JsIterator", "JsMap", "JsMutableMap", "JsNull",
    "JsOnceCallable",
    "JsPromise", "JsProxy", "JsTypedArray", "JsWeakRef", "ToJsConverter", "can_run_sync",
    "create_once_callable",
    "create_proxy", "destroy_proxies", "jsnull", "register_js_module", "run_sync", "to_js",
    "unregister_js_module",
]  # fmt: skip

for _name in __all__:
    if isinstance(globals()[_name], type):
        globals()[_name].__module__ = "pyodide.ffi"  # where Worker code finds it, and what tracebacks show

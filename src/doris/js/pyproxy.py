"""`PyProxy`: a Python object as JavaScript sees it.

Pyodide gives a PyProxy the abilities of its object (a dict has ``get``, an awaitable has ``then``). One
that was made for the
arguments of a call is *borrowed*: it dies when the call ends, which is why a callback that outlives the
call needs
``create_proxy``.

Source of the rules: the reference runtime (Pyodide 314).
"""

from __future__ import annotations

import asyncio
import collections.abc
import inspect
from collections.abc import Callable, Iterator
from typing import Any

from . import functions
from .errors import PythonErrorObject, Throw, error, thrown
from .functions import NativeFunction, native
from .objects import JSObject, JSValue, PropertyKey, Symbol
from .promise import Promise

BORROWED = (
    "This borrowed proxy was automatically destroyed at the end of a function call. "
    "Try using create_proxy or create_once_callable."
)
BORROWED_ASYNC = (
    "This borrowed proxy was automatically destroyed at the end of an asynchronous function call. "
    "Try using create_proxy or create_once_callable."
)
DESTROYED = "Object has already been destroyed"
_CALLS = frozenset({"call", "apply", "bind"})
_MORE = "\nFor more information about the cause of this error, use `pyodide.setDebug(true)`"


class PyProxy(JSObject, name="PyProxy"):
    """A Python object in the JavaScript world."""

    def __init__(self, target: Any, *, roundtrip: bool = False, once: bool = False) -> None:
        self._target = target
        self.roundtrip = roundtrip  # made by create_proxy: comes back to Python as a proxy, not as the object
        self.once = once  # made by create_once_callable: destroyed by its first call
        self.destroyed: str | None = None

    @property
    def target(self) -> Any:
        """The Python object.

        Raises:
            Throw: an Error when the proxy was destroyed.
        """
        if self.destroyed is not None:
            raise error(self.destroyed + _MORE)
        return self._target

    def destroy(self, message: str = DESTROYED) -> None:
        """Release the object; any further use throws an Error with the message."""
        if self.destroyed is None:
            self.destroyed = message
            self._target = None

    @property
    def is_callable(self) -> bool:  # type: ignore[override]
        """Whether JavaScript may call it. A dead proxy is not known any more."""
        return self.once or (self.destroyed is None and callable(self._target))

    # -- calls -----------------------------------------------------------------------------------------------

    def js_call(self, this: JSValue, *args: JSValue) -> JSValue:
        from .convert import to_js_value, to_py_value

        if self.once and self.destroyed is not None:
            raise error("OnceProxy can only be called once")
        target = self.target
        if self.once:
            self.destroy()
        try:
            return to_js_value(target(*[to_py_value(arg) for arg in args]))
        except Throw:
            raise
        except Exception as exception:
            raise Throw(thrown(exception)) from exception

    def js_construct(self, *args: JSValue) -> JSValue:
        return self.js_call(None, *args)

    # -- properties ------------------------------------------------------------------------------------------

    def js_get(self, key: PropertyKey) -> JSValue:
        target = self.target
        special = _special(self, target, key)
        if special is not None:
            return special
        if isinstance(key, Symbol):
            return None
        from .convert import to_js_value

        name = key.removeprefix("$")
        if (
            isinstance(target, dict) and name in target
        ):  # a dict answers for its items, as an options object does
            return to_js_value(target[name])
        if callable(target) and name in _CALLS:
            return functions.FUNCTION_METHODS[name]
        try:
            return to_js_value(getattr(target, name))
        except AttributeError:
            pass
        if name.isdigit() and isinstance(target, collections.abc.Sequence) and int(name) < len(target):
            return to_js_value(target[int(name)])
        return self.interface.function if key == "constructor" else None

    def js_set(self, key: PropertyKey, value: JSValue) -> None:
        from .convert import to_py_value

        if isinstance(key, str):
            setattr(self.target, key.removeprefix("$"), to_py_value(value))

    def js_delete(self, key: PropertyKey) -> bool:
        if isinstance(key, str) and hasattr(self.target, key):
            delattr(self.target, key)
        return True

    def js_has(self, key: PropertyKey) -> bool:
        target = self.target
        if _special(self, target, key) is not None:
            return True
        if not isinstance(key, str):
            return False
        name = key.removeprefix("$")
        return hasattr(target, name) or (isinstance(target, dict) and name in target)

    def js_own_keys(self) -> list[PropertyKey]:
        target = self.target
        return [key for key in target if isinstance(key, str)] if isinstance(target, dict) else []

    def js_is_own_enumerable(self, key: PropertyKey) -> bool:
        return True

    def json_view(self) -> JSObject:
        """The object that ``JSON.stringify`` serialises for this proxy: an array for a sequence, members
        for a dict."""
        from .convert import to_js_value
        from .jsarray import JSArray
        from .plain import PlainObject

        target = self.target
        if isinstance(target, collections.abc.Sequence) and not isinstance(target, str | bytes):
            return JSArray([to_js_value(item) for item in target])
        if isinstance(target, dict):
            return PlainObject({str(key): to_js_value(value) for key, value in target.items()})
        return PlainObject()

    def js_to_string(self) -> str:
        return str(self.target)

    def js_class_name(self) -> str:
        return "PyProxy"


def _special(proxy: PyProxy, target: Any, key: PropertyKey) -> JSValue:
    """Members that Pyodide puts on a proxy; undefined when the object does not have that ability."""
    make = _SPECIAL.get(key)
    return make(proxy, target) if make is not None else None


def _then(proxy: PyProxy, target: Any) -> JSValue:
    if not inspect.isawaitable(target):
        return None

    def then(on_fulfilled: JSValue = None, on_rejected: JSValue = None) -> JSValue:
        return promise_of(target).then(on_fulfilled, on_rejected)

    return native("then", then)


def promise_of(awaitable: Any) -> Promise:
    """A Promise that follows a Python awaitable, which runs as a task of the running loop."""
    from .convert import to_js_value

    promise = Promise()
    future = asyncio.ensure_future(awaitable)

    def done(finished: asyncio.Future[Any]) -> None:
        if finished.cancelled():
            promise.reject_with(PythonErrorObject(asyncio.CancelledError()))
            return
        failure = finished.exception()
        if failure is not None:
            promise.reject_with(thrown(failure))
        else:
            promise.resolve_with(to_js_value(finished.result()))

    future.add_done_callback(done)
    return promise


def _to_js(_proxy: PyProxy, target: Any) -> JSValue:
    from .deep import to_js

    def convert(options: JSValue = None) -> JSValue:
        from .operations import opt

        depth = opt(options, "depth")
        return to_js(
            target, depth=-1 if depth is None else int(depth), dict_converter=opt(options, "dict_converter")
        )

    return native("toJs", convert)


def _destroy(proxy: PyProxy, _target: Any) -> JSValue:
    return native("destroy", lambda _options=None: proxy.destroy())


def _copy(_proxy: PyProxy, target: Any) -> JSValue:
    return native("copy", lambda: PyProxy(target))


def _get_buffer(_proxy: PyProxy, target: Any) -> JSValue:
    try:
        memoryview(target)
    except TypeError:
        return None
    from .pybuffers import py_buffer

    return native("getBuffer", lambda kind=None: py_buffer(target, kind))


def _length(_proxy: PyProxy, target: Any) -> JSValue:
    return len(target) if hasattr(type(target), "__len__") else None


def _getter(_proxy: PyProxy, target: Any) -> JSValue:
    if not hasattr(type(target), "__getitem__") or isinstance(target, type):
        return None
    from .convert import to_js_value, to_py_value

    def get(key: JSValue = None) -> JSValue:
        try:
            return to_js_value(target[to_py_value(key)])
        except (KeyError, IndexError):
            return None

    return native("get", get)


def _setter(_proxy: PyProxy, target: Any) -> JSValue:
    if not hasattr(type(target), "__setitem__"):
        return None
    from .convert import to_py_value

    return native(
        "set", lambda key=None, value=None: target.__setitem__(to_py_value(key), to_py_value(value))
    )


def _deleter(_proxy: PyProxy, target: Any) -> JSValue:
    if not hasattr(type(target), "__delitem__"):
        return None
    from .convert import to_py_value

    return native("delete", lambda key=None: target.__delitem__(to_py_value(key)))


def _container(_proxy: PyProxy, target: Any) -> JSValue:
    if not hasattr(type(target), "__contains__"):
        return None
    from .convert import to_py_value

    return native("has", lambda key=None: to_py_value(key) in target)


def _iterator(_proxy: PyProxy, target: Any) -> JSValue:
    if not hasattr(type(target), "__iter__") or isinstance(target, str):
        return None
    from .plain import IteratorObject

    def items() -> Iterator[JSValue]:
        from .convert import to_js_value

        for item in target:
            yield to_js_value(item)

    return NativeFunction("[Symbol.iterator]", lambda _this: IteratorObject(items()))


def _next(_proxy: PyProxy, target: Any) -> JSValue:
    if not hasattr(type(target), "__next__"):
        return None
    from .convert import to_js_value
    from .plain import plain

    def step(_sent: JSValue = None) -> JSValue:
        try:
            return plain({"done": False, "value": to_js_value(next(target))})
        except StopIteration as stop:
            return plain({"done": True, "value": to_js_value(stop.value)})

    return native("next", step)


def _async_iterator(_proxy: PyProxy, target: Any) -> JSValue:
    if not hasattr(type(target), "__aiter__"):
        return None
    from .convert import to_js_value
    from .plain import plain

    def begin(_this: JSValue) -> JSValue:
        items = aiter(target)

        async def step() -> JSValue:
            try:
                value = await anext(items)
            except StopAsyncIteration:
                return plain({"done": True, "value": None})
            return plain({"done": False, "value": to_js_value(value)})

        async def finish() -> JSValue:
            if hasattr(items, "aclose"):
                await items.aclose()
            return plain({"done": True, "value": None})

        return plain(
            {
                "next": native("next", lambda _sent=None: promise_of(step())),
                "return": native("return", lambda _value=None: promise_of(finish())),
            }
        )

    return NativeFunction("[Symbol.asyncIterator]", begin)


_SPECIAL: dict[PropertyKey, Callable[[PyProxy, Any], JSValue]] = {
    "then": _then,
    "toJs": _to_js,
    "destroy": _destroy,
    "copy": _copy,
    "getBuffer": _get_buffer,
    "length": _length,
    "get": _getter,
    "set": _setter,
    "delete": _deleter,
    "has": _container,
    "next": _next,
    "type": lambda _proxy, target: type(target).__name__,
    "toString": lambda _proxy, target: native("toString", lambda: str(target)),
    Symbol.iterator: _iterator,
    Symbol.async_iterator: _async_iterator,
}

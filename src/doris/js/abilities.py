"""What a JsProxy can do, one class an ability. `doris.js.proxy` combines them per object.

The public ones are what ``pyodide.ffi`` exports for ``isinstance`` checks.
Source of the rules: the reference runtime (Pyodide 314, documented type translations).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator
from typing import Any

from . import flags as p
from .convert import to_py_value
from .errors import ErrorObject, Throw
from .objects import JSValue, Symbol, iterate
from .operations import call, get, to_boolean
from .proxy import JsProxy, proxy_of
from .raising import raised


class JsCallable(JsProxy):
    """A function."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (p.IS_CALLABLE,)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        from .calls import call_from_python

        return call_from_python(self._js, self._this, args, kwargs)

    def new(self, *args: Any, **kwargs: Any) -> Any:
        """``new`` with these arguments; keyword arguments make one trailing options object."""
        from .calls import construct_from_python

        return construct_from_python(self._js, args, kwargs)


class JsDoubleProxy(JsProxy):
    """What ``create_proxy`` gives: a proxy of a proxy of a Python object."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (p.IS_DOUBLE_PROXY,)

    def destroy(self) -> None:
        """Release the Python object."""
        self._js.destroy()  # type: ignore[attr-defined]

    def unwrap(self) -> Any:
        """The Python object."""
        try:
            return self._js.target  # type: ignore[attr-defined]
        except Throw as error:
            raise raised(error) from None


class JsPromise(JsProxy):
    """A promise or another thenable: it can be awaited, many times."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (p.IS_AWAITABLE,)

    def __await__(self) -> Generator[Any, None, Any]:
        return self._future().__await__()  # type: ignore[no-any-return]

    def _future(self) -> Any:
        from .futures import future_of
        from .promise import Promise

        return future_of(Promise.resolved(self._js))

    def then(self, onfulfilled: Any, onrejected: Any = None) -> Any:
        """``promise.then``, with handlers that live until one is called."""
        return self._future().then(onfulfilled, onrejected)

    def catch(self, onrejected: Any) -> Any:
        """``promise.catch``."""
        return self._future().catch(onrejected)

    def finally_(self, onfinally: Any) -> Any:
        """``promise.finally``."""
        return self._future().finally_(onfinally)

    def syncify(self) -> Any:
        """Block until the result is there (``run_sync``)."""
        return self._future().syncify()


class JsIterable(JsProxy):
    """An object with ``Symbol.iterator``."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (p.IS_ITERABLE,)

    def __iter__(self) -> Iterator[Any]:
        return converted_items(iterate(self._js))


class JsIterator(JsProxy):
    """An object with ``next``."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (p.IS_ITERATOR,)

    def __iter__(self) -> Any:
        return self

    def __next__(self) -> Any:
        try:
            result = call(self._js.js_get("next"), self._js)
            if to_boolean(get(result, "done")):
                raise StopIteration(to_py_value(get(result, "value")))
            return to_py_value(get(result, "value"))
        except Throw as error:
            raise raised(error) from None


class JsGenerator(JsIterator):
    """A generator."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (p.IS_GENERATOR,)


class JsAsyncIterable(JsProxy):
    """An object with ``Symbol.asyncIterator``."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (p.IS_ASYNC_ITERABLE,)

    def __aiter__(self) -> AsyncIterator[Any]:
        iterator = proxy_of(call(self._js.js_get(Symbol.async_iterator), self._js))
        return _async_items(iterator)


class JsAsyncIterator(JsProxy):
    """An object whose ``next`` gives promises."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (p.IS_ASYNC_ITERATOR,)

    def __aiter__(self) -> Any:
        return self

    async def __anext__(self) -> Any:
        result = await self.next()
        if result.done:
            raise StopAsyncIteration
        return result.value


class JsAsyncGenerator(JsAsyncIterator):
    """An async generator."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (p.IS_ASYNC_GENERATOR,)


async def _async_items(iterator: Any) -> AsyncIterator[Any]:
    while True:
        result = await iterator.next()
        if result.done:
            return
        yield result.value


def converted_items(items: Iterator[JSValue]) -> Iterator[Any]:
    """JavaScript values as Python receives them; what the iteration throws is raised."""
    try:
        for item in items:
            yield to_py_value(item)
    except Throw as error:
        raise raised(error) from None


class JsException(JsProxy, Exception):
    """A JavaScript Error: at once its proxy and a Python exception."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (p.IS_ERROR,)

    def __new__(cls, name: str | None = None, message: str = "", /) -> Any:
        """A new JavaScript Error of that name; made by the boundary it gets its object afterwards."""
        if cls is not JsException:
            return Exception.__new__(cls)
        return proxy_of(ErrorObject(message, name=name))

    def __init__(self, *args: Any) -> None:
        """The error is in place already."""

    def __setattr__(self, name: str, value: Any) -> None:
        # ``contextlib`` and others set ``__traceback__`` and its like: those are Python's.
        if name.startswith("__"):
            Exception.__setattr__(self, name, value)
        else:
            JsProxy.__setattr__(self, name, value)

    def __str__(self) -> str:
        return JsProxy.__repr__(self)

    @property
    def args(self) -> tuple[Any, ...]:  # type: ignore[override]
        """The error as a plain proxy."""
        return (proxy_of(self._js, without=p.IS_ERROR),)


def bases_for(flags: int) -> tuple[type, ...]:
    """The base classes of a proxy with these abilities, most specific first."""
    from .arrays import JsArray, JsJsonSequence, JsTypedArray
    from .bufferproxy import JsBuffer
    from .mappings import (
        MAPPING,
        Gettable,
        Having,
        Including,
        JsMap,
        JsMutableMap,
        JsonDict,
        ObjectMap,
        Settable,
        Sized,
    )

    mapping = flags & MAPPING == MAPPING
    array = flags & (p.IS_ARRAY | p.IS_ARRAY_LIKE | p.IS_TYPEDARRAY)
    rows: list[tuple[object, type]] = [
        (flags & p.IS_PY_JSON_DICT, JsonDict),
        (flags & p.IS_OBJECT_MAP, ObjectMap),
        (flags & p.IS_PY_JSON_SEQUENCE, JsJsonSequence),
        (flags & p.IS_DOUBLE_PROXY, JsDoubleProxy),
        (flags & p.IS_TYPEDARRAY, JsTypedArray),
        (array and not flags & p.IS_TYPEDARRAY, JsArray),
        (flags & p.IS_BUFFER and not flags & p.IS_TYPEDARRAY, JsBuffer),
        (flags & p.HAS_GET and not array, Gettable),
        (flags & p.HAS_SET and not array, Settable),
        (flags & p.HAS_HAS and not array, Having),
        (flags & p.HAS_INCLUDES and not flags & p.HAS_HAS and not array, Including),
        (mapping and not array, JsMutableMap if flags & p.HAS_SET else JsMap),
        (flags & p.HAS_LENGTH and not array, Sized),
        (flags & p.IS_GENERATOR, JsGenerator),
        (flags & p.IS_ITERATOR and not flags & p.IS_GENERATOR, JsIterator),
        (flags & p.IS_ITERABLE and not flags & p.IS_ITERATOR and not mapping and not array, JsIterable),
        (flags & p.IS_ASYNC_GENERATOR, JsAsyncGenerator),
        (flags & p.IS_ASYNC_ITERATOR and not flags & p.IS_ASYNC_GENERATOR, JsAsyncIterator),
        (flags & p.IS_ASYNC_ITERABLE and not flags & p.IS_ASYNC_ITERATOR, JsAsyncIterable),
        (flags & p.IS_AWAITABLE, JsPromise),
        (flags & p.IS_CALLABLE, JsCallable),
        (flags & p.IS_ERROR, JsException),
    ]
    bases = tuple(base for wanted, base in rows if wanted)
    return bases or (JsProxy,)

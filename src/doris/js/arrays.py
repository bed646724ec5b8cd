"""Python's view of arrays: `JsArray`, `JsTypedArray` and the sequence of ``as_py_json``.

Source of the rules: the reference runtime (Pyodide 314, ``JsArray_*``).
"""

from __future__ import annotations

import collections.abc
from collections.abc import Iterable, Iterator
from typing import Any, SupportsIndex

from . import flags as p
from .bufferproxy import JsBuffer
from .convert import to_js_value, to_py_value
from .errors import Throw
from .jsarray import JSArray
from .objects import JSValue, iterate
from .operations import get, set_, to_integer
from .proxy import JsProxy, json_proxy, proxy_of
from .raising import raised


class JsArray(JsProxy):
    """An array, or an iterable with a length: a Python sequence."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (p.IS_ARRAY, p.IS_ARRAY_LIKE, p.IS_TYPEDARRAY)

    def _item(self, value: JSValue) -> Any:
        try:
            return to_py_value(value)
        except Throw as error:
            raise raised(error) from None

    def _values(self) -> list[JSValue]:
        js = self._js
        if isinstance(js, JSArray):
            return js.items
        return [get(js, str(index)) for index in range(len(self))]

    def __len__(self) -> int:
        return to_integer(self._js.js_get("length"))

    def __iter__(self) -> Iterator[Any]:
        try:
            for value in iterate(self._js):
                yield self._item(value)
        except Throw as error:
            raise raised(error) from None

    def __getitem__(self, index: SupportsIndex | slice) -> Any:
        if isinstance(index, slice):
            return proxy_of(JSArray(self._values()[index]))
        return self._item(get(self._js, str(self._position(index))))

    def _position(self, index: Any) -> int:
        if not hasattr(index, "__index__"):
            raise TypeError("list indices must be integers or slices, not " + type(index).__name__)
        position = index.__index__()
        length = len(self)
        position += length if position < 0 else 0
        if not 0 <= position < length:
            raise IndexError(position - length if index.__index__() < 0 else position)
        return int(position)

    def __setitem__(self, index: SupportsIndex | slice, value: Any) -> None:
        js = self._js
        if isinstance(index, slice):
            if not isinstance(js, JSArray):
                raise NotImplementedError("Slice assignment isn't implemented for typed arrays")
            js.items[index] = [to_js_value(item) for item in value]
            return
        set_(js, str(self._position(index)), to_js_value(value))

    def __delitem__(self, index: SupportsIndex | slice) -> None:
        js = self._js
        if not isinstance(js, JSArray):
            raise TypeError("object doesn't support item deletion")
        if isinstance(index, slice):
            del js.items[index]
        else:
            del js.items[self._position(index)]

    def __contains__(self, value: Any) -> bool:
        return any(item == value for item in self)

    def __reversed__(self) -> Iterator[Any]:
        return iter([self._item(value) for value in reversed(self._values())])

    def __add__(self, other: Iterable[Any]) -> Any:
        return proxy_of(JSArray([*self._values(), *(to_js_value(item) for item in other)]))

    def __mul__(self, times: int) -> Any:
        return proxy_of(JSArray(self._values() * times))

    __rmul__ = __mul__

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """The first index of a value.

        Raises:
            ValueError: it is not there.
        """
        for position in range(*slice(start, stop).indices(len(self))):
            if self[position] == value:
                return position
        raise ValueError(f"{value!r} is not in list")

    def count(self, value: Any) -> int:
        """How often a value occurs."""
        return sum(1 for item in self if item == value)

    def append(self, value: Any) -> None:
        """Add a value at the end."""
        self._items().append(to_js_value(value))

    def extend(self, values: Iterable[Any]) -> None:
        """Add values at the end."""
        self._items().extend([to_js_value(value) for value in values])

    def insert(self, index: int, value: Any) -> None:
        """Put a value before an index."""
        self._items().insert(index, to_js_value(value))

    def pop(self, index: int = -1) -> Any:
        """Take a value out and give it."""
        position = self._position(index)
        return self._item(self._items().pop(position))

    def remove(self, value: Any) -> None:
        """Take the first such value out."""
        del self[self.index(value)]

    def reverse(self) -> None:
        """Turn the order round."""
        self._items().reverse()

    def _items(self) -> list[JSValue]:
        if not isinstance(self._js, JSArray):
            raise AttributeError("a typed array has a fixed length")
        return self._js.items


collections.abc.MutableSequence.register(JsArray)


class JsTypedArray(JsBuffer, JsArray):
    """A typed array: a buffer and a sequence of numbers."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (p.IS_TYPEDARRAY,)

    def __getitem__(self, index: SupportsIndex | slice) -> Any:
        if isinstance(index, slice):
            raise NotImplementedError("Slice subscripting isn't implemented for typed arrays")
        return JsArray.__getitem__(self, index)


class JsJsonSequence(JsArray):
    """An array under ``as_py_json``."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (p.IS_PY_JSON_SEQUENCE,)

    def _item(self, value: JSValue) -> Any:
        return json_proxy(value)

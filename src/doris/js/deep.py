"""Deep conversion: ``to_js`` and ``JsProxy.to_py``.

Source of the rules: the reference runtime (Pyodide 314, ``python2js`` and ``js2python_convert``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .buffers import ArrayBuffer, BufferView
from .convert import to_js_value, to_js_value_tracked, to_py_value
from .errors import Throw, error
from .jsarray import JSArray
from .maps import MapObject, SetObject
from .objects import JSObject, JSValue
from .operations import call, get, to_string
from .plain import IteratorObject, PlainObject
from .proxy import JsProxy
from .pybuffers import typed_array_for, typed_memoryview
from .pyproxy import PyProxy
from .raising import raised


class ConversionError(Exception):
    """A value could not be converted (``pyodide.ffi.ConversionError``)."""


class _ToJs:
    """One call of ``to_js``: its options and what it made so far."""

    def __init__(
        self,
        proxies: JSArray | None,
        create_proxies: bool,
        dict_converter: JSValue,
        default_converter: Callable[..., Any] | None,
        eager_converter: Callable[..., Any] | None,
    ) -> None:
        self.proxies = proxies
        self.create_proxies = create_proxies
        self.dict_converter = dict_converter
        self.default_converter = default_converter
        self.eager_converter = eager_converter
        self.made: dict[int, JSValue] = {}

    def convert(self, value: Any, depth: int) -> JSValue:
        kind = type(value)
        if kind is str or value is None or kind is bool or kind is int or kind is float:
            return to_js_value(value)
        if isinstance(value, JsProxy):
            return value._js
        if id(value) in self.made:
            return self.made[id(value)]
        if self.eager_converter is not None:
            return self._by_user(self.eager_converter, value, depth)
        return self._by_kind(value, depth)

    def _by_kind(self, value: Any, depth: int) -> JSValue:
        if depth != 0:
            if isinstance(value, list | tuple):
                array = self.made[id(value)] = JSArray()
                array.items.extend(self.convert(item, depth - 1) for item in value)
                return array
            if isinstance(value, dict):
                return self._dict(value, depth)
            if isinstance(value, set):
                made = self.made[id(value)] = SetObject()
                for item in value:
                    made.add(self._key(item, "value in a Javascript Set"))
                return made
            if isinstance(value, bytes | bytearray | memoryview) or _is_buffer(value):
                return typed_array_for(value)
        plain, proxy = to_js_value_tracked(value)
        if proxy is None:
            return plain
        if self.default_converter is not None and depth != 0:
            return self._by_user(self.default_converter, value, depth)
        return self._proxy(value, proxy)

    def _proxy(self, value: Any, proxy: PyProxy) -> JSValue:
        if not self.create_proxies:
            raise ConversionError("No conversion known for x.")
        if self.proxies is not None:
            self.proxies.items.append(proxy)
        self.made[id(value)] = proxy
        return proxy

    def _dict(self, value: dict[Any, Any], depth: int) -> JSValue:
        if self.dict_converter is None or self.dict_converter is from_entries_function():
            plain = self.made[id(value)] = PlainObject()
            for key, item in value.items():
                plain.js_set(
                    to_string(self._key(key, "key for a Javascript Map")), self.convert(item, depth - 1)
                )
            return plain
        entries = [
            (self._key(key, "key for a Javascript Map"), self.convert(item, depth - 1))
            for key, item in value.items()
        ]
        pairs = JSArray([JSArray(entry) for entry in entries])
        try:
            converted = call(self.dict_converter, None, pairs)
        except Throw as error:
            raise raised(error) from None
        self.made[id(value)] = converted
        return converted

    def _key(self, key: Any, role: str) -> JSValue:
        converted, proxy = to_js_value_tracked(key)
        if proxy is not None:
            raise ConversionError(f"Cannot use {key!r} as a {role}")
        return converted

    def _by_user(self, converter: Callable[..., Any], value: Any, depth: int) -> JSValue:
        def convert(inner: Any) -> Any:
            if self.eager_converter is not None and inner is value:
                return to_py_value(self._by_kind(inner, depth))
            return to_py_value(self.convert(inner, depth - 1 if depth > 0 else depth))

        def cache(inner: Any, converted: Any) -> None:
            self.made[id(inner)] = to_js_value(converted)

        result = converter(value, convert, cache)
        converted, proxy = to_js_value_tracked(result)
        if proxy is not None:
            return self._proxy(result, proxy)
        self.made[id(value)] = converted
        return converted


def _is_buffer(value: Any) -> bool:
    try:
        with memoryview(value):
            return True
    except TypeError:
        return False


def from_entries_function() -> JSValue:
    """``Object.fromEntries``, by identity."""
    from .globals import OBJECT

    return OBJECT.js_get("fromEntries")


def to_js(
    value: Any,
    /,
    *,
    depth: int = -1,
    pyproxies: Any = None,
    create_pyproxies: bool = True,
    dict_converter: Any = None,
    default_converter: Callable[..., Any] | None = None,
    eager_converter: Callable[..., Any] | None = None,
) -> JSValue:
    """Convert a Python value deeply to a JavaScript value.

    Args:
        value: the value; a JsProxy is unwrapped.
        depth: how many levels of containers are converted; -1 for all.
        pyproxies: a JavaScript array that collects the proxies made.
        create_pyproxies: False to refuse what has no conversion.
        dict_converter: a JavaScript function that makes an object of ``[key,
        value]`` entries; a plain object by default.
        default_converter: called with ``(value, convert, cache)`` for what has no conversion.
        eager_converter: called so for every container before anything else.

    Raises:
        ConversionError: a key that JavaScript cannot use, or no conversion and ``create_pyproxies`` is False.
    """
    proxies: Any = pyproxies._js if isinstance(pyproxies, JsProxy) else pyproxies
    converter = to_js_value(dict_converter) if dict_converter is not None else None
    return _ToJs(proxies, create_pyproxies, converter, default_converter, eager_converter).convert(
        value, depth
    )


class _ToPy:
    """One call of ``to_py``."""

    def __init__(self, default_converter: Callable[..., Any] | None) -> None:
        self.default_converter = default_converter
        self.made: dict[int, Any] = {}

    def convert(self, value: JSValue, depth: int) -> Any:
        if not isinstance(value, JSObject) or (isinstance(value, PyProxy) and not value.roundtrip):
            return to_py_value(value)
        if id(value) in self.made:
            return self.made[id(value)]
        if depth == 0:
            return to_py_value(value)
        made = self._container(value, depth)
        if made is not _NOT_PLAIN:
            return made
        if self.default_converter is None:
            return to_py_value(value)
        return self._by_user(value, depth)

    def _container(self, value: JSObject, depth: int) -> Any:
        made: Any
        if isinstance(value, JSArray):
            made = self.made[id(value)] = []
            made.extend(self.convert(item, depth - 1) for item in value.items)
        elif isinstance(value, MapObject):
            made = self.made[id(value)] = {}
            for key, item in value.table.values():
                made[self._key(key, "dict")] = self.convert(item, depth - 1)
        elif isinstance(value, SetObject):
            made = self.made[id(value)] = set()
            made.update(self._key(item, "set") for item in value.table.values())
        elif isinstance(value, ArrayBuffer | BufferView):
            made = typed_memoryview(value)
        elif _is_plain(value):
            made = self.made[id(value)] = {}
            for key in value.js_own_keys():
                if isinstance(key, str) and value.js_is_own_enumerable(key):
                    made[key] = self.convert(value.js_get(key), depth - 1)
        else:
            return _NOT_PLAIN
        return made

    def _key(self, key: JSValue, container: str) -> Any:
        if isinstance(key, JSObject) and not isinstance(key, PyProxy):
            name = to_string(get(get(key, "constructor"), "name"))
            raise error(f"Cannot use key of type {name} as a key to a Python {container}")
        return to_py_value(key)

    def _by_user(self, value: JSObject, depth: int) -> Any:
        def convert(inner: Any) -> Any:
            return self.convert(to_js_value(inner), depth - 1 if depth > 0 else depth)

        def cache(inner: Any, converted: Any) -> None:
            self.made[id(to_js_value(inner))] = converted

        assert self.default_converter is not None
        return self.default_converter(to_py_value(value), convert, cache)


_NOT_PLAIN = object()


def _is_plain(value: JSObject) -> bool:
    if type(value) is PlainObject and value._proto is None:
        return not (value._props and "constructor" in value._props)
    if value.js_class_name() != "Object" or isinstance(value, IteratorObject):
        return False
    constructor = value.js_get("constructor")
    return constructor is None or get(constructor, "name") == "Object"


def to_py(value: JSObject, *, depth: int = -1, default_converter: Callable[..., Any] | None = None) -> Any:
    """Convert a JavaScript value deeply to a Python value; what is not plain stays a proxy or goes to the
    converter.

    Raises:
        ConversionError: an object is a key of a Map or an item of a Set.
    """
    try:
        return _ToPy(default_converter).convert(value, depth)
    except Throw as error:
        raise raised(error) from None

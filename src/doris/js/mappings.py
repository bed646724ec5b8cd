"""Proxies that are containers: what has a size, ``get``, ``set`` or ``has``, and mappings.

Source of the rules: the reference runtime (Pyodide 314, documented type translations).
"""

from __future__ import annotations

import collections.abc
from collections.abc import Iterator
from typing import Any

from . import flags as p
from .abilities import converted_items
from .convert import to_js_value, to_py_value
from .errors import Throw
from .objects import JSValue, iterate
from .operations import call, is_callable, own_keys, to_boolean
from .proxy import JsProxy, json_proxy
from .raising import raised


class Sized(JsProxy):
    """An object with a size or a length."""

    __slots__ = ()

    def __len__(self) -> int:
        # ``size`` is what a collection means, ``length`` what an array means.
        size = self._js.js_get("size")
        value = size if _is_count(size) else self._js.js_get("length")
        if not _is_count(value):
            raise TypeError("object does not have a valid length")
        return int(value)


def _is_count(value: JSValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


class Gettable(JsProxy):
    """An object with ``get``."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        js = self._js
        try:
            value = call(js.js_get("get"), js, to_js_value(key))
            if value is None:
                has = js.js_get("has")
                if not is_callable(has) or not to_boolean(call(has, js, to_js_value(key))):
                    raise KeyError(key)
        except Throw as error:
            raise raised(error) from None
        return to_py_value(value)


class Settable(JsProxy):
    """An object with ``set``."""

    __slots__ = ()

    def __setitem__(self, key: Any, value: Any) -> None:
        try:
            call(self._js.js_get("set"), self._js, to_js_value(key), to_js_value(value))
        except Throw as error:
            raise raised(error) from None

    def __delitem__(self, key: Any) -> None:
        js = self._js
        try:
            if not to_boolean(call(js.js_get("delete"), js, to_js_value(key))):
                raise KeyError(key)
        except Throw as error:
            raise raised(error) from None


class Having(JsProxy):
    """An object with ``has``."""

    __slots__ = ()

    def __contains__(self, key: Any) -> bool:
        try:
            return to_boolean(call(self._js.js_get("has"), self._js, to_js_value(key)))
        except Throw as error:
            raise raised(error) from None


class Including(JsProxy):
    """An object with ``includes``."""

    __slots__ = ()

    def __contains__(self, key: Any) -> bool:
        return to_boolean(call(self._js.js_get("includes"), self._js, to_js_value(key)))


MAPPING = p.HAS_GET | p.HAS_LENGTH | p.IS_ITERABLE


class JsMap(JsProxy):
    """An object with ``get``, a size and iteration: a mapping whose keys Python iterates over."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (MAPPING, p.IS_OBJECT_MAP, p.IS_PY_JSON_DICT)

    def __iter__(self) -> Iterator[Any]:
        keys = self._js.js_get("keys")
        return converted_items(iterate(call(keys, self._js)) if is_callable(keys) else iterate(self._js))

    def get(self, *args: Any) -> Any:
        """The value of a key, or the default (the second argument)."""
        if not args:
            raise TypeError("get() missing required argument 'key' (pos 1)")
        try:
            return self[args[0]]  # type: ignore[index]
        except KeyError:
            return args[1] if len(args) > 1 else None

    keys = collections.abc.Mapping.keys
    items = collections.abc.Mapping.items
    values = collections.abc.Mapping.values


class JsMutableMap(JsMap):
    """A `JsMap` with ``set``."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (MAPPING | p.HAS_SET, p.IS_OBJECT_MAP, p.IS_PY_JSON_DICT)

    def pop(self, key: Any, *default: Any) -> Any:
        """Take a key out and give its value, or the default.

        Raises:
            KeyError: it is not there and there is no default.
        """
        try:
            value = self[key]  # type: ignore[index]
        except KeyError:
            if default:
                return default[0]
            raise
        del self[key]
        return value

    popitem = collections.abc.MutableMapping.popitem
    setdefault = collections.abc.MutableMapping.setdefault
    update = collections.abc.MutableMapping.update

    def clear(self) -> None:
        """Take everything out."""
        call(self._js.js_get("clear"), self._js)


collections.abc.Mapping.register(JsMap)


collections.abc.MutableMapping.register(JsMutableMap)


class ObjectMap(JsMutableMap):
    """What ``as_object_map`` gives: own properties as a mapping."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        if key not in self._js.js_own_keys():
            raise KeyError(key)
        return self._item(self._js.js_get(key))

    def _item(self, value: JSValue) -> Any:
        return to_py_value(value)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._js.js_set(key, to_js_value(value))

    def __delitem__(self, key: Any) -> None:
        if key not in self._js.js_own_keys():
            raise KeyError(key)
        self._js.js_delete(key)

    def __contains__(self, key: Any) -> bool:
        return key in self._js.js_own_keys()

    def __iter__(self) -> Iterator[Any]:
        return iter(own_keys(self._js))

    def __len__(self) -> int:
        return len(own_keys(self._js))

    def clear(self) -> None:
        """Take every property out."""
        for key in own_keys(self._js):
            self._js.js_delete(key)


class JsonDict(ObjectMap):
    """What ``as_py_json`` gives for an object: a dict that writes through."""

    __slots__ = ()

    def _item(self, value: JSValue) -> Any:
        return json_proxy(value)

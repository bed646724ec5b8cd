"""`JsProxy`: a JavaScript object as Python code sees it.

A proxy can do what its object can: only a function is callable, only an iterable has ``__iter__``. What that
is, `doris.js.flags` finds out; a class is made for each combination of abilities.

Source of the rules: the reference runtime (Pyodide 314, ``JsProxy_compute_typeflags`` and the documented
type translations).
"""

from __future__ import annotations

import collections.abc
import keyword
import operator
from collections.abc import Callable
from typing import Any

from . import convert  # the two modules need each other, so names are looked up when used
from .errors import Throw
from .flags import (
    IS_ARRAY,
    IS_ARRAY_LIKE,
    IS_BUFFER,
    IS_CALLABLE,
    IS_DOUBLE_PROXY,
    IS_ERROR,
    IS_ITERATOR,
    IS_OBJECT_MAP,
    IS_PY_JSON_DICT,
    IS_PY_JSON_SEQUENCE,
    IS_TYPEDARRAY,
    abilities,
)
from .functions import JSFunction
from .objects import JSObject, JSValue, PropertyKey
from .operations import is_less, own_keys, to_string, typeof


def reserved_name(name: str) -> str:
    """The JavaScript property behind a Python attribute: one underscore is taken off ``from_``,
    ``class__``."""
    bare = name.rstrip("_")
    return name[:-1] if bare != name and keyword.iskeyword(bare) else name


class _JsProxyMeta(type):
    """Shows the short name, while the interpreter's own messages say ``pyodide.ffi.JsProxy`` as Pyodide's
    do."""

    _js_type_flags: Any

    @property
    def __name__(cls) -> str:  # type: ignore[override]
        full: str = type.__dict__["__name__"].__get__(cls)
        return full.rpartition(".")[2]

    def __instancecheck__(cls, instance: Any) -> bool:
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass: type) -> bool:
        if type.__subclasscheck__(cls, subclass):
            return True
        flags = subclass.__dict__.get("_js_flags") if isinstance(subclass, _JsProxyMeta) else None
        wanted = cls.__dict__.get("_js_type_flags")
        return bool(flags is not None and wanted and any(flag & flags == flag for flag in wanted))


class JsProxy(metaclass=_JsProxyMeta):
    """A proxy that makes a JavaScript object behave like a Python object. Made only by the boundary."""

    __slots__ = ()
    _js: JSObject
    _this: JSValue
    _js_type_flags: tuple[int, ...] = ()

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("JsProxy cannot be instantiated directly")

    # -- attributes ------------------------------------------------------------------------------------------

    def __getattr__(self, name: str) -> Any:
        js = self._js
        if name == "__name__" and getattr(js, "is_global", False):
            return "js"  # Python asks the "module" for it when an import fails
        if name == "keys" and isinstance(self, collections.abc.Sequence):
            raise AttributeError(name)  # so that ``dict(array)`` reads pairs
        key = reserved_name(name) if name[-1:] == "_" else name
        try:
            value = js.js_get(key)
            if isinstance(value, JSFunction):
                return method_proxy(value, js)
            if value is None and not js.js_has(key):
                raise AttributeError(name)
            return convert.to_py_value(value)
        except Throw as error:
            raise convert.raised(error) from None

    def __setattr__(self, name: str, value: Any) -> None:
        try:
            self._js.js_set(reserved_name(name), convert.to_js_value(value))
        except Throw as error:
            raise convert.raised(error) from None

    def __delattr__(self, name: str) -> None:
        try:
            self._js.js_delete(reserved_name(name))
        except Throw as error:
            raise convert.raised(error) from None

    def __dir__(self) -> list[str]:
        names = set(object.__dir__(self)) - {"_js", "_this"}
        interface = self._js.interface
        keys: list[PropertyKey] = [
            *self._js.js_own_keys(),
            *interface.methods,
            *interface.getters,
            "constructor",
        ]
        for key in keys:
            if isinstance(key, str) and not key[:1].isdigit():
                names.add(f"{key}_" if keyword.iskeyword(key.rstrip("_")) else key)
        return sorted(names)

    # -- identity and text -----------------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        return isinstance(other, JsProxy) and other._js is self._js

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: Any) -> Any:
        return self._compared(other, operator.lt)

    def __le__(self, other: Any) -> Any:
        return self._compared(other, operator.le)

    def __gt__(self, other: Any) -> Any:
        return self._compared(other, operator.gt)

    def __ge__(self, other: Any) -> Any:
        return self._compared(other, operator.ge)

    def _compared(self, other: Any, compare: Callable[[Any, Any], bool]) -> Any:
        if not isinstance(other, JsProxy):
            return NotImplemented
        try:
            return is_less(self._js, other._js, compare)
        except Throw as error:
            raise convert.raised(error) from None

    __hash__ = None  # type: ignore[assignment]  # as in Pyodide

    def __repr__(self) -> str:
        try:
            return to_string(self._js)
        except Throw as error:
            raise convert.raised(error) from None

    def __str__(self) -> str:
        return self.__repr__()

    def __bool__(self) -> bool:
        return truth(self._js)

    # -- Pyodide's own members -------------------------------------------------------------------------------

    @property
    def js_id(self) -> int:
        """A number that is the same for proxies of one object."""
        return id(self._js)

    @property
    def typeof(self) -> str:
        """``typeof`` of the object."""
        return typeof(self._js)

    def object_keys(self) -> Any:
        """``Object.keys``."""
        from .jsarray import JSArray

        return proxy_of(JSArray(own_keys(self._js)))

    def object_values(self) -> Any:
        """``Object.values``."""
        from .jsarray import JSArray

        return proxy_of(JSArray([self._js.js_get(key) for key in own_keys(self._js)]))

    def object_entries(self) -> Any:
        """``Object.entries``."""
        from .jsarray import JSArray

        return proxy_of(JSArray([JSArray([key, self._js.js_get(key)]) for key in own_keys(self._js)]))

    def as_object_map(self, *, hereditary: bool = False) -> Any:
        """The object's own properties as a mapping that writes through."""
        return proxy_of(self._js, extra=IS_OBJECT_MAP)

    def as_py_json(self) -> Any:
        """The object as Python code sees parsed JSON: dicts and lists that write through."""
        return json_proxy(self._js)

    def to_py(self, *, depth: int = -1, default_converter: Any = None) -> Any:
        """A deep conversion to Python objects; what is not plain stays a proxy or goes to
        ``default_converter``."""
        from .deep import to_py

        return to_py(self._js, depth=depth, default_converter=default_converter)

    def to_weakref(self) -> Any:
        """A ``WeakRef`` to the object."""
        from .weakrefs import WeakRefObject

        return proxy_of(WeakRefObject(self._js))

    def __reduce__(self) -> Any:
        raise TypeError(f"cannot pickle '{type(self).__name__}' object")


def truth(js: JSObject) -> bool:
    """``bool(proxy)``: empty containers are false, as in Python."""
    from .jsarray import JSArray

    size = js.js_get("size")
    if size == 0 and size is not False:
        return False
    if js.js_get("byteLength") == 0:
        return False
    return not (
        (isinstance(js, JSArray) or abilities(js) & (IS_ARRAY | IS_TYPEDARRAY)) and js.js_get("length") == 0
    )


def json_proxy(value: JSValue) -> Any:
    """A value as `JsProxy.as_py_json` shows it."""
    if not isinstance(value, JSObject):
        return convert.to_py_value(value)
    flags = abilities(value)
    if flags & (IS_ARRAY | IS_ARRAY_LIKE | IS_ITERATOR):
        return proxy_of(value, extra=IS_PY_JSON_SEQUENCE)
    if flags & (IS_TYPEDARRAY | IS_BUFFER | IS_DOUBLE_PROXY | IS_CALLABLE | IS_ERROR):
        return proxy_of(value)
    return proxy_of(value, extra=IS_PY_JSON_DICT)


# -- making proxies ------------------------------------------------------------------------------------------

_classes: dict[int, Any] = {}


def proxy_of(js: JSObject, extra: int = 0, without: int = 0) -> Any:
    """A proxy of an object, with some abilities added or left out."""
    flags = (abilities(js) | extra) & ~without
    if extra & (IS_OBJECT_MAP | IS_PY_JSON_DICT):
        flags = extra
    cls = _classes.get(flags)
    if cls is None:
        cls = _classes[flags] = _make_class(flags)
    proxy = Exception.__new__(cls) if flags & IS_ERROR else object.__new__(cls)
    _set_js(proxy, js)
    _set_this(proxy, None)
    return proxy


def method_proxy(function: JSFunction, this: JSObject) -> Any:
    """A proxy of a function that was read from an object: calling it passes the object as ``this``."""
    proxy = proxy_of(function)
    _set_this(proxy, this)
    return proxy


def _set_js(proxy: Any, js: JSObject) -> None:
    object.__setattr__(proxy, "_js", js)


def _set_this(proxy: Any, this: JSValue) -> None:
    object.__setattr__(proxy, "_this", this)


def _make_class(flags: int) -> Any:
    from .abilities import bases_for

    bases = bases_for(flags)
    short = "JsException" if flags & IS_ERROR else "JsProxy"
    namespace = {
        "__slots__": ("_js", "_this"),
        "__module__": "pyodide.ffi",
        "_js_flags": flags,
        "__qualname__": short,
        "__hash__": None,
    }
    return _JsProxyMeta(f"pyodide.ffi.{short}", bases, namespace)

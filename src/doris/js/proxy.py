"""`JsProxy`: a JavaScript object as Python code sees it.

A proxy can do what its object can: only a function is callable, only an iterable has ``__iter__``. The
abilities are
computed per object, as Pyodide computes its type flags, and a class is made for each combination.

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
from .errors import DOMExceptionObject, PythonErrorObject, Throw
from .functions import JSFunction, PrototypeObject, primitive_tag
from .objects import Accessor, JSObject, JSValue, PropertyKey, Symbol
from .operations import get, is_callable, is_less, own_keys, to_string, typeof

# Pyodide's names for the abilities of an object.
IS_ITERABLE = 1 << 0
IS_ITERATOR = 1 << 1
HAS_LENGTH = 1 << 2
HAS_GET = 1 << 3
HAS_SET = 1 << 4
HAS_HAS = 1 << 5
HAS_INCLUDES = 1 << 6
IS_AWAITABLE = 1 << 9
IS_BUFFER = 1 << 10
IS_CALLABLE = 1 << 11
IS_ARRAY = 1 << 12
IS_ARRAY_LIKE = 1 << 13
IS_TYPEDARRAY = 1 << 14
IS_DOUBLE_PROXY = 1 << 15
IS_OBJECT_MAP = 1 << 16
IS_ASYNC_ITERABLE = 1 << 17
IS_GENERATOR = 1 << 18
IS_ASYNC_GENERATOR = 1 << 19
IS_ASYNC_ITERATOR = 1 << 20
IS_ERROR = 1 << 21
IS_PY_JSON_DICT = 1 << 22
IS_PY_JSON_SEQUENCE = 1 << 23

#: Own properties that change what an object can do.
_TELLING = frozenset({"then", "next", "length", "size", "get", "set", "has", "includes", "name", "message",
"stack",
                      Symbol.iterator, Symbol.async_iterator})  # fmt: skip


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
            raise raised(error) from None

    def __setattr__(self, name: str, value: Any) -> None:
        try:
            self._js.js_set(reserved_name(name), convert.to_js_value(value))
        except Throw as error:
            raise raised(error) from None

    def __delattr__(self, name: str) -> None:
        try:
            self._js.js_delete(reserved_name(name))
        except Throw as error:
            raise raised(error) from None

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
            raise raised(error) from None

    __hash__ = None  # type: ignore[assignment]  # as in Pyodide

    def __repr__(self) -> str:
        try:
            return to_string(self._js)
        except Throw as error:
            raise raised(error) from None

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
        from .collections import JSArray

        return proxy_of(JSArray(own_keys(self._js)))

    def object_values(self) -> Any:
        """``Object.values``."""
        from .collections import JSArray

        return proxy_of(JSArray([self._js.js_get(key) for key in own_keys(self._js)]))

    def object_entries(self) -> Any:
        """``Object.entries``."""
        from .collections import JSArray

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
    from .collections import JSArray

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


# -- abilities -----------------------------------------------------------------------------------------------


def abilities(js: JSObject) -> int:
    """The type flags of an object."""
    if isinstance(js, JSFunction):
        if js.abilities is None:
            js.abilities = _compute(js)
        return js.abilities
    props = js._props
    if js._proto is None and (props is None or not any(key in _TELLING for key in props)) and _is_regular(js):
        interface = js.interface
        if interface.abilities is None or type(js) is not interface.python_class:
            flags = _compute(js)
            if type(js) is interface.python_class:
                interface.abilities = flags
            return flags
        return interface.abilities
    return _compute(js)


def _is_regular(js: JSObject) -> bool:
    # Objects whose members vary with something else than own properties are looked at one by one.
    from .pyproxy import PyProxy

    return not isinstance(js, PyProxy | PrototypeObject) and not getattr(js, "irregular", False)


def _compute(js: JSObject) -> int:
    from .buffers import ArrayBuffer, BufferView, DataView, TypedArray
    from .collections import JSArray
    from .pyproxy import PyProxy

    if isinstance(js, PyProxy) and js.destroyed is not None:
        return 0

    def has_method(key: PropertyKey) -> bool:
        return is_callable(_quiet_get(js, key))

    callable_ = is_callable(js)
    is_array = isinstance(js, JSArray)
    is_view = isinstance(js, BufferView)
    has_length = is_array or (js.js_has("length") and not callable_)
    iterable = has_method(Symbol.iterator) or hasattr(js, "js_iter")
    async_iterable = has_method(Symbol.async_iterator)
    flags = IS_CALLABLE if callable_ else 0
    flags |= IS_AWAITABLE if has_method("then") else 0
    flags |= IS_ITERABLE if iterable else 0
    flags |= IS_ASYNC_ITERABLE if async_iterable else 0
    if has_method("next"):
        flags |= IS_ITERATOR if iterable or not async_iterable else 0
        flags |= IS_ASYNC_ITERATOR if not iterable or async_iterable else 0
    flags |= HAS_LENGTH if has_length or js.js_has("size") else 0
    flags |= HAS_GET if has_method("get") else 0
    flags |= HAS_SET if has_method("set") else 0
    flags |= HAS_HAS if has_method("has") else 0
    flags |= HAS_INCLUDES if has_method("includes") else 0
    flags |= IS_BUFFER if is_view or isinstance(js, ArrayBuffer) else 0
    flags |= IS_DOUBLE_PROXY if isinstance(js, PyProxy) else 0
    flags |= IS_ARRAY if is_array else 0
    flags |= IS_TYPEDARRAY if isinstance(js, TypedArray) else 0
    if (
        not is_array
        and has_length
        and iterable
        and not flags & (IS_ITERATOR | IS_TYPEDARRAY)
        and not isinstance(js, DataView)
    ):
        flags |= IS_ARRAY_LIKE
    if getattr(js, "is_generator", False):
        flags |= IS_GENERATOR
    if getattr(js, "is_async_generator", False):
        flags |= IS_ASYNC_GENERATOR
    if not flags & (IS_CALLABLE | IS_BUFFER) and js.js_has("name") and js.js_has("message"):
        flags |= IS_ERROR if js.js_has("stack") or isinstance(js, DOMExceptionObject) else 0
    return flags


def _quiet_get(js: JSObject, key: PropertyKey) -> JSValue:
    props = js._props
    if props is not None and isinstance(props.get(key), Accessor):
        return None  # looking must not run code
    if key in js.interface.getters and not (props and key in props):
        return None
    try:
        return js.js_get(key)
    except Throw:
        return None


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


def raised(thrown: Throw) -> BaseException:
    """The Python exception for a JavaScript throw.

    An Error becomes a JsException; a PythonError that never left this isolate gives the original exception
    back; anything
    else that was thrown is wrapped by Pyodide in an Error of its own.
    """
    value = thrown.value
    if isinstance(value, PythonErrorObject):
        return value.exception
    if isinstance(value, JSObject):
        proxy = proxy_of(value)
        if isinstance(proxy, BaseException):
            return proxy
    return proxy_of(_not_an_error(value))  # type: ignore[no-any-return]


def _not_an_error(value: JSValue) -> JSObject:
    # Pyodide refuses to raise what is no Error and raises an Error that describes it (``wrapException``).
    from .errors import ErrorObject

    shown = to_string(value) if not isinstance(value, JSObject) else value.js_to_string()
    kind = typeof(value)
    name = value.js_get("constructor") if isinstance(value, JSObject) else None
    label = to_string(get(name, "name")) if isinstance(name, JSObject) else "undefined"
    text = (
        f"A value of type {kind} with tag {_tag(value)} was thrown as an error!\n"
        f'String interpolation of the thrown value gives """{shown}""".\n'
        f'The value\'s toString method returns """{shown}""".\n'
        f"The thrown value has constructor name {label}."
    )
    failure = ErrorObject(text)
    failure.js_set("error", value)
    return failure


def _tag(value: JSValue) -> str:
    if isinstance(value, JSObject):
        return f"[object {value.js_class_name()}]"
    return {"string": "[object String]", "number": "[object Number]", "boolean": "[object Boolean]"}.get(
        typeof(value), f"[object {primitive_tag(value)}]"
    )

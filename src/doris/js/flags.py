"""What a JavaScript object can do, as Pyodide's type flags.

Source of the rules: the reference runtime (Pyodide 314, ``JsProxy_compute_typeflags``).
"""

from __future__ import annotations

from .errors import DOMExceptionObject, Throw
from .functions import JSFunction, PrototypeObject
from .objects import Accessor, JSObject, JSValue, PropertyKey, Symbol
from .operations import is_callable

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
    from .buffers import ArrayBuffer, BufferView
    from .dataview import DataView
    from .jsarray import JSArray
    from .pyproxy import PyProxy
    from .typedarrays import TypedArray

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

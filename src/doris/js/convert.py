"""The boundary between the two worlds: every value crosses it here, and only here.

Numbers: a JavaScript number that is a safe integer becomes an ``int``, any other a ``float``; a Python
``int`` of the magnitude of ``Number.MAX_SAFE_INTEGER`` or more becomes a bigint. undefined is None, null is
``jsnull``. Objects get a proxy on the other side, and a proxy that comes back is unwrapped.

Source of the rules: the reference runtime (Pyodide 314, ``js2python`` and ``python2js``).
"""

from __future__ import annotations

from typing import Any

from .objects import BigInt, JsNull, JSObject, JSValue
from .operations import MAX_SAFE_INTEGER
from .proxy import JsProxy, proxy_of
from .pyproxy import PyProxy
from .raising import raised as raised


def to_py_value(value: JSValue) -> Any:
    """A JavaScript value as Python code receives it."""
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return value
    if kind is int:
        return value if -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER else float(value)
    if kind is float:
        if value.is_integer() and -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
            return int(value)
        return value
    if isinstance(value, PyProxy) and not value.roundtrip:
        return value.target
    if isinstance(value, JSObject):
        return proxy_of(value)
    return value  # null, BigInt, Symbol


def to_js_value(value: Any) -> JSValue:
    """A Python value as JavaScript receives it; what has no counterpart becomes a PyProxy."""
    converted, _ = to_js_value_tracked(value)
    return converted


def to_js_value_tracked(value: Any) -> tuple[JSValue, PyProxy | None]:
    """The same, and the PyProxy that had to be made, so that the caller can destroy it when the call ends."""
    kind = type(value)
    if kind is str or value is None or kind is bool or kind is float:
        return value, None
    if kind is int:
        return (value if -MAX_SAFE_INTEGER < value < MAX_SAFE_INTEGER else BigInt(value)), None
    if isinstance(value, JsProxy):
        return value._js, None
    if isinstance(value, JsNull | BigInt):
        return value, None
    if isinstance(value, JSObject):
        # The emulator itself hands one over (the runtime wires a binding): it is in the right world already.
        return value, None
    simple = _subclass_of_primitive(value)
    if simple is not None:
        return simple, None
    proxy = PyProxy(value)
    return proxy, proxy


def _subclass_of_primitive(value: Any) -> JSValue:
    # ``http.HTTPMethod.GET`` is a str, ``HTTPStatus.OK`` an int: Pyodide converts them by value.
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    return None

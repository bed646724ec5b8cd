"""When two JavaScript values are equal.

Source of the rules: ECMAScript 2026, section 7.2.
"""

from __future__ import annotations

from typing import Any

from .objects import JSObject, JSValue
from .operations import is_number


def strictly_equal(a: JSValue, b: JSValue) -> bool:
    """``a === b``."""
    if isinstance(a, JSObject) or isinstance(b, JSObject) or a is None or b is None:
        return a is b
    if isinstance(a, bool) != isinstance(b, bool):
        return False
    return bool(type(a) is type(b) and a == b) or bool(is_number(a) and is_number(b) and a == b)


def same_value_zero(a: JSValue, b: JSValue) -> bool:
    """Equality of Map keys: like ``===``, but NaN equals itself."""
    return strictly_equal(a, b) or (isinstance(a, float) and isinstance(b, float) and a != a and b != b)


def map_key(value: JSValue) -> Any:
    """A hashable stand-in for a value, equal exactly when SameValueZero says so."""
    if isinstance(value, JSObject):
        return value
    if isinstance(value, bool):
        return (bool, value)
    if is_number(value):
        return (float, "NaN") if value != value else (float, value)
    return (type(value), value)

"""The abstract operations of ECMAScript on any value: typeof, conversion to primitives, property access,
calls."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeGuard

from .objects import BigInt, JsNull, JSObject, JSValue, PropertyKey, Symbol, null

#: Integers of at most this magnitude are exact JavaScript numbers.
MAX_SAFE_INTEGER = 2**53 - 1


def typeof(value: JSValue) -> str:
    """``typeof value``."""
    if value is None:
        return "undefined"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, BigInt):
        return "bigint"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    if isinstance(value, Symbol):
        return "symbol"
    return "function" if is_callable(value) else "object"


def is_number(value: JSValue) -> TypeGuard[int | float]:
    """Whether the value is a JavaScript number (a bool and a bigint are not)."""
    return isinstance(value, int | float) and not isinstance(value, bool | BigInt)


def is_object(value: JSValue) -> TypeGuard[JSObject]:
    """Whether the value is an object (functions are)."""
    return isinstance(value, JSObject)


def is_nullish(value: JSValue) -> bool:
    """``value == null``: undefined or null."""
    return value is None or value is null


def is_callable(value: JSValue) -> bool:
    """Whether the value can be called."""
    return isinstance(value, JSObject) and value.is_callable


def to_boolean(value: JSValue) -> bool:
    """``Boolean(value)``."""
    if isinstance(value, float) and math.isnan(value):
        return False
    return isinstance(value, JSObject | Symbol) or bool(value)


def number_to_string(value: int | float) -> str:
    """``String(number)``, as Number::toString has it."""
    if isinstance(value, int):
        if abs(value) <= MAX_SAFE_INTEGER:
            return str(value)
        value = float(value)
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value) and abs(value) <= MAX_SAFE_INTEGER:
        return str(int(value))
    return _shortest(value)


def _shortest(value: float) -> str:
    # Python's repr gives the same shortest digits; only the notation differs.
    text = repr(value)
    sign, text = ("-", text[1:]) if text[0] == "-" else ("", text)
    mantissa, _, exponent = text.partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + (int(exponent) if exponent else 0)
    if whole.strip("0") == "":
        point = -(len(fraction) - len(fraction.lstrip("0"))) + (int(exponent) if exponent else 0)
    digits = digits.rstrip("0") or "0"
    count = len(digits)
    if 0 < point <= 21:
        return sign + (digits.ljust(point, "0") if count <= point else f"{digits[:point]}.{digits[point:]}")
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    power = point - 1
    shown = digits if count == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{sign}{shown}e{'+' if power > 0 else '-'}{abs(power)}"


def to_string(value: JSValue) -> str:
    """``String(value)``.

    Raises:
        Throw: a TypeError for a symbol, as an implicit conversion does.
    """
    if isinstance(value, str):
        return value
    if value is None:
        return "undefined"
    if value is null:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, int) and isinstance(value, BigInt):
        return str(int(value))
    if isinstance(value, int | float):
        return number_to_string(value)
    if isinstance(value, Symbol):
        from .errors import type_error

        raise type_error("Cannot convert a Symbol value to a string")
    return _object_to_string(value)


def _object_to_string(value: JSObject) -> str:
    own = value._props.get("toString") if value._props else None
    if own is not None and is_callable(own):
        return to_string(call(own, value))
    return value.js_to_string()


def to_number(value: JSValue) -> int | float:
    """``Number(value)``.

    Raises:
        Throw: a TypeError for a symbol or a bigint, as an implicit conversion does.
    """
    if value is None:
        return math.nan
    if isinstance(value, bool | JsNull):
        return int(bool(value))
    if isinstance(value, BigInt):
        from .errors import type_error

        raise type_error("Cannot convert a BigInt value to a number")
    if isinstance(value, int | float):
        return value
    if isinstance(value, Symbol):
        from .errors import type_error

        raise type_error("Cannot convert a Symbol value to a number")
    if isinstance(value, JSObject):
        primitive = to_primitive(value)
        return to_number(primitive)
    return string_to_number(value)


def string_to_number(text: str) -> int | float:
    """StringToNumber: whitespace trimmed, "" is 0, hexadecimal, octal and binary literals, else decimal or
    NaN."""
    stripped = text.strip(" \t\n\r\v\f\ufeff\u00a0\u2028\u2029")
    if not stripped:
        return 0
    try:
        if stripped[:2].lower() in ("0x", "0o", "0b"):
            return int(stripped, 0)
        if "_" in stripped:
            return math.nan
        if stripped.lstrip("+-") == "Infinity":
            return -math.inf if stripped[0] == "-" else math.inf
        if stripped.lstrip("+-")[:1].isalpha():
            return math.nan
        number = float(stripped)
    except ValueError:
        return math.nan
    return int(number) if number.is_integer() and abs(number) <= MAX_SAFE_INTEGER else number


def to_primitive(value: JSValue) -> JSValue:
    """ToPrimitive with the hint "number": ``valueOf`` first, then ``toString``."""
    if not isinstance(value, JSObject):
        return value
    for name in ("valueOf", "toString"):
        function = value.js_get(name)
        if is_callable(function):
            result = call(function, value)
            if not isinstance(result, JSObject):
                return result
    return to_string(value)


def is_less(a: JSValue, b: JSValue, compare: Callable[[Any, Any], bool]) -> bool:
    """``a < b`` and its like: strings by code units, anything else as numbers."""
    left, right = to_primitive(a), to_primitive(b)
    if isinstance(left, str) and isinstance(right, str):
        return compare(left.encode("utf-16-be", "surrogatepass"), right.encode("utf-16-be", "surrogatepass"))
    return compare(to_number(left), to_number(right))


def to_integer(value: JSValue) -> int:
    """ToIntegerOrInfinity, with infinities as very large integers and NaN as 0."""
    number = to_number(value)
    if isinstance(number, float):
        if math.isnan(number):
            return 0
        if math.isinf(number):
            return 2**63 if number > 0 else -(2**63)
        return int(number)
    return number


def to_property_key(value: JSValue) -> PropertyKey:
    """ToPropertyKey."""
    return value if isinstance(value, Symbol) else to_string(value)


def get(value: JSValue, key: PropertyKey) -> JSValue:
    """``value[key]``.

    Raises:
        Throw: a TypeError when the value is undefined or null.
    """
    if isinstance(value, JSObject):
        return value.js_get(key)
    if value is None or value is null:
        from .errors import type_error

        raise type_error(f"Cannot read properties of {to_string(value)} (reading '{key}')")
    if isinstance(value, str):
        if key == "length":
            return len(value.encode("utf-16-le", "surrogatepass")) // 2
        if isinstance(key, str) and key.isdigit() and int(key) < len(value):
            return value[int(key)]
    return None


def set_(value: JSValue, key: PropertyKey, new: JSValue) -> None:
    """``value[key] = new``; ignored on primitives.

    Raises:
        Throw: a TypeError when the value is undefined or null.
    """
    if isinstance(value, JSObject):
        value.js_set(key, new)
    elif value is None or value is null:
        from .errors import type_error

        raise type_error(f"Cannot set properties of {to_string(value)} (setting '{key}')")


def has(value: JSValue, key: PropertyKey) -> bool:
    """``key in value``; False on primitives."""
    return isinstance(value, JSObject) and value.js_has(key)


def own_keys(value: JSValue) -> list[str]:
    """``Object.keys(value)``: own enumerable string keys."""
    if isinstance(value, str):
        return [str(index) for index in range(len(value))]
    if not isinstance(value, JSObject):
        return []
    return [key for key in value.js_own_keys() if isinstance(key, str) and value.js_is_own_enumerable(key)]


def opt(options: JSValue, name: str) -> JSValue:
    """A member of an options dictionary; undefined when there are no options.

    Raises:
        Throw: a TypeError when the options are a primitive other than undefined and null.
    """
    if options is None or options is null:
        return None
    if isinstance(options, JSObject):
        return options.js_get(name)
    from .errors import type_error

    raise type_error("Incorrect type for the options: the provided value is not of type 'object'.")


def call(function: JSValue, this: JSValue = None, *args: JSValue) -> JSValue:
    """Call any callable value.

    Raises:
        Throw: a TypeError when it is not callable, or what the function throws.
    """
    js_call = getattr(function, "js_call", None)
    if js_call is None or not is_callable(function):
        from .errors import type_error

        raise type_error(f"{_called(function)} is not a function")
    return js_call(this, *args)


def construct(function: JSValue, *args: JSValue) -> JSValue:
    """``new function(...)``.

    Raises:
        Throw: a TypeError when it is no constructor, or what the constructor throws.
    """
    js_construct = getattr(function, "js_construct", None)
    if js_construct is None:
        from .errors import type_error

        raise type_error(f"{_shown(function)} is not a constructor")
    return js_construct(*args)


def _called(value: JSValue) -> str:
    # V8's CallPrinter has no source text for a call from native code; it shows the type and the value.
    if value is None or value is null:
        return to_string(value)
    if isinstance(value, JSObject):
        return typeof(value)
    return f'string "{value}"' if isinstance(value, str) else f"{typeof(value)} {to_string(value)}"


def _shown(value: JSValue) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return "#<" + value.js_class_name() + ">" if isinstance(value, JSObject) else to_string(value)

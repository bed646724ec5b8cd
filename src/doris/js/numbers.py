"""``Number``, ``String``, ``Boolean``, ``BigInt``, ``Symbol`` and ``Math``.

Source of the rules: ECMAScript 2026, chapters 20 to 22.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

from .errors import range_error, syntax_error
from .functions import InterfaceFunction, native
from .members import constructor, method
from .objects import BigInt, JSObject, JSValue, Symbol
from .operations import MAX_SAFE_INTEGER, is_number, to_boolean, to_integer, to_number, to_string


class NumberObject(JSObject, name="Number"):
    """``new Number(…)``: a number in a box."""

    def __init__(self, value: int | float) -> None:
        self.value = value

    @constructor
    def construct(cls, value: JSValue = 0) -> JSValue:
        return NumberObject(to_number(value))

    @method("valueOf")
    def value_of(self) -> JSValue:
        return self.value

    def js_to_string(self) -> str:
        return to_string(self.value)


class StringObject(JSObject, name="String"):
    """``new String(…)``: a string in a box."""

    def __init__(self, value: str) -> None:
        self.value = value

    @constructor
    def construct(cls, value: JSValue = "") -> JSValue:
        return StringObject(to_string(value))

    @method("valueOf")
    def value_of(self) -> JSValue:
        return self.value

    def js_to_string(self) -> str:
        return self.value


class BooleanObject(JSObject, name="Boolean"):
    """``new Boolean(…)``: a boolean in a box."""

    def __init__(self, value: bool) -> None:
        self.value = value

    @constructor
    def construct(cls, value: JSValue = None) -> JSValue:
        return BooleanObject(to_boolean(value))

    @method("valueOf")
    def value_of(self) -> JSValue:
        return self.value

    def js_to_string(self) -> str:
        return to_string(self.value)


class _BigIntInterface(JSObject, name="BigInt"):
    pass


class _SymbolInterface(JSObject, name="Symbol"):
    pass


def _number(value: JSValue = 0) -> JSValue:
    return int(value) if isinstance(value, BigInt) else to_number(value)


def _bigint(value: JSValue = None) -> JSValue:
    if isinstance(value, str):
        try:
            return BigInt(int(value.strip() or "0", 0))
        except ValueError:
            raise syntax_error(f"Cannot convert {value} to a BigInt") from None
    number = to_number(value) if not isinstance(value, BigInt) else value
    if number != number or number != int(number):
        raise range_error(
            f"The number {to_string(number)} cannot be converted to a BigInt because it is not an integer"
        )
    return BigInt(int(number))


def _string(*value: JSValue) -> str:
    if not value:
        return ""
    return repr(value[0]) if isinstance(value[0], Symbol) else to_string(value[0])


_registry: dict[str, Symbol] = {}


def _symbol_for(key: JSValue = None) -> Symbol:
    return _registry.setdefault(to_string(key), Symbol(to_string(key)))


def parse_int(text: JSValue = None, radix: JSValue = None) -> JSValue:
    """``parseInt``."""
    digits = to_string(text).strip()
    sign = -1 if digits[:1] == "-" else 1
    digits = digits.lstrip("+-") if digits[:1] in ("+", "-") else digits
    base = to_integer(radix) if radix is not None else 0
    if base in (0, 16) and digits[:2].lower() == "0x":
        digits, base = digits[2:], 16
    base = base or 10
    if not 2 <= base <= 36:
        return math.nan
    end = 0
    while (
        end < len(digits) and digits[end].isascii() and digits[end].isalnum() and int(digits[end], 36) < base
    ):
        end += 1
    return sign * int(digits[:end], base) if end else math.nan


def parse_float(text: JSValue = None) -> JSValue:
    """``parseFloat``."""
    import re

    match = re.match(r"[+-]?(?:Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)", to_string(text).strip())
    return to_number(match.group()) if match else math.nan


def _is_integer(value: JSValue = None) -> bool:
    return is_number(value) and math.isfinite(value) and value == int(value)


def number_function() -> InterfaceFunction:
    """``Number``."""
    function = NumberObject.interface.function
    function.plain_call = _number
    for name, constant in {
        "MAX_SAFE_INTEGER": MAX_SAFE_INTEGER, "MIN_SAFE_INTEGER": -MAX_SAFE_INTEGER, "MAX_VALUE":
        1.7976931348623157e308,
        "MIN_VALUE": 5e-324, "EPSILON": 2.0**-52, "NaN": math.nan, "POSITIVE_INFINITY": math.inf,
        "NEGATIVE_INFINITY": -math.inf,
    }.items():  # fmt: skip
        function.js_set(name, constant)
    tests: dict[str, Callable[..., Any]] = {
        "isInteger": _is_integer,
        "isSafeInteger": lambda value=None: _is_integer(value) and abs(value) <= MAX_SAFE_INTEGER,
        "isNaN": lambda value=None: is_number(value) and value != value,
        "isFinite": lambda value=None: is_number(value) and math.isfinite(value),
        "parseInt": parse_int,
        "parseFloat": parse_float,
    }
    for name, test in tests.items():
        function.js_set(name, native(name, test))
    return function


def string_function() -> InterfaceFunction:
    """``String``."""
    function = StringObject.interface.function
    function.plain_call = _string
    codes = lambda *codes: "".join(chr(to_integer(code) & 0xFFFF) for code in codes)  # noqa: E731
    points = lambda *points: "".join(chr(to_integer(point)) for point in points)  # noqa: E731
    function.js_set("fromCharCode", native("fromCharCode", codes))
    function.js_set("fromCodePoint", native("fromCodePoint", points))
    return function


def boolean_function() -> InterfaceFunction:
    """``Boolean``."""
    function = BooleanObject.interface.function
    function.plain_call = lambda value=None: to_boolean(value)
    return function


def bigint_function() -> InterfaceFunction:
    """``BigInt``."""
    function = _BigIntInterface.interface.function
    function.plain_call = _bigint
    return function


def symbol_function() -> InterfaceFunction:
    """``Symbol``."""
    function = _SymbolInterface.interface.function
    function.plain_call = lambda text=None: Symbol(None if text is None else to_string(text))
    for name, symbol in {
        "iterator": Symbol.iterator,
        "asyncIterator": Symbol.async_iterator,
        "toStringTag": Symbol.to_string_tag,
    }.items():
        function.js_set(name, symbol)
    function.js_set("for", native("for", _symbol_for))
    return function


class MathObject(JSObject, name="Math"):
    """``Math``."""


def _round_half_up(value: float) -> JSValue:
    return value if not math.isfinite(value) else math.floor(value + 0.5)


def _safely(function: Callable[..., float]) -> Callable[..., JSValue]:
    # Python raises where JavaScript gives NaN.
    def safe(*args: JSValue) -> JSValue:
        try:
            return function(*(to_number(arg) for arg in (args or (None,))))
        except (ValueError, ZeroDivisionError):
            return math.nan
        except OverflowError:
            return math.inf

    return safe


def make_math() -> JSObject:
    """The ``Math`` object."""
    made = MathObject()
    for name in ("E", "LN10", "LN2", "LOG10E", "LOG2E", "PI", "SQRT1_2", "SQRT2"):
        made.js_set(name, _CONSTANTS[name])
    functions: dict[str, Callable[..., Any]] = {
        name: _safely(function) for name, function in _FUNCTIONS.items()
    }
    functions["max"] = lambda *args: _extreme(max, -math.inf, args)
    functions["min"] = lambda *args: _extreme(min, math.inf, args)
    functions["random"] = random.random
    for name, function in functions.items():
        made.js_set(name, native(name, function))
    return made


def _extreme(choose: Callable[..., Any], empty: float, args: tuple[JSValue, ...]) -> JSValue:
    numbers = [to_number(arg) for arg in args]
    return math.nan if any(n != n for n in numbers) else choose(numbers, default=empty)


_CONSTANTS = {"E": math.e, "LN10": math.log(10), "LN2": math.log(2), "LOG10E": 1 / math.log(10),
"LOG2E": 1 / math.log(2),
              "PI": math.pi, "SQRT1_2": math.sqrt(0.5), "SQRT2": math.sqrt(2)}  # fmt: skip
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "abs": abs, "ceil": lambda x: math.ceil(x) if math.isfinite(x) else x,
    "floor": lambda x: math.floor(x) if math.isfinite(x) else x,
    "round": _round_half_up, "trunc": lambda x: math.trunc(x) if math.isfinite(x) else x, "sqrt": math.sqrt,
    "cbrt": lambda x: math.copysign(abs(x) ** (1 / 3), x), "pow": math.pow, "exp": math.exp,
    "expm1": math.expm1, "log1p": math.log1p,
    "log": lambda x: -math.inf if x == 0 else math.log(x),
    "log2": lambda x: -math.inf if x == 0 else math.log2(x),
    "log10": lambda x: -math.inf if x == 0 else math.log10(x), "sin": math.sin, "cos": math.cos,
    "tan": math.tan, "asin": math.asin,
    "acos": math.acos, "atan": math.atan, "atan2": math.atan2, "sinh": math.sinh, "cosh": math.cosh, "tanh":
    math.tanh,
    "hypot": math.hypot, "sign": lambda x: math.copysign(1, x) if x else x,
}  # fmt: skip

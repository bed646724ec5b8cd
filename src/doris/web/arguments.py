"""Conversion of arguments as workerd's own binding layer (JSG) does it, with its error texts.

It differs from Web IDL in three ways that programs notice. A required argument that is missing is a type
error of that argument (``parameter 1 is not of type 'string'``), while an explicit undefined becomes the text
"undefined". An options dictionary may be undefined or null but no other primitive. A member of it that has
the wrong type is named with the dictionary: ``Incorrect type for the 'headers' field on 'InitializerDict'``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, TypeVar

from doris.js import (
    JSObject,
    JSValue,
    PyProxy,
    Throw,
    is_callable,
    iterate,
    null,
    to_js_value,
    to_number,
    to_string,
    type_error,
)
from doris.js.objects import Symbol

_PYTHON_SEQUENCES: tuple[type[Any], ...] = (list, tuple, type({}.items()))

Arguments = tuple[JSValue, ...]

T = TypeVar("T")

_INT32_RANGE = "Value out of range. Must be between -2147483648 and 2147483647 (inclusive)."


class Where:
    """The place an argument stands at: a method or a constructor. Makes the error for it."""

    __slots__ = ("interface", "method")

    def __init__(self, interface: str, method: str | None = None) -> None:
        self.interface = interface
        self.method = method

    def wrong(self, index: int, expected: str) -> Throw:
        """The TypeError for argument ``index`` (from 0)."""
        if self.method is None:
            return type_error(
                f"Failed to construct '{self.interface}': "
                f"constructor parameter {index + 1} is not of type '{expected}'."
            )
        return type_error(
            f"Failed to execute '{self.method}' on '{self.interface}': "
            f"parameter {index + 1} is not of type '{expected}'."
        )

    def string(self, args: Arguments, index: int, expected: str = "string") -> str:
        """A required string. ``expected`` is the type's name in the error (``USVString`` for URLs)."""
        if index >= len(args):
            raise self.wrong(index, expected)
        value = args[index]
        return value if type(value) is str else to_string(value)

    def optional_string(self, args: Arguments, index: int) -> str | None:
        """An optional string; None when missing or undefined."""
        value = argument(args, index)
        return None if value is None else to_string(value)

    def required(self, args: Arguments, index: int, expected: str) -> JSValue:
        """A required argument of any type."""
        if index >= len(args):
            raise self.wrong(index, expected)
        return args[index]

    def instance(self, args: Arguments, index: int, cls: type[T], expected: str | None = None) -> T:
        """A required instance of an interface."""
        value = argument(args, index)
        if not isinstance(value, cls):
            raise self.wrong(index, expected or cls.__name__)
        return value

    def function(self, args: Arguments, index: int) -> JSValue:
        """A required function."""
        value = argument(args, index)
        if not is_callable(value):
            raise self.wrong(index, "function")
        return value

    def dictionary(self, args: Arguments, index: int, expected: str) -> JSObject | None:
        """An optional options dictionary; None for undefined and null."""
        value = argument(args, index)
        if value is None or value is null:
            return None
        if not isinstance(value, JSObject):
            raise self.wrong(index, expected)
        return value


def argument(args: Arguments, index: int) -> JSValue:
    """An argument, undefined when it is missing."""
    return args[index] if index < len(args) else None


def wrong_field(field: str, dictionary: str, expected: str) -> Throw:
    """The TypeError for a member of an options dictionary."""
    return type_error(
        f"Incorrect type for the '{field}' field on '{dictionary}': "
        f"the provided value is not of type '{expected}'."
    )


def wrong_value(expected: str) -> Throw:
    """The TypeError for a value deep inside an argument, where JSG no longer knows the argument."""
    return type_error(f"Incorrect type: the provided value is not of type '{expected}'.")


def wrong_element(index: int, expected: str) -> Throw:
    """The TypeError for an item of an array argument."""
    return type_error(
        f"Incorrect type for array element {index}: the provided value is not of type '{expected}'."
    )


def function_field(options: JSObject | None, field: str, dictionary: str) -> JSValue:
    """An optional member that has to be a function; undefined when it is not given."""
    value = options.js_get(field) if options is not None else None
    if value is not None and not is_callable(value):
        raise wrong_field(field, dictionary, "function")
    return value


def to_int32(value: JSValue) -> int:
    """JSG's conversion to a C++ int: not a number and infinities are 0, fractions are cut off.

    Raises:
        Throw: a TypeError when the number does not fit.
    """
    number = to_number(value)
    if isinstance(number, float):
        if not math.isfinite(number):
            return 0
        number = math.trunc(number)
    if not -(2**31) <= number < 2**31:
        raise type_error(_INT32_RANGE)
    return int(number)


def to_uint64(value: JSValue) -> int:
    """JSG's conversion to an unsigned 64-bit integer, as stream options and lengths use it.

    Raises:
        Throw: a TypeError when the value is no number, infinite or negative.
    """
    number = to_number(value) if not isinstance(value, int) else int(value)
    if isinstance(number, float):
        if not math.isfinite(number):
            raise type_error("The value cannot be converted because it is not an integer.")
        number = math.trunc(number)
    if number < 0:
        raise type_error(
            "The value cannot be converted because it is negative and this API expects a positive bigint."
        )
    return number


def is_iterable(value: JSValue) -> bool:
    """Whether the value is an object with Symbol.iterator. Strings are not iterable for JSG's sequences."""
    if not isinstance(value, JSObject):
        return False
    return hasattr(value, "js_iter") or is_callable(value.js_get(Symbol.iterator))


def sequence(value: JSValue) -> Iterator[JSValue]:
    """The items of a JSG sequence.

    Raises:
        Throw: a TypeError when the value is not iterable, or is a string.
    """
    if isinstance(value, PyProxy) and isinstance(value.target, _PYTHON_SEQUENCES):
        # What the iteration protocol would give, without an iterator object for each header.
        return map(to_js_value, value.target)
    if not is_iterable(value):
        raise wrong_value("Sequence")
    return iterate(value)


def string_pairs(value: JSValue, complaint: str) -> Iterator[tuple[str, str]]:
    """The pairs of strings in a sequence; ``complaint`` is the error text for an item that is no pair."""
    for item in sequence(value):
        pair = [to_string(part) for part in sequence(item)]
        if len(pair) != 2:
            raise type_error(complaint)
        yield pair[0], pair[1]

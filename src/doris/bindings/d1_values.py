"""Values on their way between a Worker and D1.

A D1 query travels as JSON: every number becomes a double (so an integer is bound as REAL), NaN and the
infinities become null, bytes become a list of numbers, and what comes back does so the same way.

Source: ``src/cloudflare/internal/d1-api.ts`` in workerd, and the reference runtime's answers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from doris.js import (
    ArrayBuffer,
    BigInt,
    JSArray,
    JSValue,
    TypedArray,
    error,
    null,
    to_string,
    type_error,
    typeof,
)
from doris.js.buffers import BufferView
from doris.js.errors import ErrorObject, Throw
from doris.sql import Value

_MAX_SAFE_INTEGER = 2**53


class Malformed(Exception):
    """A query that is not what D1 takes:

    its SQL is no string, or a parameter is neither number, string, null nor bytes.
    """


def d1_error(prefix: str, message: str, cause: str | None = None) -> Throw:
    """An Error as the D1 binding throws them: ``PREFIX: message``, with an Error as its cause."""
    return error(f"{prefix}: {message}", cause=ErrorObject(message if cause is None else cause))


def bindable(value: JSValue) -> JSValue:
    """What ``bind`` makes of one value; a `Throw` with ``D1_TYPE_ERROR`` for what D1 does not take."""
    kind = typeof(value)
    if kind in ("number", "string") or value is null:
        return value
    if kind == "boolean":
        return int(value)
    if isinstance(value, JSArray) and all(_is_byte(item) for item in value.items):
        return value
    if isinstance(value, ArrayBuffer):
        return JSArray(list(value.data))
    if isinstance(value, TypedArray):
        return JSArray(value.values_list())
    if isinstance(value, BufferView):
        return JSArray([])  # `Array.from` of a DataView: it has no length
    raise d1_error("D1_TYPE_ERROR", f"Type '{kind}' not supported for value '{to_string(value)}'")


def _is_byte(item: JSValue) -> bool:
    return typeof(item) == "number" and 0 <= item < 256


def to_sql(value: JSValue) -> Value:
    """The SQLite value that a bound value arrives as.

    Raises `Malformed`, or a `Throw` for a bigint within bytes.
    """
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, JSArray):
        return bytes(_byte(item) for item in value.items)
    if value is null:
        return None
    if typeof(value) != "number":
        raise Malformed
    return None if not math.isfinite(value) else float(value) + 0.0


def _byte(item: JSValue) -> int:
    if isinstance(item, BigInt):
        raise type_error("Do not know how to serialize a BigInt")
    if typeof(item) != "number" or not math.isfinite(item):
        raise Malformed
    return int(item) & 0xFF


def well_formed(text: str) -> str:
    """The text after a journey through UTF-8: half of a surrogate pair comes back as three U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return text


def from_sql(value: Value) -> JSValue:
    """The JavaScript value of a column: doubles for all numbers, an array of numbers for a BLOB."""
    if value is None:
        return null
    if isinstance(value, bytes):
        return JSArray(list(value))
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, int) and abs(value) > _MAX_SAFE_INTEGER:
        return float(value)
    return value


def _number(value: float) -> JSValue:
    if not math.isfinite(value):
        return null
    return int(value) if value.is_integer() and abs(value) <= _MAX_SAFE_INTEGER else value


def row_array(row: Sequence[Value]) -> JSArray:
    """One row as JavaScript sees it."""
    return JSArray([from_sql(value) for value in row])

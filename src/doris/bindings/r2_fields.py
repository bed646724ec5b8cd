"""One field of an R2 options object: its type, its conversion, and the error when it is another.

Source of the rules: JSG, workerd's binding layer, and the texts that the reference runtime gave.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from doris.js import (
    BigInt,
    DateObject,
    JSObject,
    JSValue,
    get,
    is_number,
    null,
    to_number,
    to_string,
    type_error,
)
from doris.js.dates import parse
from doris.web.arguments import wrong_field
from doris.web.headers import Headers

from .d1_values import well_formed

_LATEST_MS = (2**63 - 1) // 1_000_000  # workerd counts nanoseconds in 64 bits


def dictionary_or_headers(
    options: JSObject,
    name: str,
    dictionary: str,
    kind: str,
    of_object: Callable[[JSObject | None], Callable[[], Any]],
    of_headers: Callable[[Headers], Callable[[], Any]],
) -> Callable[[], Any] | None:
    """A field that is a dictionary or Headers.

    Types are checked at once; what the returned function checks comes after the types of all other fields.
    """
    value = get(options, name)
    if value is None:
        return None
    if isinstance(value, Headers):
        return of_headers(value)
    if value is null:
        return of_object(None)
    if not isinstance(value, JSObject):
        raise wrong_field(name, dictionary, f"{kind} or Headers")
    return of_object(value)


def member(value: JSObject | None, name: str) -> JSValue:
    """A field as it is; undefined when there is no object."""
    return None if value is None else get(value, name)


def own_text(options: JSObject | None, name: str, dictionary: str) -> str:
    """A string that may not be anything else; "" when it is not given. Raises `Throw`."""
    value = member(options, name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise wrong_field(name, dictionary, "string")
    return well_formed(value)


def optional_text(options: JSObject | None, name: str) -> str | None:
    """Any value as text; None when it is not given."""
    value = member(options, name)
    return None if value is None else well_formed(to_string(value))


def date_field(options: JSObject | None, name: str, dictionary: str) -> int | None:
    """A Date or a number, in milliseconds since 1970; None when it is not given. Raises `Throw`."""
    value = member(options, name)
    if value is None:
        return None
    number: Any = value.time if isinstance(value, DateObject) else value
    if isinstance(number, BigInt) or not is_number(number):
        raise wrong_field(name, dictionary, "date")
    if not math.isfinite(number):
        raise type_error("The value cannot be converted because it is not a valid Date.")
    milliseconds = math.trunc(number)
    if abs(milliseconds) > _LATEST_MS:
        limit = "after 2189" if milliseconds > 0 else "before 1687"
        raise type_error(f"This API doesn't support dates {limit}.")
    return milliseconds


def header_date(headers: Headers, name: str) -> int | None:
    """The time in a header; one that cannot be read is the year 1970."""
    text = headers.first(name)
    if text is None:
        return None
    time = parse(text)
    return 0 if math.isnan(time) else int(time)


def number_field(options: JSObject | None, name: str) -> float | None:
    """Any value as a number, which may be NaN; None when it is not given."""
    value = member(options, name)
    return None if value is None else float(to_number(value))

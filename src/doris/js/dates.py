"""``Date``. The time zone of a Worker is UTC.

Source of the rules: ECMAScript 2026, section 21.4.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from typing import Any

from .errors import range_error
from .functions import NativeFunction
from .members import constructor, method, static
from .objects import JSObject, JSValue, null
from .operations import to_number, to_primitive, to_string

_MAX_TIME = 8.64e15
_EPOCH = datetime.datetime(1970, 1, 1)
_ISO = re.compile(
    r"([+-]\d{6}|\d{4})(?:-(\d\d)(?:-(\d\d))?)?"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _real_now() -> float:
    import time

    return time.time() * 1000


class DateObject(JSObject, name="Date"):
    """``Date``; ``time`` is milliseconds since 1970, or NaN."""

    #: Where the current time comes from, in milliseconds; a runtime replaces it by its clock.
    now_ms: Callable[[], float] = staticmethod(_real_now)

    def __init__(self, time: float) -> None:
        number = float(time)
        self.time = math.nan if math.isnan(number) or abs(number) > _MAX_TIME else float(math.trunc(number))

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        made: Any = cls
        if not args:
            return made(made.now_ms())
        if len(args) == 1:
            value = args[0].time if isinstance(args[0], DateObject) else to_primitive(args[0])
            return made(parse(value) if isinstance(value, str) else to_number(value))
        return made(_time_from_parts([to_number(arg) for arg in args]))

    @static
    def now(cls) -> JSValue:
        return math.floor(cls.now_ms())

    @static
    def parse(cls, text: JSValue = None) -> JSValue:
        return parse(to_string(text))

    @static("UTC")
    def utc(cls, *args: JSValue) -> JSValue:
        return _time_from_parts([to_number(arg) for arg in args])

    def parts(self) -> datetime.datetime | None:
        """The time as a naive UTC datetime; None for an invalid date or one outside Python's years."""
        if math.isnan(self.time):
            return None
        try:
            return _EPOCH + datetime.timedelta(milliseconds=self.time)
        except OverflowError:
            return None

    @method("getTime")
    def get_time(self) -> JSValue:
        return self.time

    @method("valueOf")
    def value_of(self) -> JSValue:
        return self.time

    @method("setTime")
    def set_time(self, value: JSValue = None) -> JSValue:
        self.time = DateObject(to_number(value)).time
        return self.time

    @method("getTimezoneOffset")
    def get_timezone_offset(self) -> JSValue:
        return 0

    @method("toISOString")
    def to_iso_string(self) -> str:
        parts = self.parts()
        if parts is None:
            raise range_error("Invalid time value")
        return f"{parts.year:04}-{parts:%m-%dT%H:%M:%S}.{parts.microsecond // 1000:03}Z"

    @method("toJSON")
    def to_json(self, _key: JSValue = None) -> JSValue:
        return null if self.parts() is None else self.to_iso_string()

    @method("toUTCString")
    def to_utc_string(self) -> str:
        parts = self.parts()
        if parts is None:
            return "Invalid Date"
        day = _DAYS[(parts.weekday() + 1) % 7]
        return f"{day}, {parts.day:02} {_MONTHS[parts.month - 1]} {parts.year:04} {parts:%H:%M:%S} GMT"

    def js_to_string(self) -> str:
        parts = self.parts()
        if parts is None:
            return "Invalid Date"
        day = _DAYS[(parts.weekday() + 1) % 7]
        date = f"{day} {_MONTHS[parts.month - 1]} {parts.day:02} {parts.year:04}"
        return f"{date} {parts:%H:%M:%S} GMT+0000 (Coordinated Universal Time)"

    @method("toString")
    def to_js_text(self) -> str:
        return self.js_to_string()


def _reader(part: Callable[[datetime.datetime], int]) -> Callable[..., JSValue]:
    def read(this: JSValue, *_: JSValue) -> JSValue:
        parts = this.parts()
        return math.nan if parts is None else part(parts)

    return read


for _name, _part in {
    "FullYear": lambda d: d.year,
    "Month": lambda d: d.month - 1,
    "Date": lambda d: d.day,
    "Day": lambda d: (d.weekday() + 1) % 7,
    "Hours": lambda d: d.hour,
    "Minutes": lambda d: d.minute,
    "Seconds": lambda d: d.second,
    "Milliseconds": lambda d: d.microsecond // 1000,
}.items():
    for _prefix in ("get", "getUTC"):
        DateObject.interface.methods[_prefix + _name] = NativeFunction(_prefix + _name, _reader(_part))


def _time_from_parts(parts: list[int | float]) -> float:
    if any(isinstance(part, float) and not math.isfinite(part) for part in parts):
        return math.nan
    year, month, day, hour, minute, second, milli = (
        *(int(part) for part in parts),
        *(0, 1, 0, 0, 0, 0)[len(parts) - 1 :],
    )
    year += 1900 if 0 <= year <= 99 else 0
    year, month = year + month // 12, month % 12
    try:
        first = datetime.datetime(year, month + 1, 1) - _EPOCH
    except (ValueError, OverflowError):
        return math.nan
    days = first.days + day - 1
    return float(((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + milli)


def parse(text: str) -> float:
    """``Date.parse``: the ISO format, and the format of HTTP dates; NaN for anything else."""
    match = _ISO.match(text.strip())
    if match is None:
        return _parse_http(text)
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    late_hour = 0 if hour == "24" else int(hour or 0)  # 24:00 is the next day's midnight
    try:
        moment = datetime.datetime(
            int(year), int(month or 1), int(day or 1), late_hour, int(minute or 0), int(second or 0)
        )
    except ValueError:
        return math.nan
    millis = int(((fraction or "0") + "00")[:3])
    offset = 0
    if zone and zone.upper() != "Z":
        digits = zone[1:].replace(":", "")
        offset = (int(digits[:2]) * 60 + int(digits[2:])) * (-1 if zone[0] == "-" else 1)
    extra = 86_400_000 if hour == "24" else 0
    return float(round((moment - _EPOCH).total_seconds()) * 1000 + millis - offset * 60_000 + extra)


def _parse_http(text: str) -> float:
    import email.utils

    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return math.nan
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return float(math.floor(moment.timestamp() * 1000))


__all__ = ["DateObject", "parse"]

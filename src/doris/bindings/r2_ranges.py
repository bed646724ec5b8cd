"""Reading a part of an object: ``range`` as an object or as Headers.

Source of the rules: ``src/workerd/api/r2-bucket.c++`` and miniflare's ``workers/r2``.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from doris.js import range_error, type_error

from .r2_errors import invalid_range

_UNIT = re.compile(r" *bytes *=", re.IGNORECASE)
_PART = re.compile(r" *([0-9]+)? *- *([0-9]+)? *")
_LARGEST = 2**63


@dataclass(frozen=True)
class Span:
    """Some bytes of an object."""

    offset: int
    length: int


@dataclass(frozen=True)
class Range:
    """``{offset, length}`` or ``{suffix}`` of a read; None stands for what was not given."""

    offset: int | None = None
    length: int | None = None
    suffix: int | None = None

    @classmethod
    def of_numbers(cls, offset: float | None, length: float | None, suffix: float | None) -> Range:
        """A range of what a Worker gave. Raises `Throw` when it is negative, a fraction or contradicts
        itself."""
        checked = cls(
            None if offset is None else _whole(offset, "Invalid range. Starting offset"),
            None if length is None else _whole(length, "Invalid range. Length"),
        )
        if suffix is None:
            return checked
        if offset is not None:
            raise type_error("Suffix is incompatible with offset.")
        if length is not None:
            raise type_error("Suffix is incompatible with length.")
        if not suffix >= 0:
            raise range_error(
                f"Invalid suffix. Suffix ({_shown(suffix)}) must be greater than or equal to 0."
            )
        return cls(suffix=_whole(suffix, "Invalid range. Suffix"))

    def within(self, size: int) -> Span:
        """The bytes meant in an object of ``size`` bytes. Raises `R2Failure` when there are none."""
        if self.suffix is not None:
            length = min(self.suffix, size)
            offset = size - length
        else:
            offset = self.offset or 0
            length = size - offset if self.length is None else self.length
        # The documentation (R2, Error codes, 10039): the start has to be less than the object's size.
        if offset >= size or length <= 0:
            raise invalid_range()
        return Span(offset, min(length, size - offset))


def header_span(header: str, size: int) -> Span | None:
    """The bytes that a ``Range`` header means; None for the whole object, which it is too when the header
    makes no sense, lies outside, or names several ranges."""
    unit = _UNIT.match(header)
    if unit is None:
        return None
    part = _PART.fullmatch(header, unit.end())
    if part is None:
        return None
    first, last = (None if text is None else int(text) for text in part.groups())
    if first is None:
        return Span(size - last, last) if last is not None and 0 < last < size else None
    end = size - 1 if last is None else min(last, size - 1)
    if first >= size or (last is not None and first > last):
        return None
    return Span(first, end - first + 1)


def _whole(number: float, what: str) -> int:
    if not number >= 0:
        raise range_error(f"{what} ({_shown(number)}) must be greater than or equal to 0.")
    if math.isinf(number):
        return _LARGEST
    if number != math.trunc(number):
        raise range_error(f"{what} ({_shown(number)}) must be an integer, not floating point.")
    return min(int(number), _LARGEST)


def _shown(number: float) -> str:
    """A number as workerd's C++ writes it into a message."""
    short = f"{number:.15g}"
    text = short if math.isnan(number) or float(short) == number else f"{number:.17g}"
    return text.replace("e+", "e")

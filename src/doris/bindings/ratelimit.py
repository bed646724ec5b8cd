"""The rate limiting binding: the interface ``Ratelimit``.

Source of the rules: miniflare 5.20261117.0-beta (``workers/ratelimit``), which is the reference's. It counts
exactly; production's counters are kept by location and are only about right.
"""

from __future__ import annotations

import math

from doris.js import (
    JSObject,
    JSValue,
    Throw,
    error,
    get,
    is_number,
    method,
    own_keys,
    plain,
    range_error,
    to_number,
    to_string,
    type_error,
    typeof,
)

from .ratelimit_store import RateLimitStore
from .turns import turn

PERIODS = (10, 60)
_OPTIONS = ("key", "limit", "period", "delta")
_MAX_DELTA = 2**32 - 1


class Ratelimit(JSObject, name="Ratelimit"):
    """``env.LIMITER``."""

    def __init__(self, store: RateLimitStore, limit: float, period: int) -> None:
        """``limit`` calls in ``period`` seconds."""
        super().__init__()
        self._store = store
        self._props = {"fetcher": plain(), "limitVal": limit, "period": period}

    @method
    async def limit(self, options: JSValue = None) -> JSValue:
        if not isinstance(options, JSObject) or typeof(options) != "object":
            raise error("invalid rate limit options")
        unknown = [name for name in own_keys(options) if isinstance(name, str) and name not in _OPTIONS]
        if unknown:
            raise error(f"bad rate limit options: [{','.join(unknown)}]")
        key = self._checked_key(get(options, "key"))
        limit = self._number(options, "limit", get(self, "limitVal"))
        period = self._number(options, "period", get(self, "period"))
        if period not in PERIODS:
            raise error(f"unsupported period: {to_string(period)}")
        weight = _weight(get(options, "delta"))
        await turn()
        # The numbers travel as JSON, in which one that is not finite is null.
        most = limit if math.isfinite(limit) else 0
        return plain({"success": self._store.admit(key, most, int(period), weight)})

    def _checked_key(self, key: JSValue) -> str:
        if key is None:
            return ""
        if not isinstance(key, str):
            raise error(f"invalid key: {to_string(key)}")
        return key

    def _number(self, options: JSObject, name: str, default: JSValue) -> float:
        value = get(options, name)
        value = default if value is None else value
        if not is_number(value):
            raise error(f"{name} must be a number: {to_string(value)}")
        number: float = value
        return number


def _weight(delta: JSValue) -> int:
    value = 1 if delta is None else to_number(delta)
    if not math.isfinite(value):
        raise _unconvertible("it is not an integer.")
    if value < 0:
        raise _unconvertible("it is negative and this API expects a positive number.")
    if value > _MAX_DELTA:
        raise type_error(f"Value out of range. Must be less than or equal to {_MAX_DELTA}.")
    if math.trunc(value) == 0:
        raise range_error("delta must be non-zero")
    return math.trunc(value)


def _unconvertible(why: str) -> Throw:
    return type_error(f"The value cannot be converted because {why}")

"""``performance``: the clock, in milliseconds since 1970, because ``timeOrigin`` is 0 in Workers."""

from __future__ import annotations

from collections.abc import Callable

from doris.js import JSObject, getter, method


class Performance(JSObject, name="Performance"):
    """``performance``."""

    def __init__(self, now_ms: Callable[[], float]) -> None:
        self._now_ms = now_ms

    @method
    def now(self) -> float:
        return self._now_ms()

    @getter
    def timeOrigin(self) -> float:
        return 0

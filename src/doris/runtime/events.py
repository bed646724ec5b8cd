"""The objects that handlers receive beside requests."""

from __future__ import annotations

import math

from doris.js import JSObject, getter, method


class ScheduledController(JSObject, name="ScheduledController"):
    """What ``scheduled`` receives."""

    def __init__(self, cron: str, scheduled_time_ms: float) -> None:
        self._cron = cron
        self._scheduled_time = math.floor(scheduled_time_ms)  # the platform's times are whole milliseconds
        self.retry = True

    @getter
    def cron(self) -> str:
        return self._cron

    @getter
    def scheduledTime(self) -> int:
        return self._scheduled_time

    @method
    def noRetry(self) -> None:
        self.retry = False

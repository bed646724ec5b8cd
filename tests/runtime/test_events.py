"""What handlers receive beside requests."""

from __future__ import annotations

from doris.js import get
from doris.runtime.events import ScheduledController


def test_the_time_of_a_trigger_is_whole_milliseconds() -> None:
    controller = ScheduledController("* * * * *", 1_700_000_000_000.75)
    assert get(controller, "cron") == "* * * * *"
    assert get(controller, "scheduledTime") == 1_700_000_000_000


def test_it_is_tried_again_unless_told_not_to() -> None:
    controller = ScheduledController("* * * * *", 0)
    assert controller.retry
    controller.noRetry()
    assert not controller.retry

"""The microtask queue."""

import asyncio

import pytest

from doris.js import drain, queue_microtask
from doris.js.microtasks import pending, resume_drain, suspended_drain


def test_jobs_run_in_order_also_those_they_queue():
    seen = []

    def first():
        seen.append(1)
        queue_microtask(lambda: seen.append(3))

    queue_microtask(first)
    queue_microtask(lambda: seen.append(2))
    assert pending()
    drain()
    assert seen == [1, 2, 3]
    assert not pending()


def test_a_running_loop_drains_soon():
    async def run():
        seen = []
        queue_microtask(lambda: seen.append(1))
        queue_microtask(lambda: seen.append(2))
        await asyncio.sleep(0)
        return seen

    assert asyncio.run(run()) == [1, 2]


def test_a_failing_job_does_not_stop_the_others():
    seen = []

    def fail():
        raise ValueError("first")

    queue_microtask(fail)
    queue_microtask(lambda: seen.append(1))
    with pytest.raises(ValueError, match="first"):
        drain()
    assert seen == [1]


def test_draining_inside_a_job_does_nothing_unless_the_drain_was_left():
    seen = []

    def job():
        queue_microtask(lambda: seen.append("inner"))
        drain()
        seen.append("outer")
        was = suspended_drain()
        drain()
        resume_drain(was)
        seen.append("last")

    queue_microtask(job)
    drain()
    assert seen == ["outer", "inner", "last"]

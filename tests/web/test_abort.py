# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""AbortController and AbortSignal, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from doris.clock import VirtualClock
from doris.web import host
from tests.web.support import create_proxy, error_of, js, jsnull, to_js


def test_aborting_tells_listeners_once():
    controller = js.AbortController.new()
    signal = controller.signal
    assert signal.onabort is jsnull
    log = []
    signal.onabort = create_proxy(
        lambda event: log.append((event.type, event.constructor.name, event.isTrusted))
    )
    signal.addEventListener("abort", create_proxy(lambda _event: log.append("listener")))
    controller.abort()
    controller.abort("again")
    assert log == [("abort", "Event", True), "listener"]
    assert (signal.aborted, signal.reason.name, signal.reason.code) == (True, "AbortError", 20)
    assert error_of(signal.throwIfAborted) == "AbortError: The operation was aborted"
    signal.onabort = 5
    assert signal.onabort is jsnull


def test_a_reason_of_ones_own():
    controller = js.AbortController.new()
    assert controller.signal.throwIfAborted() is None
    controller.abort(js.Error.new("why"))
    assert error_of(controller.signal.throwIfAborted) == "Error: why"
    assert js.AbortSignal.abort(5).reason == 5
    assert js.AbortSignal.abort().reason.message == "The operation was aborted"


def test_any():
    first, second = js.AbortController.new(), js.AbortController.new()
    combined = js.AbortSignal.any(to_js([first.signal, second.signal]))
    second.abort(7)
    first.abort(8)
    assert (combined.aborted, combined.reason) == (True, 7)
    assert js.AbortSignal.any(to_js([js.AbortSignal.abort(1)])).reason == 1
    assert js.AbortSignal.any(to_js([])).aborted is False


def test_timeout():
    clock = VirtualClock(0)
    token = host.current_clock.set(clock)
    try:
        signal = js.AbortSignal.timeout(5)
        assert not signal.aborted
        clock.travel(seconds=1)
    finally:
        host.current_clock.reset(token)
    assert (signal.reason.name, signal.reason.message) == (
        "TimeoutError",
        "The operation was aborted due to timeout",
    )


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: js.AbortSignal.new(), "Illegal constructor"),
        (lambda: js.AbortSignal.any(5), "Failed to execute 'any' on 'AbortSignal': parameter 1 is not of type 'Array'."),
        (lambda: js.AbortSignal.any(to_js([5])),
         "Incorrect type for array element 0: the provided value is not of type 'AbortSignal'."),
        (lambda: js.AbortSignal.timeout(), "Failed to execute 'timeout' on 'AbortSignal': parameter 1 is not of type 'number'."),
    ],
)  # fmt: skip
def test_errors(call, message):
    assert error_of(call) == f"TypeError: {message}"

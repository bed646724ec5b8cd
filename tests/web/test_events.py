# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""Event, CustomEvent and EventTarget, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from doris.js import Throw, native, to_string
from doris.web import Event, EventTarget, events
from tests.web.support import JsException, O, create_proxy, error_of, js, jsnull


def dispatch(target, kind, **options):
    return target.dispatchEvent(js.Event.new(kind, **options))


def test_attributes():
    event = js.Event.new("x", bubbles=True)
    assert (event.type, event.bubbles, event.cancelable, event.composed) == ("x", True, False, False)
    assert (event.defaultPrevented, event.returnValue, event.cancelBubble) == (False, True, False)
    assert (event.isTrusted, event.eventPhase, event.target, event.currentTarget, event.srcElement) == (
        False, 0, None, None, None,
    )  # fmt: skip
    assert list(event.composedPath()) == []
    assert (event.NONE, js.Event.CAPTURING_PHASE, event.AT_TARGET, js.Event.BUBBLING_PHASE) == (0, 1, 2, 3)
    assert event.timeStamp > 0
    event.cancelBubble = True
    assert event.cancelBubble
    custom = js.CustomEvent.new("y", detail=O(a=1))
    assert (custom.type, custom.detail.a) == ("y", 1)


def test_listeners_are_called_in_order_and_once():
    target = js.EventTarget.new()
    log = []

    def listen(event):
        log.append(
            (event.type, event.eventPhase, event.target.js_id == target.js_id, len(event.composedPath()))
        )

    listener = create_proxy(listen)
    target.addEventListener("a", listener)
    target.addEventListener("a", listener)
    target.addEventListener("a", O(handleEvent=create_proxy(lambda _event: log.append("handler"))))
    target.addEventListener("a", create_proxy(lambda _event: log.append("once")), once=True)
    assert dispatch(target, "a")
    assert dispatch(target, "a")
    assert log == [("a", 2, True, 1), "handler", "once", ("a", 2, True, 1), "handler"]
    target.removeEventListener("a", listener)
    dispatch(target, "a")
    assert log[-1] == "handler"
    assert len(log) == 6


def test_an_on_attribute_listens_too():
    target = js.EventTarget.new()
    log = []
    target.ona = create_proxy(lambda event: log.append(event.type))
    assert target._js.has_listeners("a")
    assert not target._js.has_listeners("b")
    dispatch(target, "a")
    assert log == ["a"]


def test_preventing_and_stopping():
    target = js.EventTarget.new()
    log = []

    def stop(event):
        event.preventDefault()
        event.stopPropagation()
        event.stopImmediatePropagation()

    target.addEventListener("a", create_proxy(stop))
    target.addEventListener("a", create_proxy(log.append))
    event = js.Event.new("a")
    assert target.dispatchEvent(event) is False
    assert (event.defaultPrevented, log) == (True, [])


def test_what_a_listener_throws_goes_to_the_hooks(monkeypatch):
    seen = []
    monkeypatch.setattr(events, "uncaught_hooks", [lambda value: seen.append(to_string(value))])
    target = EventTarget()

    def fail(_event):
        raise Throw("boom")

    target.add_event_listener("a", native("fail", fail))
    assert target.dispatch(Event("a"))
    assert seen == ["boom"]


def test_a_signal_removes_a_listener():
    target, controller = js.EventTarget.new(), js.AbortController.new()
    log = []
    target.addEventListener("a", create_proxy(log.append), signal=controller.signal)
    target.addEventListener("a", create_proxy(log.append), signal=js.AbortSignal.abort())
    controller.abort()
    dispatch(target, "a")
    assert log == []


def test_no_listener_at_all():
    target = js.EventTarget.new()
    assert target.addEventListener("a", jsnull) is None
    assert target.removeEventListener("a", jsnull) is None
    assert dispatch(target, "a")


def test_an_event_is_dispatched_once_at_a_time():
    target = js.EventTarget.new()
    event = js.Event.new("a")
    caught = []
    target.addEventListener("a", create_proxy(lambda _event: caught.append(error_of_nested(target, event))))
    target.dispatchEvent(event)
    assert caught == ["InvalidStateError: The event is already being dispatched."]


def error_of_nested(target, event):
    try:
        target.dispatchEvent(event)
    except JsException as error:
        return str(error)
    return None


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda t: js.Event.new(), "Failed to construct 'Event': constructor parameter 1 is not of type 'string'."),
        (lambda t: js.Event.new("x", 5), "Failed to construct 'Event': constructor parameter 2 is not of type 'Init'."),
        (lambda t: t.addEventListener("a"),
         "Failed to execute 'addEventListener' on 'EventTarget': parameter 2 is not of type 'function or HandlerObject'."),
        (lambda t: t.addEventListener("a", 5),
         "Failed to execute 'addEventListener' on 'EventTarget': parameter 2 is not of type 'function or HandlerObject'."),
        (lambda t: t.addEventListener("a", t, capture=True), "addEventListener(): options.capture must be false."),
        (lambda t: t.addEventListener("a", t, True), "addEventListener(): useCapture must be false."),
        (lambda t: t.addEventListener("a", t, signal=5),
         "Incorrect type for the 'signal' field on 'AddEventListenerOptions': the provided value is not of type 'AbortSignal'."),
        (lambda t: t.dispatchEvent(5), "Failed to execute 'dispatchEvent' on 'EventTarget': parameter 1 is not of type 'Event'."),
    ],
)  # fmt: skip
def test_errors(call, message):
    assert error_of(lambda: call(js.EventTarget.new())) == f"TypeError: {message}"

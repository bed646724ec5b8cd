"""MessageEvent, CloseEvent and ErrorEvent, against answers of the reference runtime."""

from __future__ import annotations

from tests.web.support import js, jsnull


def test_message_events():
    event = js.MessageEvent.new("x", data=5)
    assert (event.type, event.data, event.origin, event.lastEventId, event.source, list(event.ports)) == (
        "x", 5, jsnull, "", jsnull, [],
    )  # fmt: skip
    assert js.MessageEvent.new("x").data is jsnull


def test_close_events():
    event = js.CloseEvent.new("x", code=5, reason="r", wasClean=True)
    assert (event.code, event.reason, event.wasClean) == (5, "r", True)
    plain = js.CloseEvent.new("x")
    assert (plain.code, plain.reason, plain.wasClean) == (0, "", False)


def test_error_events():
    event = js.ErrorEvent.new("x", message="m", error=5)
    assert (event.message, event.error, event.filename, event.lineno, event.colno) == ("m", 5, "", 0, 0)
    assert js.ErrorEvent.new("x").message == ""

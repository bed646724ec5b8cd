# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""WebSocket and WebSocketPair, against answers of the reference runtime."""

from __future__ import annotations

import asyncio

import pytest

from doris.js import drain
from doris.web import WebSocketPair
from tests.web.support import O, create_proxy, error_of, js, jsnull, run, to_js

NOT_ACCEPTED = "TypeError: You must call one of accept() or state.acceptWebSocket() on this WebSocket before sending messages."


def pair(*, accept=True):
    ends = list(js.WebSocketPair.new().object_values())
    if accept:
        for end in ends:
            end.accept()
    return ends


def listen(socket, log, name="", kinds=("message", "close", "error")):
    """Log the events of a socket."""
    for kind in kinds:
        socket.addEventListener(kind, create_proxy(lambda event: log.append((name, *told(event)))))


def told(event):
    if event.type == "message":
        return (event.data if isinstance(event.data, str) else event.data.constructor.name,)
    if event.type == "close":
        return ("close", event.code, event.reason, event.wasClean)
    return ("error", event.message.split("\n")[0])


async def settle():
    """Let everything that is under way arrive."""
    for _ in range(20):
        await asyncio.sleep(0)


def test_a_pair_has_two_ends():
    both = js.WebSocketPair.new()
    assert (both.constructor.name, len(both.object_values())) == ("WebSocketPair", 2)
    socket, _other = pair(accept=False)
    assert (socket.readyState, socket.url, socket.protocol, socket.extensions, socket.binaryType, socket.bufferedAmount) == (
        1, jsnull, "", "", "blob", 0,
    )  # fmt: skip
    assert (js.WebSocket.OPEN, socket.CLOSED, js.WebSocket.READY_STATE_CLOSING) == (1, 3, 2)


def test_messages():
    async def go():
        a, b = pair()
        log = []
        listen(b, log)
        for message in ("x", to_js(b"\x01"), 5, None, jsnull, b"py"):
            a.send(message)
        await settle()
        return log

    assert run(go()) == [("", "x"), ("", "Blob"), ("", "5"), ("", "undefined"), ("", "null"), ("", "b'py'")]


def test_messages_wait_until_the_other_end_is_accepted():
    async def go():
        a, b = pair(accept=False)
        a.accept()
        log = []
        a.send("early")
        await settle()
        listen(b, log)
        assert log == []
        b.accept()
        await settle()
        return log

    assert run(go()) == [("", "early")]


def test_binary_messages_may_be_buffers():
    async def go():
        a, b = pair()
        b.binaryType = "arraybuffer"
        b.binaryType = "ignored"
        log = []
        b.onmessage = create_proxy(lambda event: log.append(event.data.to_bytes()))
        a.send(to_js(b"\x01\x02"))
        await settle()
        return log, b.binaryType

    assert run(go()) == ([b"\x01\x02"], "arraybuffer")


def test_closing_is_answered():
    async def go():
        a, b = pair()
        log = []
        listen(a, log, "a")
        listen(b, log, "b")
        a.close(3000, "bye")
        states = [a.readyState]
        a.close()
        await settle()
        b.close(1001)
        states += [a.readyState, b.readyState]
        return log, states, a, b

    log, states, a, b = run(go())
    assert log == [("b", "close", 3000, "bye", True), ("a", "close", 3000, "bye", True)]
    assert states == [2, 3, 3]
    after = "TypeError: Can't call WebSocket send() after close()."
    assert error_of(lambda: a.send("x")) == error_of(lambda: b.send("x")) == after


def test_closing_without_a_code():
    async def go():
        a, b = pair()
        log = []
        listen(b, log)
        a.close()
        await settle()
        return log

    assert run(go()) == [("", "close", 1005, "", True)]


def test_a_listener_that_throws_ends_the_connection():
    def boom(_event):
        raise ValueError("boom")

    async def go():
        a, b = pair()
        log = []
        b.addEventListener("message", create_proxy(boom))
        listen(b, log, "b", ("error", "close"))
        listen(a, log, "a")
        a.send("x")
        a.send("y")
        await settle()
        return log, a.readyState, b.readyState

    assert run(go()) == (
        [
            ("b", "error", "Uncaught PythonError: Traceback (most recent call last):"),
            ("a", "error", "Uncaught Error: Network connection lost."),
            ("a", "close", 1006, "WebSocket disconnected without sending Close frame.", False),
        ],
        3,
        3,
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((999,), "InvalidAccessError: Invalid WebSocket close code: 999."),
        ((1005,), "InvalidAccessError: Invalid WebSocket close code: 1005."),
        (("abc",), "InvalidAccessError: Invalid WebSocket close code: 0."),
        ((5000,), "InvalidAccessError: Invalid WebSocket close code: 5000."),
        (
            (None, "x"),
            "InvalidAccessError: If you specify a WebSocket close reason, you must also specify a code.",
        ),
        (
            (1000, "é" * 62),
            "SyntaxError: WebSocket close reason must not be longer than 123 bytes when UTF-8 encoded.",
        ),
    ],
)
def test_bad_closes(arguments, message):
    assert error_of(lambda: pair()[0].close(*arguments)) == message


def test_nothing_is_sent_before_accept():
    socket, _other = pair(accept=False)
    assert error_of(lambda: socket.send("x")) == error_of(socket.close) == NOT_ACCEPTED
    assert error_of(pair()[0].send) == (
        "TypeError: Failed to execute 'send' on 'WebSocket': "
        "parameter 1 is not of type 'ArrayBuffer or ArrayBufferView or string'."
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "TypeError: Failed to construct 'WebSocket': constructor parameter 1 is not of type 'string'."),
        (("zz",), "SyntaxError: WebSocket Constructor: The url is invalid."),
        (("http://x",), "SyntaxError: WebSocket Constructor: The url scheme must be ws or wss."),
    ],
)
def test_the_constructor(arguments, message):
    assert error_of(lambda: js.WebSocket.new(*arguments)) == message


def test_an_outgoing_connection_fails():
    socket = js.WebSocket.new("ws://x")
    assert socket.readyState == js.WebSocket.CONNECTING
    seen = []
    socket.addEventListener("error", create_proxy(lambda event: seen.append(event.message)))
    drain()
    assert seen == [
        "Uncaught Error: new WebSocket(url): the emulator does not open outgoing WebSocket connections yet."
    ]
    assert socket.readyState == js.WebSocket.CLOSED


def test_attachments_are_cloned():
    socket, other = pair(accept=False)
    socket.serializeAttachment(O(a=1))
    assert socket.deserializeAttachment().a == 1
    assert other.deserializeAttachment() is jsnull
    assert error_of(lambda: socket.serializeAttachment({"a": 1})).startswith("DataCloneError")


def test_in_a_response():
    socket, _other = pair(accept=False)
    response = js.Response.new(None, status=101, webSocket=socket)
    assert (response.status, response.webSocket.js_id) == (101, socket.js_id)
    assert error_of(response.clone) == "TypeError: Cannot clone a response to a WebSocket handshake."
    assert error_of(lambda: js.Response.new(None, webSocket=socket)) == (
        "RangeError: Responses with a WebSocket must have status code 101."
    )


class Client:
    """What a server couples to an end."""

    def __init__(self):
        self.log = []

    def message(self, data):
        self.log.append(data)

    def closed(self, code, reason):
        self.log.append((code, reason))


def ends():
    both = WebSocketPair()
    return both.js_get("0"), both.js_get("1")


def test_a_connection_takes_the_place_of_a_program():
    outside, inside = ends()
    inside.accept()
    inside.send("early")
    client = Client()
    outside.couple(client)
    inside.send("late")
    drain()
    inside.close(1000, "bye")
    drain()
    assert client.log == ["early", "late", (1000, "bye")]
    assert inside.ready_state == 3


def test_a_connection_that_is_lost():
    outside, inside = ends()
    inside.accept()
    client = Client()
    outside.couple(client)
    outside.send_now(b"x")
    outside.close_now(1006, "", clean=False)
    outside.close_now(1000, "")
    drain()
    assert inside.ready_state == 3
    assert client.log == []

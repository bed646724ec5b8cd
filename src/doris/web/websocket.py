"""WebSocket and WebSocketPair.

A pair is two sockets connected to each other. A Worker keeps one end, accepts it, and returns the other in a
Response; the server then couples that end to the connection with `WebSocket.couple`. What arrives before
somebody accepted an end waits there.

Rules: workerd (web-socket). A close is answered at once with the same code, as compatibility dates from 2026
on have it."""

from __future__ import annotations

from collections import deque
from typing import Protocol

from doris.js import (
    ArrayBuffer,
    JSObject,
    JSValue,
    Throw,
    bytes_of,
    call,
    constructor,
    dom_exception,
    error,
    getter,
    is_callable,
    method,
    null,
    queue_microtask,
    setter,
    to_string,
    type_error,
)

from .arguments import Where, argument, to_int32
from .blob import Blob
from .clone import structured_clone
from .events import Event, EventTarget
from .message_events import CloseEvent, ErrorEvent, MessageEvent
from .url_parser import parser, to_usv

CONNECTING, OPEN, CLOSING, CLOSED = range(4)

#: The code that stands for "closed without a code", and the one for "the connection was lost".
NO_CODE, LOST = 1005, 1006
_LONGEST_REASON = 123

_NOT_ACCEPTED = (
    "You must call one of accept() or state.acceptWebSocket() on this WebSocket before sending messages."
)

_NO_FRAME = "WebSocket disconnected without sending Close frame."

#: A message, or a close with code, reason and whether it was clean.
Message = str | bytes
Close = tuple[int, str, bool]


class Connection(Protocol):
    """The outside of a socket that was coupled: what the Worker sends goes here."""

    def message(self, data: Message) -> None:
        """The Worker sent a message."""

    def closed(self, code: int, reason: str) -> None:
        """The Worker closed the socket; ``code`` is 1005 when it gave none."""


class WebSocket(EventTarget, name="WebSocket"):
    """``WebSocket``: one end of a pair."""

    def __init__(self) -> None:
        self.peer: WebSocket | None = None
        self.accepted = False
        self.connection: Connection | None = None
        self._state = OPEN
        self._sent_close = self._got_close = False
        self._arrived: deque[Message | Close] = deque()
        self._delivering = False
        self._binary_type = "blob"
        self._attachment: JSValue = null

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        url = Where("WebSocket").string(args, 0)
        record = parser.parse(to_usv(url))
        if record is None:
            raise dom_exception("WebSocket Constructor: The url is invalid.", "SyntaxError")
        if record.protocol not in ("ws:", "wss:"):
            raise dom_exception("WebSocket Constructor: The url scheme must be ws or wss.", "SyntaxError")
        socket, other = WebSocket(), WebSocket()
        socket.peer, other.peer = other, socket
        socket.accepted, socket._state = True, CONNECTING
        reason = error(
            "new WebSocket(url): the emulator does not open outgoing WebSocket connections yet."
        ).value
        queue_microtask(lambda: socket._fail(reason))
        return socket

    # -- for the server --------------------------------------------------------------------------------------

    def couple(self, connection: Connection) -> None:
        """Let a connection take the place of a program at this end; what has arrived is handed over now."""
        self.accepted, self.connection = True, connection
        self._deliver_soon()

    def send_now(self, data: Message) -> None:
        """Send a message to the other end."""
        assert self.peer is not None
        self.peer._arrive(data)

    def close_now(self, code: int, reason: str, *, clean: bool = True) -> None:
        """Close; 1005 stands for no code, ``clean=False`` for a connection that was lost. Ignored the second
        time.
        """
        if not clean:
            code, reason = LOST, _NO_FRAME
        if self._sent_close or self._state == CLOSED:
            return
        self._sent_close = True
        self._state = CLOSED if self._got_close or not clean else CLOSING
        assert self.peer is not None
        self.peer._arrive((code, reason, clean))

    # -- what arrives ----------------------------------------------------------------------------------------

    def _arrive(self, item: Message | Close) -> None:
        self._arrived.append(item)
        if self.accepted:
            self._deliver_soon()

    def _deliver_soon(self) -> None:
        if not self._delivering and self._arrived:
            self._delivering = True
            queue_microtask(self._deliver)

    def _deliver(self) -> None:
        self._delivering = False
        if not self._arrived or self._got_close or (self._state == CLOSED and not self._sent_close):
            self._arrived.clear()
            return
        item = self._arrived.popleft()
        if isinstance(item, tuple):
            self._closed(*item)
        elif self.connection is not None:
            self.connection.message(item)
        else:
            self._dispatch(MessageEvent("message", self._received(item), trusted=True))
        self._deliver_soon()

    def _received(self, data: Message) -> JSValue:
        if isinstance(data, str):
            return data
        return ArrayBuffer(data) if self._binary_type == "arraybuffer" else Blob(data)

    def _closed(self, code: int, reason: str, clean: bool) -> None:
        self._got_close = True
        self._state = CLOSED
        answer = not self._sent_close
        if self.connection is not None:
            self.connection.closed(code, reason)
        else:
            if not clean:
                lost = error("Network connection lost.").value
                self._dispatch(ErrorEvent("error", f"Uncaught {to_string(lost)}", lost, trusted=True))
            self._dispatch(CloseEvent("close", code, reason, clean=clean, trusted=True))
        if answer and clean:
            self._sent_close = True
            assert self.peer is not None
            self.peer._arrive((code, reason, True))

    def _dispatch(self, event: Event) -> None:
        try:
            self.dispatch(event)
        except Throw as failure:
            self._fail(failure.value)

    def _call(self, listener: object, event: Event) -> None:
        # Unlike with other targets, a listener that throws ends the connection.
        callback = listener.callback  # type: ignore[attr-defined]
        function, this = (
            (callback, self) if is_callable(callback) else (callback.js_get("handleEvent"), callback)
        )
        call(function, this, event)

    def _fail(self, reason: JSValue) -> None:
        if self._state == CLOSED:
            return
        self._state = CLOSED
        self._arrived.clear()
        text = f"Uncaught {to_string(reason)}"
        super().dispatch(ErrorEvent("error", text, reason, trusted=True))
        assert self.peer is not None
        self._sent_close = True
        self.peer._arrive((LOST, _NO_FRAME, False))

    # -- the interface ---------------------------------------------------------------------------------------

    @method
    def accept(self, *_args: JSValue) -> None:
        self.accepted = True
        self._deliver_soon()

    @method
    def send(self, *args: JSValue) -> None:
        value = Where("WebSocket", "send").required(args, 0, "ArrayBuffer or ArrayBufferView or string")
        data = bytes_of(value) if isinstance(value, JSObject) else None
        message = to_string(value) if data is None else data
        if not self.accepted:
            raise type_error(_NOT_ACCEPTED)
        if self._sent_close or self._state == CLOSED:
            raise type_error("Can't call WebSocket send() after close().")
        self.send_now(message)

    @method
    def close(self, *args: JSValue) -> None:
        code, reason = argument(args, 0), argument(args, 1)
        number = NO_CODE if code is None else _checked_code(to_int32(code))
        text = "" if reason is None else to_string(reason)
        if text and code is None:
            raise dom_exception(
                "If you specify a WebSocket close reason, you must also specify a code.", "InvalidAccessError"
            )
        if len(text.encode("utf-8", "replace")) > _LONGEST_REASON:
            raise dom_exception(
                f"WebSocket close reason must not be longer than {_LONGEST_REASON} bytes when UTF-8 encoded.",
                "SyntaxError",
            )
        if not self.accepted:
            raise type_error(_NOT_ACCEPTED)
        self.close_now(number, text)

    @method("serializeAttachment")
    def serialize_attachment(self, value: JSValue = None) -> None:
        self._attachment = structured_clone(value)

    @method("deserializeAttachment")
    def deserialize_attachment(self) -> JSValue:
        return structured_clone(self._attachment)

    @getter("readyState")
    def ready_state(self) -> int:
        return self._state

    @getter("bufferedAmount")
    def buffered_amount(self) -> int:
        return 0

    @getter
    def url(self) -> JSValue:
        return null

    @getter
    def protocol(self) -> str:
        return ""

    @getter
    def extensions(self) -> str:
        return ""

    @getter("binaryType")
    def binary_type(self) -> str:
        return self._binary_type

    @setter("binaryType")
    def set_binary_type(self, value: JSValue) -> None:
        if value in ("blob", "arraybuffer"):
            self._binary_type = value


def _checked_code(code: int) -> int:
    if code < 1000 or code > 4999 or code in (NO_CODE, LOST, 1015):
        raise dom_exception(f"Invalid WebSocket close code: {code}.", "InvalidAccessError")
    return code


for _prefix in ("", "READY_STATE_"):
    for _name, _state in (("CONNECTING", 0), ("OPEN", 1), ("CLOSING", 2), ("CLOSED", 3)):
        WebSocket.interface.getters[_prefix + _name] = lambda _socket, _state=_state: _state  # type: ignore[misc]
        WebSocket.interface.function.js_set(_prefix + _name, _state)


class WebSocketPair(JSObject, name="WebSocketPair"):
    """``WebSocketPair``: its properties 0 and 1 are the two ends."""

    def __init__(self) -> None:
        first, second = WebSocket(), WebSocket()
        first.peer, second.peer = second, first
        self._props = {"0": first, "1": second}

    @constructor
    def construct(cls) -> JSValue:
        return WebSocketPair()

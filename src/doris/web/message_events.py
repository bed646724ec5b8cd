"""MessageEvent, CloseEvent and ErrorEvent: what sockets dispatch.

Rules: the HTML standard, section 9.1, the WebSockets standard, section 5, as workerd has them.
"""

from __future__ import annotations

from doris.js import JSArray, JSObject, JSValue, constructor, getter, null, opt, to_boolean, to_string

from .arguments import Where, to_int32
from .events import Event


def _arguments(where: Where, args: tuple[JSValue, ...], dictionary: str) -> tuple[str, JSObject | None]:
    return where.string(args, 0), where.dictionary(args, 1, dictionary)


class MessageEvent(Event, name="MessageEvent"):
    """``MessageEvent``."""

    def __init__(self, kind: str, data: JSValue, *, trusted: bool = False) -> None:
        super().__init__(kind, trusted=trusted)
        self._data = data

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        kind, options = _arguments(Where("MessageEvent"), args, "Initializer")
        data = opt(options, "data")
        return MessageEvent(kind, null if data is None else data)

    @getter
    def data(self) -> JSValue:
        return self._data

    @getter
    def origin(self) -> JSValue:
        return null

    @getter("lastEventId")
    def last_event_id(self) -> str:
        return ""

    @getter
    def source(self) -> JSValue:
        return null

    @getter
    def ports(self) -> JSValue:
        return JSArray([])


class CloseEvent(Event, name="CloseEvent"):
    """``CloseEvent``."""

    def __init__(self, kind: str, code: int, reason: str, *, clean: bool, trusted: bool = False) -> None:
        super().__init__(kind, trusted=trusted)
        self._code, self._reason, self._clean = code, reason, clean

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        kind, options = _arguments(Where("CloseEvent"), args, "Initializer")
        code, reason = opt(options, "code"), opt(options, "reason")
        return CloseEvent(
            kind,
            0 if code is None else to_int32(code),
            "" if reason is None else to_string(reason),
            clean=to_boolean(opt(options, "wasClean")),
        )

    @getter
    def code(self) -> int:
        return self._code

    @getter
    def reason(self) -> str:
        return self._reason

    @getter("wasClean")
    def was_clean(self) -> bool:
        return self._clean


class ErrorEvent(Event, name="ErrorEvent"):
    """``ErrorEvent``."""

    def __init__(self, kind: str, message: str = "", error: JSValue = None, *, trusted: bool = False) -> None:
        super().__init__(kind, trusted=trusted)
        self._message, self._error = message, error

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        kind, options = _arguments(Where("ErrorEvent"), args, "ErrorEventInit")
        message = opt(options, "message")
        return ErrorEvent(kind, "" if message is None else to_string(message), opt(options, "error"))

    @getter
    def filename(self) -> str:
        return ""

    @getter
    def message(self) -> str:
        return self._message

    @getter
    def lineno(self) -> int:
        return 0

    @getter
    def colno(self) -> int:
        return 0

    @getter
    def error(self) -> JSValue:
        return self._error

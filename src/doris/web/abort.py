"""AbortController and AbortSignal.

Rules: the DOM standard, section 3.
"""

from __future__ import annotations

from collections.abc import Callable

from doris.js import (
    JSObject,
    JSValue,
    Throw,
    constructor,
    dom_exception,
    getter,
    method,
    null,
    setter,
    static,
    to_number,
    type_error,
)

from .arguments import Where, argument, sequence, wrong_element
from .events import Event, EventTarget
from .host import clock


class AbortSignal(EventTarget, name="AbortSignal"):
    """``AbortSignal``. The platform listens with `on_abort`, which does not need an event."""

    def __init__(self) -> None:
        self.is_aborted = False
        self.reason_value: JSValue = None
        self._callbacks: list[Callable[[], None]] = []
        self._handler: JSValue = null

    @constructor
    def construct(cls) -> JSValue:
        raise type_error("Illegal constructor")

    def on_abort(self, callback: Callable[[], None]) -> None:
        """Be told once when the signal is aborted."""
        self._callbacks.append(callback)

    def abort_now(self, reason: JSValue = None) -> None:
        """Abort, with an AbortError unless there is another reason. Ignored the second time."""
        if self.is_aborted:
            return
        self.is_aborted = True
        self.reason_value = _reason(reason)
        callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()
        self.dispatch(Event("abort", trusted=True))

    @static
    def abort(cls, reason: JSValue = None) -> JSValue:
        signal = AbortSignal()
        signal.is_aborted, signal.reason_value = True, _reason(reason)
        return signal

    @static
    def timeout(cls, *args: JSValue) -> JSValue:
        delay = to_number(Where("AbortSignal", "timeout").required(args, 0, "number"))
        signal = AbortSignal()
        reason = dom_exception("The operation was aborted due to timeout", "TimeoutError").value
        clock().call_later_ms(
            max(0.0, float(delay)) if delay == delay else 0.0, lambda: signal.abort_now(reason)
        )
        return signal

    @static
    def any(cls, *args: JSValue) -> JSValue:
        value = argument(args, 0)
        if not isinstance(value, JSObject):
            raise Where("AbortSignal", "any").wrong(0, "Array")
        signals = list(sequence(value))
        for index, signal in enumerate(signals):
            if not isinstance(signal, AbortSignal):
                raise wrong_element(index, "AbortSignal")
        combined = AbortSignal()
        for signal in signals:
            if signal.is_aborted:
                combined.is_aborted, combined.reason_value = True, signal.reason_value
                return combined
        for signal in signals:
            signal.on_abort(lambda signal=signal: combined.abort_now(signal.reason_value))
        return combined

    @getter
    def aborted(self) -> bool:
        return self.is_aborted

    @getter
    def reason(self) -> JSValue:
        return self.reason_value

    @getter
    def onabort(self) -> JSValue:
        return self._handler

    @setter("onabort")
    def set_onabort(self, handler: JSValue) -> None:
        self._handler = handler if isinstance(handler, JSObject) else null

    @method("throwIfAborted")
    def throw_if_aborted(self) -> None:
        if self.is_aborted:
            raise Throw(self.reason_value)


class AbortController(JSObject, name="AbortController"):
    """``AbortController``."""

    def __init__(self) -> None:
        self.controlled = AbortSignal()

    @constructor
    def construct(cls) -> JSValue:
        return AbortController()

    @getter
    def signal(self) -> AbortSignal:
        return self.controlled

    @method
    def abort(self, reason: JSValue = None) -> None:
        self.controlled.abort_now(reason)


def _reason(reason: JSValue) -> JSValue:
    return dom_exception("The operation was aborted", "AbortError").value if reason is None else reason

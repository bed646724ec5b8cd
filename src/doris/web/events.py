"""Event, CustomEvent and EventTarget.

Rules: the DOM standard, section 2, as workerd has it: there is no tree, so no capturing, and no event is
trusted unless the platform made it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from doris.js import (
    JSArray,
    JSObject,
    JSValue,
    PyProxy,
    Throw,
    call,
    constructor,
    dom_exception,
    getter,
    is_callable,
    method,
    null,
    opt,
    setter,
    thrown,
    to_boolean,
    type_error,
)

from .arguments import Where, argument, wrong_field
from .host import now_ms

NONE, CAPTURING_PHASE, AT_TARGET, BUBBLING_PHASE = range(4)

#: Told of what a listener throws: dispatchEvent itself goes on. The runtime logs it as an uncaught exception.
uncaught_hooks: list[Callable[[JSValue], None]] = []


class Event(JSObject, name="Event"):
    """``Event``.

    Args:
        kind: Its type, such as "message".
        trusted: Whether the platform made it.
    """

    def __init__(
        self,
        kind: str,
        *,
        bubbles: bool = False,
        cancelable: bool = False,
        composed: bool = False,
        trusted: bool = False,
    ) -> None:
        self.kind = kind
        self._flags = {"bubbles": bubbles, "cancelable": cancelable, "composed": composed}
        self._trusted = trusted
        self._made_at = now_ms()
        self.dispatched_on: JSObject | None = None
        self.dispatching = False
        self.prevented = False
        self.stopped = False
        self.stopped_at_once = False

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        kind, options = _event_arguments(Where("Event"), args, "Init")
        return Event(kind, **_flags_of(options))

    @getter("type")
    def type_(self) -> str:
        return self.kind

    @getter("eventPhase")
    def event_phase(self) -> int:
        return AT_TARGET if self.dispatching else NONE

    @getter
    def bubbles(self) -> bool:
        return self._flags["bubbles"]

    @getter
    def cancelable(self) -> bool:
        return self._flags["cancelable"]

    @getter
    def composed(self) -> bool:
        return self._flags["composed"]

    @getter("defaultPrevented")
    def default_prevented(self) -> bool:
        return self.prevented

    @getter("returnValue")
    def return_value(self) -> bool:
        return not self.prevented

    @getter("currentTarget")
    def current_target(self) -> JSValue:
        return self.dispatched_on

    @getter
    def target(self) -> JSValue:
        return self.dispatched_on

    @getter("srcElement")
    def src_element(self) -> JSValue:
        return self.dispatched_on

    @getter("timeStamp")
    def time_stamp(self) -> float:
        return self._made_at

    @getter("isTrusted")
    def is_trusted(self) -> bool:
        return self._trusted

    @getter("cancelBubble")
    def cancel_bubble(self) -> bool:
        return self.stopped

    @setter("cancelBubble")
    def set_cancel_bubble(self, value: JSValue) -> None:
        self.stopped = self.stopped or to_boolean(value)

    @method("stopImmediatePropagation")
    def stop_immediate_propagation(self) -> None:
        self.stopped = self.stopped_at_once = True

    @method("stopPropagation")
    def stop_propagation(self) -> None:
        self.stopped = True

    @method("preventDefault")
    def prevent_default(self) -> None:
        # workerd does not look at "cancelable".
        self.prevented = True

    @method("composedPath")
    def composed_path(self) -> JSValue:
        return JSArray([self.dispatched_on] if self.dispatching else [])


for _name, _phase in (("NONE", 0), ("CAPTURING_PHASE", 1), ("AT_TARGET", 2), ("BUBBLING_PHASE", 3)):
    Event.interface.getters[_name] = lambda _event, _phase=_phase: _phase  # type: ignore[misc]
    Event.interface.function.js_set(_name, _phase)


class CustomEvent(Event, name="CustomEvent"):
    """``CustomEvent``."""

    def __init__(self, kind: str, detail: JSValue = None, **flags: bool) -> None:
        super().__init__(kind, **flags)
        self._detail = detail

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        kind, options = _event_arguments(Where("CustomEvent"), args, "CustomEventInit")
        return CustomEvent(kind, opt(options, "detail"), **_flags_of(options))

    @getter
    def detail(self) -> JSValue:
        return self._detail


def _event_arguments(where: Where, args: tuple[JSValue, ...], dictionary: str) -> tuple[str, JSObject | None]:
    return where.string(args, 0), where.dictionary(args, 1, dictionary)


def _flags_of(options: JSObject | None) -> dict[str, bool]:
    return {name: to_boolean(opt(options, name)) for name in ("bubbles", "cancelable", "composed")}


@dataclass
class _Listener:
    callback: JSObject
    once: bool

    def same(self, callback: JSValue) -> bool:
        """Whether this is the listener for a callback. Python functions get a new proxy at each crossing."""
        if isinstance(callback, PyProxy) and isinstance(self.callback, PyProxy):
            return callback.target is self.callback.target
        return callback is self.callback


class EventTarget(JSObject, name="EventTarget"):
    """``EventTarget``. Interfaces with events derive from it."""

    #: Made on first use, so that interfaces need not call the constructor.
    _listeners: dict[str, list[_Listener]] | None = None

    @constructor
    def construct(cls) -> JSValue:
        return EventTarget()

    def has_listeners(self, kind: str) -> bool:
        """Whether anybody listens."""
        return bool(self._listeners and self._listeners.get(kind)) or is_callable(self.js_get(f"on{kind}"))

    @method("addEventListener")
    def add_event_listener(self, *args: JSValue) -> None:
        where = Where("EventTarget", "addEventListener")
        kind = where.string(args, 0)
        callback = where.required(args, 1, "function or HandlerObject")
        if callback is null or callback is None:
            return
        if not isinstance(callback, JSObject):
            raise where.wrong(1, "function or HandlerObject")
        options = argument(args, 2)
        once = False
        if isinstance(options, JSObject):
            if to_boolean(options.js_get("capture")):
                raise type_error("addEventListener(): options.capture must be false.")
            once = to_boolean(options.js_get("once"))
            if not self._follow_signal(options, kind, callback):
                return
        elif to_boolean(options):
            raise type_error("addEventListener(): useCapture must be false.")
        self._add(kind, _Listener(callback, once))

    def _follow_signal(self, options: JSObject, kind: str, callback: JSObject) -> bool:
        from .abort import AbortSignal

        signal = options.js_get("signal")
        if signal is None:
            return True
        if not isinstance(signal, AbortSignal):
            raise wrong_field("signal", "AddEventListenerOptions", "AbortSignal")
        if signal.is_aborted:
            return False
        signal.on_abort(lambda: self._remove(kind, callback))
        return True

    def _add(self, kind: str, listener: _Listener) -> None:
        if self._listeners is None:
            self._listeners = {}
        listeners = self._listeners.setdefault(kind, [])
        if not any(known.same(listener.callback) for known in listeners):
            listeners.append(listener)

    def _remove(self, kind: str, callback: JSValue) -> None:
        if self._listeners and kind in self._listeners:
            self._listeners[kind] = [known for known in self._listeners[kind] if not known.same(callback)]

    @method("removeEventListener")
    def remove_event_listener(self, *args: JSValue) -> None:
        where = Where("EventTarget", "removeEventListener")
        kind = where.string(args, 0)
        self._remove(kind, where.required(args, 1, "Object"))

    @method("dispatchEvent")
    def dispatch_event(self, *args: JSValue) -> bool:
        event = Where("EventTarget", "dispatchEvent").instance(args, 0, Event)
        if event.dispatching:
            raise dom_exception("The event is already being dispatched.", "InvalidStateError")
        return self.dispatch(event)

    def dispatch(self, event: Event) -> bool:
        """Call the listeners; False when one prevented the default."""
        event.dispatched_on, event.dispatching = self, True
        event.stopped_at_once = False
        try:
            handler = self.js_get(f"on{event.kind}")
            if is_callable(handler):
                self._call(_Listener(handler, once=False), event)
            for listener in list((self._listeners or {}).get(event.kind, ())):
                if event.stopped_at_once:
                    break
                if listener.once:
                    self._remove(event.kind, listener.callback)
                self._call(listener, event)
        finally:
            event.dispatching = False
        return not event.prevented

    def _call(self, listener: _Listener, event: Event) -> None:
        callback = listener.callback
        try:
            if is_callable(callback):
                call(callback, self, event)
            else:
                call(callback.js_get("handleEvent"), callback, event)
        except Throw as error:
            for hook in uncaught_hooks:
                hook(thrown(error))

"""``setTimeout`` and its kin, on the Worker's clock.

Source of the rules: HTML, section 8.6; the reference runtime for what is refused at module scope.
"""

from __future__ import annotations

import itertools

from doris.clock import Timer
from doris.js import JSObject, JSValue, Promise, call, method, native, to_number, type_error
from doris.js import is_callable as callable_in_js
from doris.loop import WebLoop
from doris.scope import refuse_at_module_scope


class Scheduler(JSObject, name="Scheduler"):
    """``scheduler``: waiting as a promise."""

    def __init__(self, timers: Timers) -> None:
        self._timers = timers

    @method
    def wait(self, delay: JSValue = None, _options: JSValue = None) -> Promise:
        refuse_at_module_scope()
        return self._timers.loop.clock.sleep_ms(_delay(delay))


class Timers:
    """The timers of one Worker."""

    def __init__(self, loop: WebLoop) -> None:
        self.loop = loop
        self._timers: dict[int, Timer] = {}
        self._ids = itertools.count(1)

    def functions(self) -> dict[str, JSValue]:
        """What they put on the global object."""
        return {
            "setTimeout": native(
                "setTimeout", lambda fn=None, ms=None, *args: self._set("setTimeout", fn, ms, args)
            ),
            "setInterval": native(
                "setInterval", lambda fn=None, ms=None, *args: self._set("setInterval", fn, ms, args)
            ),
            "clearTimeout": native("clearTimeout", self._clear),
            "clearInterval": native("clearInterval", self._clear),
            "scheduler": Scheduler(self),
        }

    def _set(self, name: str, function: JSValue, delay: JSValue, args: tuple[JSValue, ...]) -> int:
        refuse_at_module_scope()
        if not callable_in_js(function):
            raise type_error(
                f"Failed to execute '{name}' on 'ServiceWorkerGlobalScope': parameter 1 is not of "
                "type 'Function'."
            )
        identifier = next(self._ids)
        self._arm(identifier, function, _delay(delay), args, repeat=name == "setInterval")
        return identifier

    def _arm(
        self, identifier: int, function: JSValue, delay: float, args: tuple[JSValue, ...], *, repeat: bool
    ) -> None:
        def fire() -> None:
            if repeat:
                self._arm(identifier, function, delay, args, repeat=True)
            else:
                self._timers.pop(identifier, None)
            self.loop.call_soon(call, function, None, *args)

        self._timers[identifier] = self.loop.clock.call_later_ms(delay, fire)

    def _clear(self, identifier: JSValue = None) -> None:
        timer = self._timers.pop(identifier, None) if isinstance(identifier, int) else None
        if timer is not None:
            timer.cancel()

    def clear_all(self) -> None:
        """Forget every timer."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()


def _delay(value: JSValue) -> float:
    number = to_number(value)
    return float(number) if number > 0 else 0.0  # NaN is not above 0

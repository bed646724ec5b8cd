"""``pyodide.ffi.wrappers``: timers and event listeners that keep their Python callback alive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .ffi import create_once_callable, create_proxy


def make_wrappers(js: Any) -> dict[str, Any]:
    """The names of ``pyodide.ffi.wrappers`` for one isolate, whose global object is ``js``."""
    listeners: dict[tuple[int, str, Any], Any] = {}
    intervals: dict[int, Any] = {}

    def add_event_listener(elt: Any, event: str, listener: Callable[[Any], None]) -> None:
        """Add an event listener."""
        proxy = listeners.setdefault((elt.js_id, event, listener), create_proxy(listener))
        elt.addEventListener(event, proxy)

    def remove_event_listener(elt: Any, event: str, listener: Callable[[Any], None]) -> None:
        """Remove an event listener that `add_event_listener` added."""
        proxy = listeners.pop((elt.js_id, event, listener))
        elt.removeEventListener(event, proxy)
        proxy.destroy()

    def set_timeout(callback: Callable[[], None], timeout: int) -> Any:
        """Call once, after ``timeout`` milliseconds."""
        return js.setTimeout(create_once_callable(callback), timeout)

    def clear_timeout(timeout_id: Any) -> None:
        """Call off a timeout."""
        js.clearTimeout(timeout_id)

    def set_interval(callback: Callable[[], None], interval: int) -> Any:
        """Call every ``interval`` milliseconds."""
        proxy = create_proxy(callback)
        timer = js.setInterval(proxy, interval)
        intervals[int(timer)] = proxy
        return timer

    def clear_interval(interval_id: Any) -> None:
        """Call off an interval."""
        js.clearInterval(interval_id)
        proxy = intervals.pop(int(interval_id), None)
        if proxy is not None:
            proxy.destroy()

    functions = (
        add_event_listener,
        remove_event_listener,
        set_timeout,
        clear_timeout,
        set_interval,
        clear_interval,
    )
    return {function.__name__: function for function in functions}

"""`datetime` inside an isolate: the clock's time, and UTC as the local time zone, as in production.

There can be only one class `datetime.datetime`: compiled code (pydantic-core) makes instances of it,
libraries subclass it with metaclasses of their own. A class that stands for it inside isolates would be
told from it sooner or later. Instead the few methods that ask for the time or the time zone are replaced in
the class itself, by functions that ask which isolate runs: outside of all, and for all other code, they are
the original methods. CPython does not let Python code write to a class made in C, but the dictionary behind
its ``__dict__`` can be reached, and the type's method cache emptied. The originals are put back when the
last isolate is gone.
"""

from __future__ import annotations

import ctypes
import functools
import gc
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from doris.isolate.active import current
from doris.isolate.overlays.base import clock

_originals: dict[type, dict[str, Any]] = {
    date: {name: vars(date)[name] for name in ("today", "fromtimestamp")},
    datetime: {
        name: vars(datetime)[name] for name in ("now", "utcnow", "fromtimestamp", "timestamp", "astimezone")
    },
}


def install() -> None:
    """Let the classes follow the clocks of isolates."""
    for kind, replacements in _replacements.items():
        _write(kind, replacements)


def remove() -> None:
    """Give the classes their own methods back."""
    for kind, methods in _originals.items():
        _write(kind, methods)


def _write(kind: type, methods: dict[str, Any]) -> None:
    [namespace] = gc.get_referents(vars(kind))  # the dictionary behind the read-only view
    namespace.update(methods)
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))


def _class_method(kind: type, name: str) -> Callable[[Callable[..., Any]], Any]:
    """A class method that is the original one outside of isolates."""
    original = _originals[kind][name]

    def replace(inside: Callable[..., Any]) -> Any:
        @functools.wraps(getattr(kind, name))
        def method(cls: Any, *args: Any, **kwargs: Any) -> Any:
            bound = original.__get__(None, cls)
            return bound(*args, **kwargs) if current() is None else inside(bound, cls, *args, **kwargs)

        return classmethod(method)

    return replace


def _method(kind: type, name: str) -> Callable[[Callable[..., Any]], Any]:
    """A method that is the original one outside of isolates."""
    original = _originals[kind][name]

    def replace(inside: Callable[..., Any]) -> Any:
        @functools.wraps(original)
        def method(self: Any, *args: Any, **kwargs: Any) -> Any:
            asked = original if current() is None else inside
            return asked(self, *args, **kwargs)

        return method

    return replace


def _seconds() -> float:
    return clock().now_ms() / 1000


@_class_method(date, "today")
def _today(_original: Any, cls: Any) -> Any:
    return cls.fromtimestamp(_seconds())


@_class_method(date, "fromtimestamp")
def _date_from(_original: Any, cls: Any, timestamp: float) -> Any:
    moment = _originals[datetime]["fromtimestamp"].__get__(None, datetime)(timestamp, UTC)
    return cls(moment.year, moment.month, moment.day)


@_class_method(datetime, "now")
def _now(_original: Any, cls: Any, tz: tzinfo | None = None) -> Any:
    return cls.fromtimestamp(_seconds(), tz)


@_class_method(datetime, "utcnow")
def _utcnow(_original: Any, cls: Any) -> Any:
    return cls.fromtimestamp(_seconds())


@_class_method(datetime, "fromtimestamp")
def _datetime_from(original: Any, _cls: Any, timestamp: float, tz: tzinfo | None = None) -> Any:
    return original(timestamp, tz) if tz is not None else original(timestamp, UTC).replace(tzinfo=None)


@_method(datetime, "timestamp")
def _timestamp(self: Any) -> Any:
    aware = self if self.tzinfo is not None else self.replace(tzinfo=UTC)
    return _originals[datetime]["timestamp"](aware)


@_method(datetime, "astimezone")
def _astimezone(self: Any, tz: tzinfo | None = None) -> Any:
    aware = self if self.tzinfo is not None else self.replace(tzinfo=UTC)
    return _originals[datetime]["astimezone"](aware, tz if tz is not None else UTC)


_replacements: dict[type, dict[str, Any]] = {
    date: {"today": _today, "fromtimestamp": _date_from},
    datetime: {
        "now": _now,
        "utcnow": _utcnow,
        "fromtimestamp": _datetime_from,
        "timestamp": _timestamp,
        "astimezone": _astimezone,
    },
}

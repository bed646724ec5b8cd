"""Plain objects and iterators.

Source of the rules: ECMAScript 2026, sections 20.1 and 27.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .members import method
from .objects import JSObject, JSValue


class PlainObject(JSObject, name="Object"):
    """``{}``."""

    def __init__(self, properties: Mapping[str, JSValue] | None = None) -> None:
        self._props = {}
        self._props.update(properties or {})


def plain(properties: Mapping[str, JSValue] | None = None) -> PlainObject:
    """A plain object with these properties (JavaScript values)."""
    return PlainObject(properties)


class IteratorObject(JSObject, name="Iterator"):
    """An iterator over JavaScript values, which is iterable itself. ``kind`` names it (``Array
    Iterator``)."""

    is_generator = False

    def __init__(self, items: Iterator[JSValue], kind: str = "Iterator") -> None:
        self.items = items
        self.kind = kind

    def js_class_name(self) -> str:
        return self.kind

    def js_iter(self) -> Iterator[JSValue]:
        return self.items

    @method
    def next(self, _sent: JSValue = None) -> JSValue:
        for item in self.items:
            return plain({"value": item, "done": False})
        return plain({"value": None, "done": True})

    @method("toArray")
    def to_array(self) -> JSValue:
        from .jsarray import JSArray

        return JSArray(self.items)


def entries_iterator(pairs: Iterable[tuple[JSValue, JSValue]], kind: str = "Iterator") -> IteratorObject:
    """An iterator over ``[key, value]`` arrays."""
    from .jsarray import JSArray

    return IteratorObject((JSArray(pair) for pair in pairs), kind)

"""The iterator objects that ``entries()``, ``keys()`` and ``values()`` of Headers, FormData and
URLSearchParams return.
"""

from __future__ import annotations

from collections.abc import Iterator

from doris.js import JSObject, JSValue, method, plain


class ItemIterator(JSObject, name="Iterator"):
    """An iterator over what a Python iterator gives. workerd has one interface for each kind of item."""

    def __init__(self, items: Iterator[JSValue]) -> None:
        self._items = items

    @method
    def next(self) -> JSValue:
        for item in self._items:
            return plain({"done": False, "value": item})
        return plain({"done": True, "value": None})

    @method("return")
    def return_(self, value: JSValue = None) -> JSValue:
        self._items = iter(())
        return plain({"done": True, "value": value})

    def js_iter(self) -> Iterator[JSValue]:
        """The rest of the items."""
        return self._items


class EntryIterator(ItemIterator, name="EntryIterator"):
    """What ``entries()`` returns."""


class KeyIterator(ItemIterator, name="KeyIterator"):
    """What ``keys()`` returns."""


class ValueIterator(ItemIterator, name="ValueIterator"):
    """What ``values()`` returns."""

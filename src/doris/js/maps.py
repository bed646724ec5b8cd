"""``Map``, ``Set`` and ``WeakMap``.

Source of the rules: ECMAScript 2026, chapter 24.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .equality import map_key
from .errors import type_error
from .members import constructor, getter, method
from .objects import JSObject, JSValue, iterate, null
from .operations import call, get
from .plain import IteratorObject, entries_iterator


class MapObject(JSObject, name="Map"):
    """``Map``."""

    def __init__(self, pairs: Iterable[tuple[JSValue, JSValue]] = ()) -> None:
        self.table: dict[Any, tuple[JSValue, JSValue]] = {map_key(key): (key, value) for key, value in pairs}

    @constructor
    def construct(cls, source: JSValue = None) -> JSValue:
        made = cls()  # type: ignore[operator]
        if source is not None and source is not null:
            for entry in iterate(source):
                made.table[map_key(get(entry, "0"))] = (get(entry, "0"), get(entry, "1"))
        return made

    @getter
    def size(self) -> int:
        return len(self.table)

    @method
    def get(self, key: JSValue = None) -> JSValue:
        found = self.table.get(map_key(key))
        return found[1] if found else None

    @method
    def set(self, key: JSValue = None, value: JSValue = None) -> JSValue:
        self.table[map_key(key)] = (key, value)
        return self

    @method
    def has(self, key: JSValue = None) -> bool:
        return map_key(key) in self.table

    @method
    def delete(self, key: JSValue = None) -> bool:
        return self.table.pop(map_key(key), None) is not None

    @method
    def clear(self) -> None:
        self.table.clear()

    @method
    def keys(self) -> JSValue:
        return IteratorObject((key for key, _ in self.table.values()), "Map Iterator")

    @method
    def values(self) -> JSValue:
        return IteratorObject((value for _, value in self.table.values()), "Map Iterator")

    @method
    def entries(self) -> JSValue:
        return entries_iterator(self.table.values(), "Map Iterator")

    @method("forEach")
    def for_each(self, function: JSValue = None) -> None:
        for key, value in list(self.table.values()):
            call(function, None, value, key, self)

    def js_iter(self) -> Iterator[JSValue]:
        return self.entries().items  # type: ignore[no-any-return]


class SetObject(JSObject, name="Set"):
    """``Set``."""

    def __init__(self, items: Iterable[JSValue] = ()) -> None:
        self.table: dict[Any, JSValue] = {map_key(item): item for item in items}

    @constructor
    def construct(cls, source: JSValue = None) -> JSValue:
        return SetObject(() if source is None or source is null else iterate(source))

    @getter
    def size(self) -> int:
        return len(self.table)

    @method
    def add(self, item: JSValue = None) -> JSValue:
        self.table[map_key(item)] = item
        return self

    @method
    def has(self, item: JSValue = None) -> bool:
        return map_key(item) in self.table

    @method
    def delete(self, item: JSValue = None) -> bool:
        found = map_key(item) in self.table
        self.table.pop(map_key(item), None)
        return found

    @method
    def clear(self) -> None:
        self.table.clear()

    @method
    def values(self) -> JSValue:
        return IteratorObject(iter(self.table.values()), "Set Iterator")

    @method
    def keys(self) -> JSValue:
        return self.values()

    @method
    def entries(self) -> JSValue:
        return entries_iterator(((item, item) for item in self.table.values()), "Set Iterator")

    @method("forEach")
    def for_each(self, function: JSValue = None) -> None:
        for item in list(self.table.values()):
            call(function, None, item, item, self)

    def js_iter(self) -> Iterator[JSValue]:
        return iter(self.table.values())


class WeakMapObject(JSObject, name="WeakMap"):
    """``WeakMap``: like a Map with objects for keys (they are kept alive here, which a program cannot
    tell)."""

    def __init__(self) -> None:
        self.table: dict[int, tuple[JSObject, JSValue]] = {}

    @constructor
    def construct(cls, _source: JSValue = None) -> JSValue:
        return WeakMapObject()

    @method
    def get(self, key: JSValue = None) -> JSValue:
        found = self.table.get(id(key))
        return found[1] if found else None

    @method
    def set(self, key: JSValue = None, value: JSValue = None) -> JSValue:
        if not isinstance(key, JSObject):
            raise type_error("Invalid value used as weak map key")
        self.table[id(key)] = (key, value)
        return self

    @method
    def has(self, key: JSValue = None) -> bool:
        return id(key) in self.table

    @method
    def delete(self, key: JSValue = None) -> bool:
        return self.table.pop(id(key), None) is not None

"""``Array``.

Source of the rules: ECMAScript 2026, section 23.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .equality import same_value_zero, strictly_equal
from .errors import range_error, type_error
from .members import constructor, method, static
from .objects import JSObject, JSValue, PropertyKey, Symbol, is_array_index, iterate, null, order_keys
from .operations import call, is_callable, is_number, to_boolean, to_integer, to_string
from .plain import IteratorObject, entries_iterator


class JSArray(JSObject, name="Array"):
    """``Array``; the elements are in ``items``."""

    def __init__(self, items: Iterable[JSValue] = ()) -> None:
        self.items: list[JSValue] = list(items)

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        if len(args) == 1 and is_number(args[0]):
            if args[0] != int(args[0]) or not 0 <= args[0] < 2**32:
                raise range_error("Invalid array length")
            return JSArray([None] * int(args[0]))
        return JSArray(args)

    # -- object protocol -------------------------------------------------------------------------------------

    def js_get(self, key: PropertyKey) -> JSValue:
        if key == "length":
            return len(self.items)
        if is_array_index(key):
            index = int(key)  # type: ignore[arg-type]
            return self.items[index] if index < len(self.items) else None
        return super().js_get(key)

    def js_set(self, key: PropertyKey, value: JSValue) -> None:
        if key == "length":
            length = to_integer(value)
            self.items[length:] = [None] * max(0, length - len(self.items))
        elif is_array_index(key):
            index = int(key)  # type: ignore[arg-type]
            if index >= len(self.items):
                self.items.extend([None] * (index + 1 - len(self.items)))
            self.items[index] = value
        else:
            super().js_set(key, value)

    def js_has(self, key: PropertyKey) -> bool:
        if is_array_index(key):
            return int(key) < len(self.items)  # type: ignore[arg-type]
        return key == "length" or super().js_has(key)

    def js_delete(self, key: PropertyKey) -> bool:
        if is_array_index(key) and int(key) < len(self.items):  # type: ignore[arg-type]
            self.items[int(key)] = None  # type: ignore[arg-type]
            return True
        return super().js_delete(key)

    def js_own_keys(self) -> list[PropertyKey]:
        return [*(str(index) for index in range(len(self.items))), *order_keys(list(self._props or ()))]

    def js_is_own_enumerable(self, key: PropertyKey) -> bool:
        return is_array_index(key) or super().js_is_own_enumerable(key)

    def js_to_string(self) -> str:
        return self.join()

    def js_iter(self) -> Iterator[JSValue]:
        return iter(self.items)

    # -- methods ---------------------------------------------------------------------------------------------

    @static("isArray")
    def is_array(cls, value: JSValue = None) -> bool:
        return isinstance(value, JSArray)

    @static
    def of(cls, *items: JSValue) -> JSValue:
        return JSArray(items)

    @static("from")
    def from_(cls, source: JSValue = None, mapper: JSValue = None) -> JSValue:
        items = list(array_like(source))
        if is_callable(mapper):
            items = [call(mapper, None, item, index) for index, item in enumerate(items)]
        return JSArray(items)

    @method
    def push(self, *items: JSValue) -> int:
        self.items.extend(items)
        return len(self.items)

    @method
    def pop(self) -> JSValue:
        return self.items.pop() if self.items else None

    @method
    def shift(self) -> JSValue:
        return self.items.pop(0) if self.items else None

    @method
    def unshift(self, *items: JSValue) -> int:
        self.items[:0] = items
        return len(self.items)

    @method
    def join(self, separator: JSValue = None) -> str:
        between = "," if separator is None else to_string(separator)
        return between.join("" if item is None or item is null else to_string(item) for item in self.items)

    @method("toString")
    def to_js_text(self) -> str:
        return self.join()

    @method
    def slice(self, start: JSValue = None, end: JSValue = None) -> JSValue:
        return JSArray(self.items[relative_slice(len(self.items), start, end)])

    @method
    def splice(self, start: JSValue = None, count: JSValue = None, *new: JSValue) -> JSValue:
        begin = relative_index(len(self.items), start)
        number = len(self.items) - begin if count is None else max(0, to_integer(count))
        taken = self.items[begin : begin + number]
        self.items[begin : begin + number] = new
        return JSArray(taken)

    @method
    def concat(self, *others: JSValue) -> JSValue:
        result = list(self.items)
        for other in others:
            result.extend(other.items if isinstance(other, JSArray) else [other])
        return JSArray(result)

    @method
    def flat(self, depth: JSValue = None) -> JSValue:
        return JSArray(_flattened(self.items, 1 if depth is None else to_integer(depth)))

    @method
    def includes(self, wanted: JSValue = None) -> bool:
        return any(same_value_zero(item, wanted) for item in self.items)

    @method("indexOf")
    def index_of(self, wanted: JSValue = None) -> int:
        return next((index for index, item in enumerate(self.items) if strictly_equal(item, wanted)), -1)

    @method
    def reverse(self) -> JSValue:
        self.items.reverse()
        return self

    @method
    def sort(self, compare: JSValue = None) -> JSValue:
        import functools

        if is_callable(compare):
            self.items.sort(key=functools.cmp_to_key(lambda a, b: int(call(compare, None, a, b))))
        else:
            self.items.sort(key=lambda item: to_string(item).encode("utf-16-be", "surrogatepass"))
        return self

    @method
    def at(self, index: JSValue = None) -> JSValue:
        position = to_integer(index)
        return self.items[position] if -len(self.items) <= position < len(self.items) else None

    @method
    def fill(self, value: JSValue = None, start: JSValue = None, end: JSValue = None) -> JSValue:
        for index in range(*relative_slice(len(self.items), start, end).indices(len(self.items))):
            self.items[index] = value
        return self

    @method
    def map(self, function: JSValue = None) -> JSValue:
        return JSArray([call(function, None, item, index, self) for index, item in enumerate(self.items)])

    @method
    def filter(self, function: JSValue = None) -> JSValue:
        return JSArray(
            [
                item
                for index, item in enumerate(self.items)
                if to_boolean(call(function, None, item, index, self))
            ]
        )

    @method("forEach")
    def for_each(self, function: JSValue = None) -> None:
        for index, item in enumerate(list(self.items)):
            call(function, None, item, index, self)

    @method
    def find(self, function: JSValue = None) -> JSValue:
        return next(
            (item for i, item in enumerate(self.items) if to_boolean(call(function, None, item, i, self))),
            None,
        )

    @method
    def some(self, function: JSValue = None) -> bool:
        return any(to_boolean(call(function, None, item, i, self)) for i, item in enumerate(self.items))

    @method
    def every(self, function: JSValue = None) -> bool:
        return all(to_boolean(call(function, None, item, i, self)) for i, item in enumerate(self.items))

    @method
    def reduce(self, function: JSValue = None, *initial: JSValue) -> JSValue:
        items = list(self.items)
        if not initial and not items:
            raise type_error("Reduce of empty array with no initial value")
        total = initial[0] if initial else items.pop(0)
        for index, item in enumerate(items, 0 if initial else 1):
            total = call(function, None, total, item, index, self)
        return total

    @method
    def keys(self) -> JSValue:
        return IteratorObject(iter(range(len(self.items))), "Array Iterator")

    @method
    def values(self) -> JSValue:
        return IteratorObject(iter(self.items), "Array Iterator")

    @method
    def entries(self) -> JSValue:
        return entries_iterator(enumerate(self.items), "Array Iterator")


def _flattened(items: list[JSValue], depth: int) -> Iterator[JSValue]:
    for item in items:
        if isinstance(item, JSArray) and depth > 0:
            yield from _flattened(item.items, depth - 1)
        else:
            yield item


def array_like(source: JSValue) -> Iterator[JSValue]:
    """The items of an iterable or of an object with a length."""
    if isinstance(source, str) or (isinstance(source, JSObject) and _iterable(source)):
        yield from iterate(source)
    elif isinstance(source, JSObject):
        for index in range(to_integer(source.js_get("length"))):
            yield source.js_get(str(index))
    elif source is None or source is null:
        raise type_error(f"{to_string(source)} is not iterable")


def _iterable(value: JSObject) -> bool:
    return hasattr(value, "js_iter") or is_callable(value.js_get(Symbol.iterator))


def relative_index(length: int, value: JSValue, default: int = 0) -> int:
    """An index argument: negative counts from the end, clamped to the length."""
    if value is None:
        return default
    index = to_integer(value)
    return max(0, length + index) if index < 0 else min(index, length)


def relative_slice(length: int, start: JSValue, end: JSValue) -> slice:
    """Start and end arguments as a Python slice."""
    return slice(relative_index(length, start), relative_index(length, end, length))

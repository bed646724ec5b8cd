"""The typed arrays.

Source of the rules: ECMAScript 2026, section 23.2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from .buffers import ArrayBuffer, BufferView
from .equality import same_value_zero
from .errors import range_error, type_error
from .jsarray import array_like, relative_slice
from .members import constructor, getter, method, static
from .objects import BigInt, JSObject, JSValue, PropertyKey, is_array_index
from .operations import call, is_callable, is_number, to_boolean, to_integer, to_number, to_string
from .plain import IteratorObject, entries_iterator


class TypedArray(BufferView, name="TypedArray"):
    """What all typed arrays share. A subclass has the ``struct`` format of an element and how a value is
    made to fit."""

    code: ClassVar[str] = "B"
    width: ClassVar[int] = 1

    @classmethod
    def of_bytes(cls, data: bytes | bytearray | memoryview) -> Any:
        """A new array over a copy of the bytes."""
        return cls(ArrayBuffer(bytearray(data)))

    @classmethod
    def of_values(cls, values: Iterable[JSValue]) -> Any:
        """A new array of these values."""
        items = list(values)
        made = cls(ArrayBuffer(bytearray(len(items) * cls.width)))
        for index, item in enumerate(items):
            made.put(index, item)
        return made

    @constructor
    def construct(cls, source: JSValue = None, offset: JSValue = None, length: JSValue = None) -> JSValue:
        kind: Any = cls
        if isinstance(source, ArrayBuffer):
            start = to_integer(offset)
            if start % kind.width:
                raise range_error(
                    f"start offset of {kind.interface.name} should be a multiple of {kind.width}"
                )
            if start > len(source.data):
                raise range_error(f"Start offset {start} is outside the bounds of the buffer")
            size = None if length is None else to_integer(length) * kind.width
            if size is None and (len(source.data) - start) % kind.width:
                raise range_error(
                    f"byte length of {kind.interface.name} should be a multiple of {kind.width}"
                )
            if size is not None and start + size > len(source.data):
                raise range_error(f"Invalid typed array length: {to_integer(length)}")
            return kind(source, start, size)
        if isinstance(source, JSObject):
            return kind.of_values(
                source.values_list() if isinstance(source, TypedArray) else array_like(source)
            )
        count = to_integer(source) if source is not None else 0
        if count < 0:
            raise range_error(f"Invalid typed array length: {count}")
        return kind(ArrayBuffer(bytearray(count * kind.width)))

    # -- elements --------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return self.size // self.width

    def values_list(self) -> list[JSValue]:
        """The elements."""
        return [self.wrap(value) for (value,) in struct.iter_unpack(f"<{self.code}", self.view())]

    def at_index(self, index: int) -> JSValue:
        """The element at an index inside the bounds."""
        return self.wrap(
            struct.unpack_from(f"<{self.code}", self.of.data, self.offset + index * self.width)[0]
        )

    def put(self, index: int, value: JSValue) -> None:
        """Set an element, made to fit as JavaScript does it (integers wrap)."""
        struct.pack_into(f"<{self.code}", self.of.data, self.offset + index * self.width, self.fit(value))

    def wrap(self, value: Any) -> JSValue:
        """An element as a JavaScript value."""
        return value

    def fit(self, value: JSValue) -> Any:
        """A JavaScript value as an element."""
        bits = 8 * self.width
        wrapped = to_integer(value) % (1 << bits)
        return wrapped - (1 << bits) if self.code.islower() and wrapped >= 1 << (bits - 1) else wrapped

    # -- object protocol -------------------------------------------------------------------------------------

    def js_get(self, key: PropertyKey) -> JSValue:
        if is_array_index(key):
            index = int(key)  # type: ignore[arg-type]
            return self.at_index(index) if index < len(self) else None
        return super().js_get(key)

    def js_set(self, key: PropertyKey, value: JSValue) -> None:
        if is_array_index(key):
            if int(key) < len(self):  # type: ignore[arg-type]
                self.put(int(key), value)  # type: ignore[arg-type]
            return
        super().js_set(key, value)

    def js_has(self, key: PropertyKey) -> bool:
        return int(key) < len(self) if is_array_index(key) else super().js_has(key)  # type: ignore[arg-type]

    def js_own_keys(self) -> list[PropertyKey]:
        return [*(str(index) for index in range(len(self))), *super().js_own_keys()]

    def js_is_own_enumerable(self, key: PropertyKey) -> bool:
        return is_array_index(key) or super().js_is_own_enumerable(key)

    def js_to_string(self) -> str:
        return self.join()

    def js_iter(self) -> Iterator[JSValue]:
        return iter(self.values_list())

    # -- methods ---------------------------------------------------------------------------------------------

    @getter
    def length(self) -> int:
        return len(self)

    @getter("BYTES_PER_ELEMENT")
    def bytes_per_element(self) -> int:
        return self.width

    @static("from")
    def from_(cls, source: JSValue = None, mapper: JSValue = None) -> JSValue:
        items = list(array_like(source))
        if is_callable(mapper):
            items = [call(mapper, None, item, index) for index, item in enumerate(items)]
        return cls.of_values(items)

    @static
    def of_(cls, *items: JSValue) -> JSValue:
        return cls.of_values(items)

    @method
    def join(self, separator: JSValue = None) -> str:
        between = "," if separator is None else to_string(separator)
        return between.join(to_string(value) for value in self.values_list())

    @method("toString")
    def to_js_text(self) -> str:
        return self.join()

    @method
    def slice(self, start: JSValue = None, end: JSValue = None) -> JSValue:
        part = relative_slice(len(self), start, end)
        return type(self).of_bytes(
            self.tobytes()[part.start * self.width : max(part.start, part.stop) * self.width]
        )

    @method
    def subarray(self, start: JSValue = None, end: JSValue = None) -> JSValue:
        part = relative_slice(len(self), start, end)
        count = max(0, part.stop - part.start)
        return type(self)(self.of, self.offset + part.start * self.width, count * self.width)

    @method
    def set(self, source: JSValue = None, offset: JSValue = None) -> None:
        items = source.values_list() if isinstance(source, TypedArray) else list(array_like(source))
        start = to_integer(offset) if offset is not None else 0
        if start < 0 or start + len(items) > len(self):
            raise range_error("offset is out of bounds")
        for index, item in enumerate(items, start):
            self.put(index, item)

    @method
    def fill(self, value: JSValue = None, start: JSValue = None, end: JSValue = None) -> JSValue:
        for index in range(*relative_slice(len(self), start, end).indices(len(self))):
            self.put(index, value)
        return self

    @method
    def at(self, index: JSValue = None) -> JSValue:
        position = to_integer(index)
        position += len(self) if position < 0 else 0
        return self.at_index(position) if 0 <= position < len(self) else None

    @method
    def includes(self, wanted: JSValue = None) -> bool:
        return any(same_value_zero(item, wanted) for item in self.values_list())

    @method("indexOf")
    def index_of(self, wanted: JSValue = None) -> int:
        return next(
            (i for i, item in enumerate(self.values_list()) if item == wanted and is_number(wanted)), -1
        )

    @method
    def map(self, function: JSValue = None) -> JSValue:
        return type(self).of_values(
            [call(function, None, item, i, self) for i, item in enumerate(self.values_list())]
        )

    @method
    def every(self, function: JSValue = None) -> bool:
        return all(
            to_boolean(call(function, None, item, i, self)) for i, item in enumerate(self.values_list())
        )

    @method
    def keys(self) -> JSValue:
        return IteratorObject(iter(range(len(self))), "Array Iterator")

    @method
    def values(self) -> JSValue:
        return IteratorObject(iter(self.values_list()), "Array Iterator")

    @method
    def entries(self) -> JSValue:
        return entries_iterator(enumerate(self.values_list()), "Array Iterator")


class Uint8Array(TypedArray, name="Uint8Array"):
    """``Uint8Array``."""

    def values_list(self) -> list[JSValue]:
        return list(self.view())

    @method("toHex")
    def to_hex(self) -> str:
        return self.tobytes().hex()

    @method("toBase64")
    def to_base64(self) -> str:
        import base64

        return base64.b64encode(self.tobytes()).decode()


class Uint8ClampedArray(TypedArray, name="Uint8ClampedArray"):
    """``Uint8ClampedArray``: values outside 0 to 255 are clamped, halves rounded to even."""

    def fit(self, value: JSValue) -> Any:
        number = to_number(value)
        return 0 if number != number else round(max(0, min(255, number)))


class Int8Array(TypedArray, name="Int8Array"):
    """``Int8Array``."""

    code = "b"


class Uint16Array(TypedArray, name="Uint16Array"):
    """``Uint16Array``."""

    code, width = "H", 2


class Int16Array(TypedArray, name="Int16Array"):
    """``Int16Array``."""

    code, width = "h", 2


class Uint32Array(TypedArray, name="Uint32Array"):
    """``Uint32Array``."""

    code, width = "I", 4


class Int32Array(TypedArray, name="Int32Array"):
    """``Int32Array``."""

    code, width = "i", 4


class _FloatArray(TypedArray, name="TypedArray"):
    def fit(self, value: JSValue) -> Any:
        number = float(to_number(value))
        try:
            struct.pack(f"<{self.code}", number)
        except OverflowError:
            return float("inf") if number > 0 else float("-inf")
        return number


class Float16Array(_FloatArray, name="Float16Array"):
    """``Float16Array``."""

    code, width = "e", 2

    def values_list(self) -> list[JSValue]:
        return [self.at_index(index) for index in range(len(self))]


class Float32Array(_FloatArray, name="Float32Array"):
    """``Float32Array``."""

    code, width = "f", 4


class Float64Array(_FloatArray, name="Float64Array"):
    """``Float64Array``."""

    code, width = "d", 8


class BigArray(TypedArray, name="TypedArray"):
    def wrap(self, value: Any) -> JSValue:
        return BigInt(value)

    def fit(self, value: JSValue) -> Any:
        if not isinstance(value, BigInt):
            raise type_error(f"Cannot convert {to_string(value)} to a BigInt")
        return super().fit(int(value))


class BigInt64Array(BigArray, name="BigInt64Array"):
    """``BigInt64Array``."""

    code, width = "q", 8


class BigUint64Array(BigArray, name="BigUint64Array"):
    """``BigUint64Array``."""

    code, width = "Q", 8


TYPED_ARRAYS: tuple[type[TypedArray], ...] = (
    Uint8Array, Uint8ClampedArray, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array,
    Float16Array, Float32Array,
    Float64Array, BigInt64Array, BigUint64Array,
)  # fmt: skip

"""``DataView``.

Source of the rules: ECMAScript 2026, section 25.3.
"""

from __future__ import annotations

import struct
from typing import Any

from .buffers import ArrayBuffer, BufferView
from .errors import range_error, type_error
from .members import constructor
from .objects import BigInt, JSValue
from .operations import to_boolean, to_integer
from .typedarrays import TYPED_ARRAYS, BigArray, TypedArray, Uint8ClampedArray


class DataView(BufferView, name="DataView"):
    """``DataView``."""

    @constructor
    def construct(cls, buffer: JSValue = None, offset: JSValue = None, length: JSValue = None) -> JSValue:
        if not isinstance(buffer, ArrayBuffer):
            raise type_error("First argument to DataView constructor must be an ArrayBuffer")
        start = to_integer(offset) if offset is not None else 0
        size = len(buffer.data) - start if length is None else to_integer(length)
        if start < 0 or start > len(buffer.data):
            raise range_error(f"Start offset {start} is outside the bounds of the buffer")
        if size < 0 or start + size > len(buffer.data):
            raise range_error(f"Invalid DataView length {size}")
        return DataView(buffer, start, size)


def _data_view_accessors() -> None:
    from .functions import NativeFunction

    for array in TYPED_ARRAYS:
        if array is Uint8ClampedArray:
            continue
        kind = array.interface.name.removesuffix("Array")

        def get(
            this: Any,
            offset: JSValue = None,
            little: JSValue = None,
            *_: JSValue,
            array: type[TypedArray] = array,
        ) -> JSValue:
            at = _in_view(this, offset, array.width)
            order = "<" if to_boolean(little) else ">"
            value = struct.unpack_from(order + array.code, this.of.data, at)[0]
            return BigInt(value) if issubclass(array, BigArray) else value

        def put(
            this: Any,
            offset: JSValue = None,
            value: JSValue = None,
            little: JSValue = None,
            *_: JSValue,
            array: type[TypedArray] = array,
        ) -> None:
            at = _in_view(this, offset, array.width)
            order = "<" if to_boolean(little) else ">"
            fitted = array(ArrayBuffer(b"")).fit(value)
            struct.pack_into(order + array.code, this.of.data, at, fitted)

        DataView.interface.methods[f"get{kind}"] = NativeFunction(f"get{kind}", get)
        DataView.interface.methods[f"set{kind}"] = NativeFunction(f"set{kind}", put)


def _in_view(view: Any, offset: JSValue, width: int) -> int:
    at = to_integer(offset)
    if at < 0 or at + width > view.size:
        raise range_error("Offset is outside the bounds of the DataView")
    return int(view.offset + at)


_data_view_accessors()

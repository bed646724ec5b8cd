"""ArrayBuffer and what all views of one share.

Source of the rules: ECMAScript 2026, section 25.1.
"""

from __future__ import annotations

from .errors import range_error
from .jsarray import relative_slice
from .members import constructor, getter, method, static
from .objects import JSObject, JSValue
from .operations import to_integer


class ArrayBuffer(JSObject, name="ArrayBuffer"):
    """``ArrayBuffer``; the bytes are in ``data``."""

    def __init__(self, data: bytes | bytearray | memoryview = b"") -> None:
        self.data = data if isinstance(data, bytearray) else bytearray(data)

    @constructor
    def construct(cls, length: JSValue = None) -> JSValue:
        count = to_integer(length)
        if count < 0:
            raise range_error("Invalid array buffer length")
        return ArrayBuffer(bytearray(count))

    @getter("byteLength")
    def byte_length(self) -> int:
        return len(self.data)

    @static("isView")
    def is_view(cls, value: JSValue = None) -> bool:
        return isinstance(value, BufferView)

    @method
    def slice(self, start: JSValue = None, end: JSValue = None) -> JSValue:
        return ArrayBuffer(self.data[relative_slice(len(self.data), start, end)])


class BufferView(JSObject, name="ArrayBufferView"):
    """A view of an ArrayBuffer: ``offset`` and ``size`` are in bytes."""

    def __init__(self, buffer: ArrayBuffer, offset: int = 0, size: int | None = None) -> None:
        self.of = buffer
        self.offset = offset
        self.size = len(buffer.data) - offset if size is None else size

    @getter
    def buffer(self) -> ArrayBuffer:
        return self.of

    @getter("byteOffset")
    def byte_offset(self) -> int:
        return self.offset

    @getter("byteLength")
    def byte_length(self) -> int:
        return self.size

    def view(self) -> memoryview:
        """The bytes themselves, writable."""
        return memoryview(self.of.data)[self.offset : self.offset + self.size]

    def tobytes(self) -> bytes:
        """A copy of the bytes."""
        return bytes(self.of.data[self.offset : self.offset + self.size])


def bytes_of(value: JSValue) -> bytes | None:
    """The bytes of an ArrayBuffer, a view, or a PyProxy of a Python buffer; None for anything else."""
    if isinstance(value, ArrayBuffer):
        return bytes(value.data)
    if isinstance(value, BufferView):
        return value.tobytes()
    return None

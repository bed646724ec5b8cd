"""Python's view of ArrayBuffers and their views: `JsBuffer`."""

from __future__ import annotations

from typing import IO, Any

from . import proxy as p
from .buffers import ArrayBuffer, BufferView, TypedArray, bytes_of
from .proxy import JsProxy


class JsBuffer(JsProxy):
    """An ArrayBuffer or a view of one."""

    __slots__ = ()
    _js_type_flags = (p.IS_BUFFER,)

    def to_bytes(self) -> bytes:
        """A copy of the bytes."""
        return bytes_of(self._js) or b""

    def to_memoryview(self) -> memoryview:
        """A memoryview of a copy, with the element format of the array."""
        view = memoryview(bytearray(self.to_bytes()))
        return view.cast(self._js.code) if isinstance(self._js, TypedArray) and self._js.code not in "Be" else view

    def to_string(self, encoding: str | None = None) -> str:
        """The bytes decoded as text (UTF-8 unless told otherwise).

        Raises:
            ValueError: the bytes are not valid in the encoding.
        """
        return self.to_bytes().decode(encoding or "utf-8")

    def assign(self, rhs: Any) -> None:
        """Copy from a Python buffer of the same size."""
        self._writable()[:] = memoryview(rhs).cast("B")

    def assign_to(self, to: Any) -> None:
        """Copy into a writable Python buffer of the same size."""
        memoryview(to).cast("B")[:] = self.to_bytes()

    def to_file(self, file: IO[bytes]) -> None:
        """Write the bytes to a file."""
        file.write(self.to_bytes())

    def from_file(self, file: IO[bytes]) -> None:
        """Fill the buffer from a file."""
        view = self._writable()
        view[:] = file.read(len(view))

    def _into_file(self, file: IO[bytes]) -> None:
        self.to_file(file)

    def _writable(self) -> memoryview:
        js = self._js
        if isinstance(js, ArrayBuffer):
            return memoryview(js.data)
        assert isinstance(js, BufferView)
        return js.view()

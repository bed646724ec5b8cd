"""Python's view of ArrayBuffers and their views: `JsBuffer`."""

from __future__ import annotations

from typing import IO, Any

from . import flags as p
from .buffers import ArrayBuffer, BufferView, bytes_of
from .proxy import JsProxy
from .pybuffers import typed_memoryview


class JsBuffer(JsProxy):
    """An ArrayBuffer or a view of one."""

    __slots__ = ()
    _js_type_flags: tuple[int, ...] = (p.IS_BUFFER,)

    def to_bytes(self) -> bytes:
        """A copy of the bytes."""
        return bytes_of(self._js) or b""

    def to_memoryview(self) -> memoryview:
        """A memoryview of a copy, with the element format of the array."""
        return typed_memoryview(self._js)

    def to_string(self, encoding: str | None = None) -> str:
        """The bytes decoded as text (UTF-8 unless told otherwise).

        Raises:
            ValueError: the bytes are not valid in the encoding.
        """
        try:
            return self.to_bytes().decode(encoding or "utf-8")
        except UnicodeDecodeError:
            raise ValueError(f"Failed to decode Javascript TypedArray as {encoding or 'utf8'}") from None

    def assign(self, rhs: Any) -> None:
        """Copy from a Python buffer of the same size.

        Raises:
            ValueError: the sizes differ.
        """
        source, target = memoryview(rhs).cast("B"), self._writable()
        self._same_size("to", len(source), len(target))
        target[:] = source

    def assign_to(self, to: Any) -> None:
        """Copy into a writable Python buffer of the same size.

        Raises:
            ValueError: the sizes differ.
        """
        target = memoryview(to).cast("B")
        self._same_size("from", len(target), len(self.to_bytes()))
        target[:] = self.to_bytes()

    def _same_size(self, direction: str, python_length: int, js_length: int) -> None:
        # Pyodide's own text names the lengths the other way round.
        if python_length != js_length:
            other = "from" if direction == "to" else "to"
            raise ValueError(
                f"cannot assign {direction} TypedArray of length {python_length} "
                f"{other} buffer of length {js_length}"
            )

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

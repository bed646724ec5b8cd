"""Reading a stream of chunks as bytes: for bodies, for a tee of bytes, for the server."""

from __future__ import annotations

from doris.js import JSObject, JSValue, Promise, bytes_of, type_error
from doris.js.promise import start

from .native_source import BufferedReader, NativeSource
from .readable import ReadableStream, ReadRequest
from .readers import DefaultReader

NO_BYTES = "This ReadableStream did not return bytes."


class StreamReader(BufferedReader):
    """The bytes of any stream, which it locks.

    Raises:
        Throw: (from the constructor) a TypeError when the stream is locked already.
    """

    def __init__(self, stream: ReadableStream) -> None:
        super().__init__()
        self._reader = DefaultReader(stream)

    def next_piece(self) -> Promise:
        """A promise of the next chunk as Python ``bytes``, b"" at the end. Empty chunks are passed over."""
        promise = Promise()

        def chunk(value: JSValue) -> None:
            data = bytes_of(value) if isinstance(value, JSObject) else None
            if data is None:
                failure = type_error(NO_BYTES).value
                self._reader.cancel(failure).handled = True
                promise.reject_with(failure)
            elif data:
                promise.resolve_with(data)
            else:
                ask()

        def ask() -> None:
            self._reader.read_now(
                ReadRequest(chunk, lambda _value: promise.resolve_with(b""), promise.reject_with)
            )

        ask()
        return promise

    def cancel(self, reason: JSValue) -> None:
        """Cancel the stream."""
        self._reader.cancel(reason).handled = True


def read_all(stream: ReadableStream) -> Promise:
    """A promise of all the bytes of a stream as Python ``bytes``. The stream stays locked.

    Raises:
        Throw: a TypeError when the stream is locked.
    """
    reader = StreamReader(stream)
    if isinstance(stream.source, NativeSource):
        rest = stream.source.take_rest()
        if rest is not None:
            stream.disturbed = True
            stream.close_now()
            return Promise.resolved(rest)

    async def collect() -> JSValue:
        pieces = []
        while piece := await reader.next_piece():
            pieces.append(piece)
        return b"".join(pieces)

    return start(collect())

"""IdentityTransformStream and FixedLengthStream: bytes in, the same bytes out.

They are the platform's own: bytes and strings only, no queue in between. A write is done when a reader has
taken all of it.

Rules: workerd (identity-transform-stream).
"""

from __future__ import annotations

from doris.js import JSObject, JSValue, Promise, Throw, bytes_of, constructor, error, opt, type_error
from doris.js.operations import to_string

from ..arguments import Where, to_uint64
from .native_source import ByteReader, NativeSource
from .readable import ReadableStream
from .sink_controller import Sink, SinkController
from .strategy import Strategy
from .transform import TransformStream
from .writable import ERRORED, ERRORING, HAS_BEEN_CLOSED, WritableStream

_NOT_BYTES = (
    "This TransformStream is being used as a byte stream, but received an object of "
    "non-ArrayBuffer/ArrayBufferView type on its writable side."
)


def byte_chunk(chunk: JSValue) -> bytes | None:
    """The bytes of a chunk that a byte stream takes: a buffer or a string; None for anything else."""
    if isinstance(chunk, str):
        return chunk.encode("utf-8", "surrogatepass")
    return bytes_of(chunk) if isinstance(chunk, JSObject) else None


class BytePipe(ByteReader, Sink):
    """Both ends of an identity transform.

    Args:
        expected: How many bytes have to go through; None for any number.
    """

    def __init__(self, expected: int | None = None) -> None:
        self.length = expected
        self._data = memoryview(b"")
        self._written: Promise | None = None
        self._waiting: tuple[int, Promise] | None = None
        self._ended = False
        self._failure: list[JSValue] = []

    # -- the writing side ------------------------------------------------------------------------------------

    def check(self, chunk: JSValue) -> Throw | None:
        """Only bytes and strings may be written."""
        return type_error(_NOT_BYTES) if byte_chunk(chunk) is None else None

    def write(self, chunk: JSValue) -> JSValue:
        """Hand the bytes to the reader and wait until they are taken."""
        data = byte_chunk(chunk)
        assert data is not None
        if self._failure:
            raise Throw(self._failure[0])
        if not data:
            return None
        self._data = memoryview(data)
        self._written = Promise()
        self._serve()
        return self._written

    def close(self) -> JSValue:
        """The end of the bytes. A length that was announced and not reached is the reader's trouble."""
        self._ended = True
        self._serve()

    def abort(self, reason: JSValue) -> JSValue:
        """Fail the reader: with the reason, as an Error of its text when it is none."""
        self._fail(reason if isinstance(reason, JSObject) else error(to_string(reason)).value)

    def lose_connection(self) -> None:
        """The writer was aborted in the middle of a write."""
        self._data = memoryview(b"")
        self._fail(error("Network connection lost.").value)

    def _fail(self, reason: JSValue) -> None:
        if self._failure:
            return
        self._failure.append(reason)
        if self._waiting is not None:
            _, promise = self._waiting
            self._waiting = None
            promise.reject_with(reason)
        if self._written is not None:
            written, self._written = self._written, None
            written.reject_with(reason)

    # -- the reading side ------------------------------------------------------------------------------------

    def read(self, size: int) -> bytes | Promise:
        """What the writer offers, or a promise of what it will."""
        if self._failure:
            raise Throw(self._failure[0])
        if len(self._data) or self._ended:
            return self._take(size)
        promise = Promise()
        self._waiting = size, promise
        return promise

    def _serve(self) -> None:
        if self._waiting is None:
            return
        size, promise = self._waiting
        self._waiting = None
        try:
            promise.resolve_with(self._take(size))
        except Throw as failure:
            promise.reject_with(failure.value)

    def _take(self, size: int) -> bytes:
        fault = self._length_fault()
        if fault is not None:
            self._failure.append(type_error(fault).value)
            self._data = self._data[:0]
        part, self._data = self._data[:size].tobytes(), self._data[size:]
        if self.length is not None:
            self.length -= len(part)
        if not len(self._data) and self._written is not None:
            written, self._written = self._written, None
            written.resolve_with(None)
        if fault is not None:
            raise Throw(self._failure[0])
        return part

    def _length_fault(self) -> str | None:
        """How the bytes break the announced length, which is checked when they are read."""
        if self.length is None:
            return None
        if len(self._data) > self.length:
            return "Attempt to write too many bytes through a FixedLengthStream."
        if not len(self._data) and self.length:
            return "FixedLengthStream did not see all expected bytes before close()."
        return None

    def cancel(self, reason: JSValue) -> None:
        """The reader gave up: the write under way fails with its reason, or else the next one."""
        self._data = memoryview(b"")
        self._fail(reason if isinstance(reason, JSObject) else error(to_string(reason)).value)


class _ByteSinkController(SinkController):
    """Its ``desiredSize`` counts bytes when a high water mark was given and is 1 otherwise."""

    def __init__(self, pipe: BytePipe, mark: float | None) -> None:
        super().__init__(pipe, Strategy(mark, None if mark is None else _byte_length), started=True)
        self._pipe = pipe
        self._counted = mark is not None

    def wanted(self) -> float:
        return super().wanted() if self._counted else 1

    def check(self, chunk: JSValue) -> Throw | None:
        if self.stream.state in (ERRORED, ERRORING):
            return type_error(HAS_BEEN_CLOSED)  # workerd does not say why
        return super().check(chunk)

    def signal_abort(self, reason: JSValue) -> None:
        super().signal_abort(reason)
        if self.stream.write_in_flight is not None:
            # The write under way fails with the reason, the reader sees that the other end is gone.
            self.stream.write_in_flight.reject_with(reason)
            self._pipe.lose_connection()


def _byte_length(chunk: JSValue) -> float:
    return len(byte_chunk(chunk) or b"")


class IdentityTransformStream(TransformStream, name="IdentityTransformStream"):
    """``IdentityTransformStream``."""

    def __init__(self, mark: float | None = None, expected: int | None = None) -> None:
        pipe = BytePipe(expected)
        self.readable_side = ReadableStream(NativeSource(pipe))
        self.writable_side = WritableStream(_ByteSinkController(pipe, mark))

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        return IdentityTransformStream(_mark(Where("IdentityTransformStream"), args, 0))


class FixedLengthStream(IdentityTransformStream, name="FixedLengthStream"):
    """``FixedLengthStream``: as many bytes as announced have to go through."""

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        where = Where("FixedLengthStream")
        length = to_uint64(where.required(args, 0, "bigint"))
        return FixedLengthStream(_mark(where, args, 1), length)


def _mark(where: Where, args: tuple[JSValue, ...], index: int) -> float | None:
    options = where.dictionary(args, index, "QueuingStrategy")
    mark = opt(options, "highWaterMark")
    return None if mark is None else to_uint64(mark)

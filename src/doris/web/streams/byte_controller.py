"""ReadableByteStreamController: the queue behind ``new ReadableStream({type: "bytes", ...})``.

A "byob" read brings a view to be filled. While it waits the program sees it as ``controller.byobRequest`` and
may write into it directly instead of enqueueing.

Rules: the Streams standard, section 4.7.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

from doris.js import (
    ArrayBuffer,
    JSObject,
    JSValue,
    Promise,
    Uint8Array,
    constructor,
    getter,
    method,
    null,
    opt,
    range_error,
    type_error,
)
from doris.js.buffers import BufferView
from doris.js.operations import to_integer
from doris.js.typedarrays import TypedArray

from ..arguments import Where, argument, to_uint64
from .readable import ERRORED, READABLE, ReadableStream, ReadRequest, Source
from .strategy import Strategy
from .underlying import Functions, attempt


@dataclass
class _Wanted:
    """A read that waits with a view (or, for a default reader, with a buffer that the stream allocated)."""

    kind: Any
    buffer: ArrayBuffer
    offset: int
    size: int
    minimum: int
    request: ReadRequest
    filled: int = 0

    @property
    def width(self) -> int:
        return self.kind.width if issubclass(self.kind, TypedArray) else 1

    def result(self) -> JSValue:
        """The view over what was filled, whole elements only."""
        return self.kind(self.buffer, self.offset, self.filled - self.filled % self.width)


class ByteController(JSObject, Source, name="ReadableByteStreamController"):
    """``ReadableByteStreamController``."""

    byob = True

    def __init__(self, functions: Functions, strategy: Strategy, allocate: int | None) -> None:
        self._functions = functions
        self._mark = strategy.mark(0)
        self._allocate = allocate
        self._queue: deque[memoryview] = deque()
        self._total = 0
        self._wanted: deque[_Wanted] = deque()
        self._byob_request: BYOBRequest | None = None
        self._started = self._pulling = self._pull_again = self._close_requested = False

    @constructor
    def construct(cls) -> JSValue:
        raise type_error("Illegal constructor")

    @classmethod
    def stream_of(cls, underlying: JSObject | None, strategy: Strategy) -> ReadableStream:
        """A stream over an underlying byte source."""
        functions = Functions(underlying, "UnderlyingSource", "start", "pull", "cancel")
        size = opt(underlying, "autoAllocateChunkSize")
        allocate = None if size is None else to_uint64(size)
        if allocate == 0:
            raise type_error("The autoAllocateChunkSize option cannot be zero.")
        controller = cls(functions, strategy, allocate)
        stream = ReadableStream(controller)
        functions.attempt("start", controller).then_(controller._begin, controller.error_now)
        return stream

    def _begin(self, _value: JSValue) -> None:
        self._started = True
        self._pull_if_needed()

    # -- Source ----------------------------------------------------------------------------------------------

    def pull(self, request: ReadRequest) -> None:
        """Give the first queued chunk, or wait."""
        if self._queue:
            chunk = self._queue.popleft()
            self._total -= len(chunk)
            self._after_taking()
            request.chunk(Uint8Array.of_bytes(chunk))
            return
        if self._allocate is not None:
            buffer = ArrayBuffer(bytearray(self._allocate))
            self._wait(_Wanted(Uint8Array, buffer, 0, self._allocate, 1, request))
        else:
            self._wait(None, request)

    def pull_view(self, view: Any, minimum: int, request: ReadRequest) -> None:
        """Fill a view from the queue, or wait until the minimum is there."""
        wanted = _Wanted(type(view), view.of, view.offset, view.size, minimum, request)
        self._fill(wanted)
        if wanted.filled >= minimum:
            self._after_taking()
            request.chunk(wanted.result())
        else:
            self._wait(wanted)

    def _wait(self, wanted: _Wanted | None, request: ReadRequest | None = None) -> None:
        reader = self.stream.reader
        assert reader is not None
        if wanted is not None:
            self._wanted.append(wanted)
            request = wanted.request
        assert request is not None
        reader.requests.append(request)
        self._pull_if_needed()

    def cancel(self, reason: JSValue) -> Promise:
        """Drop everything and tell the underlying source."""
        self._drop()
        return self._functions.attempt("cancel", reason)

    def released(self) -> None:
        """Reads that wait are answered by the reader; their views are dropped."""
        self._wanted.clear()
        self._byob_request = None

    def tee(self) -> tuple[ReadableStream, ReadableStream]:
        """Two streams of the same bytes."""
        from .native_source import NativeSource
        from .stream_reader import StreamReader

        joined = ReadableStream(NativeSource(StreamReader(self.stream)))
        return joined.tee_now()

    # -- filling and pulling ---------------------------------------------------------------------------------

    def _fill(self, wanted: _Wanted) -> None:
        while self._queue and wanted.filled < wanted.size:
            chunk = self._queue[0]
            count = min(len(chunk), wanted.size - wanted.filled)
            at = wanted.offset + wanted.filled
            wanted.buffer.data[at : at + count] = chunk[:count]
            wanted.filled += count
            self._total -= count
            if count == len(chunk):
                self._queue.popleft()
            else:
                self._queue[0] = chunk[count:]

    def _after_taking(self) -> None:
        if self._close_requested and not self._queue:
            self.stream.close_now()
        else:
            self._pull_if_needed()

    def _serve(self) -> None:
        """Answer reads that wait from what is there now."""
        reader = self.stream.reader
        while reader is not None and reader.requests:
            wanted = (
                self._wanted[0] if self._wanted and self._wanted[0].request is reader.requests[0] else None
            )
            if wanted is None:
                if not self._queue:
                    return
                chunk = self._queue.popleft()
                self._total -= len(chunk)
                reader.requests.popleft().chunk(Uint8Array.of_bytes(chunk))
                continue
            self._fill(wanted)
            if wanted.filled < wanted.minimum:
                return
            self._wanted.popleft()
            self._byob_request = None
            reader.requests.popleft().chunk(wanted.result())

    def _wants_more(self) -> bool:
        if not self._started or self.stream.state is not READABLE or self._close_requested:
            return False
        reader = self.stream.reader
        return (reader is not None and bool(reader.requests)) or self._mark - self._total > 0

    def _pull_if_needed(self) -> None:
        if not self._wants_more() or not self._functions.has("pull"):
            return
        if self._pulling:
            self._pull_again = True
            return
        self._pulling = True
        attempt(self._functions.call, "pull", self).then_(self._pulled, self.error_now)

    def _pulled(self, _value: JSValue) -> None:
        self._pulling = False
        if self._pull_again:
            self._pull_again = False
            self._pull_if_needed()

    def _drop(self) -> None:
        self._queue.clear()
        self._total = 0
        self._wanted.clear()
        self._byob_request = None

    def responded(self, wanted: _Wanted, count: int) -> None:
        """The program wrote ``count`` bytes into the view of a read that waits."""
        if self._close_requested or self.stream.state is not READABLE:
            if count:
                raise type_error("The bytesWritten must be zero after the stream is closed.")
        elif count == 0:
            raise type_error("The bytesWritten must be more than zero while the stream is open.")
        if wanted.filled + count > wanted.size:
            raise range_error(f"Too many bytes [{count}] in response to a BYOB read request.")
        wanted.filled += count
        self._byob_request = None
        if count == 0:
            self._finish_close()
            return
        self._serve()
        self._pull_if_needed()

    def _finish_close(self) -> None:
        reader = self.stream.reader
        for wanted in list(self._wanted):
            if reader is not None and wanted.request in reader.requests:
                reader.requests.remove(wanted.request)
                wanted.request.close(wanted.kind(wanted.buffer, wanted.offset, 0))
        self._wanted.clear()
        self.stream.close_now()

    def error_now(self, reason: JSValue) -> None:
        """Fail."""
        if self.stream.state is READABLE:
            self._drop()
            self.stream.error_now(reason)

    # -- the interface ---------------------------------------------------------------------------------------

    @getter("byobRequest")
    def byob_request(self) -> JSValue:
        if self._byob_request is None and self._wanted:
            self._byob_request = BYOBRequest(self, self._wanted[0])
        return null if self._byob_request is None else self._byob_request

    @getter("desiredSize")
    def desired_size(self) -> JSValue:
        if self.stream.state is ERRORED:
            return null
        return self._mark - self._total if self.stream.state is READABLE else 0

    @method
    def enqueue(self, *args: JSValue) -> None:
        chunk = argument(args, 0)
        if isinstance(chunk, ArrayBuffer):
            data = bytes(chunk.data)
        elif isinstance(chunk, BufferView):
            data = chunk.tobytes()
        else:
            raise Where("ReadableByteStreamController", "enqueue").wrong(0, "BufferSource")
        if not data:
            raise type_error("Cannot enqueue a zero-length ArrayBuffer.")
        if self._close_requested or self.stream.state is not READABLE:
            raise type_error("This ReadableByteStreamController is closed.")
        self._byob_request = None
        self._queue.append(memoryview(data))
        self._total += len(data)
        self._serve()
        self._pull_if_needed()

    @method
    def close(self) -> None:
        if self._close_requested or self.stream.state is not READABLE:
            raise type_error("This ReadableByteStreamController is closed.")
        self._close_requested = True
        if not self._queue:
            self._finish_close()

    @method
    def error(self, reason: JSValue = None) -> None:
        self.error_now(reason)


class BYOBRequest(JSObject, name="ReadableStreamBYOBRequest"):
    """``ReadableStreamBYOBRequest``: the view of the read that waits first."""

    def __init__(self, controller: ByteController, wanted: _Wanted) -> None:
        self._controller = controller
        self._wanted: _Wanted | None = wanted
        self._view = Uint8Array(wanted.buffer, wanted.offset + wanted.filled, wanted.size - wanted.filled)

    @getter
    def view(self) -> JSValue:
        return null if self._wanted is None else self._view

    @getter("atLeast")
    def at_least(self) -> JSValue:
        return null if self._wanted is None else max(1, self._wanted.minimum - self._wanted.filled)

    @method
    def respond(self, count: JSValue = None) -> None:
        wanted = self._used()
        self._controller.responded(wanted, to_integer(count))
        self._wanted = None

    @method("respondWithNewView")
    def respond_with_new_view(self, view: JSValue = None) -> None:
        wanted = self._used()
        if not isinstance(view, BufferView):
            raise Where("ReadableStreamBYOBRequest", "respondWithNewView").wrong(0, "BufferSource")
        at = wanted.offset + wanted.filled
        wanted.buffer.data[at : at + view.size] = view.tobytes()
        self._controller.responded(wanted, view.size)
        self._wanted = None

    def _used(self) -> _Wanted:
        if self._wanted is None:
            raise type_error("This ReadableStreamBYOBRequest has been invalidated.")
        return self._wanted

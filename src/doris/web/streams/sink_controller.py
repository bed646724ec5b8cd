"""WritableStreamDefaultController: the queue in front of an underlying sink.

Rules: the Streams standard, section 5.4. Like workerd it begins a write at once when nothing is under way,
without waiting for a microtask, if the sink has no ``start`` to wait for."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from doris.js import JSObject, JSValue, Promise, Throw, constructor, getter, method, type_error

from ..abort import AbortController
from .chunk_queue import ChunkQueue
from .strategy import Strategy
from .underlying import Functions, attempt
from .writable import ERRORED, ERRORING, WRITABLE, WritableStream

_CLOSE: Any = object()


class Sink:
    """Where chunks go. Each method may return a promise, and may throw."""

    @abstractmethod
    def write(self, chunk: JSValue) -> JSValue:
        """Take a chunk."""

    def close(self) -> JSValue:
        """No more chunks."""

    def abort(self, reason: JSValue) -> JSValue:
        """The producer failed."""

    def check(self, chunk: JSValue) -> Throw | None:
        """Why a chunk is refused before it is queued, None when it is fine."""
        return None


class SinkController(JSObject, name="WritableStreamDefaultController"):
    """``WritableStreamDefaultController``."""

    stream: WritableStream

    def __init__(self, sink: Sink, strategy: Strategy, *, started: bool) -> None:
        self._sink: Sink | None = sink
        self._strategy = strategy
        self._mark = strategy.mark(1)
        self._queue = ChunkQueue()
        self._abort_controller = AbortController()
        self.started = started

    @constructor
    def construct(cls) -> JSValue:
        raise type_error("Illegal constructor")

    # -- for the stream --------------------------------------------------------------------------------------

    def start(self, started: Promise) -> None:
        """Begin to write once ``started`` is fulfilled."""

        def begin(_value: JSValue) -> None:
            self.started = True
            self._advance()

        def fail(reason: JSValue) -> None:
            self.started = True
            self.stream.deal_with_rejection(reason)

        started.then_(begin, fail)

    def check(self, chunk: JSValue) -> Throw | None:
        """Why the sink refuses a chunk at once, None when it does not."""
        return self._sink.check(chunk) if self._sink is not None else None

    def size_of(self, chunk: JSValue) -> float:
        """How much a chunk counts; a size function that throws makes the stream fail."""
        try:
            return self._strategy.size_of(chunk)
        except Throw as error:
            self._fail_if_needed(error.value)
            return 1

    def wanted(self) -> float:
        """How much more the queue would take before it is full."""
        return self._mark - self._queue.total

    def write(self, chunk: JSValue, size: float) -> None:
        """Queue a chunk; its promise is the last of the stream's write requests."""
        try:
            self._queue.push(chunk, size)
        except Throw as error:
            self._fail_if_needed(error.value)
            return
        self._update_backpressure()
        self._advance()

    def close(self) -> None:
        """Queue the close."""
        self._queue.push(_CLOSE, 0)
        self._advance()

    def abort(self, reason: JSValue) -> Promise:
        """Tell the sink that the producer failed."""
        sink, self._sink = self._sink, None
        return Promise.resolved(None) if sink is None else attempt(sink.abort, reason)

    def clear(self) -> None:
        """Drop the queue."""
        self._queue.clear()

    def signal_abort(self, reason: JSValue) -> None:
        """Abort the signal that the sink may listen to."""
        self._abort_controller.signal.abort_now(reason)

    def drop_waiting_writes(self, reason: JSValue) -> None:
        """Reject the writes that have not begun and forget their chunks; a close that waits stays."""
        if not self.stream.write_requests:
            return
        while self.stream.write_requests:
            self.stream.write_requests.popleft().reject_with(reason)
        self._queue.clear()
        if self.stream.write_in_flight is not None:
            self._queue.push(None, 1)  # `_written` takes it out again
        if self.stream.close_request is not None:
            self._queue.push(_CLOSE, 0)
        if self.stream.state is WRITABLE and not self.stream.closing:
            self._update_backpressure()

    def _update_backpressure(self) -> None:
        if self.stream.state is WRITABLE and not self.stream.closing:
            self.stream.update_backpressure(self.wanted() <= 0)

    def _fail_if_needed(self, reason: JSValue) -> None:
        if self.stream.state is WRITABLE:
            self._sink = None
            self.stream.start_erroring(reason)

    def _advance(self) -> None:
        stream = self.stream
        if not self.started or stream.busy:
            return
        if stream.state is ERRORING:
            stream.finish_erroring()
        elif stream.state is not ERRORED and len(self._queue):
            if self._queue.peek() is _CLOSE:
                self._begin_close()
            else:
                self._begin_write(self._queue.peek())

    def _begin_write(self, chunk: JSValue) -> None:
        stream = self.stream
        stream.write_in_flight = stream.write_requests.popleft()
        assert self._sink is not None
        attempt(self._sink.write, chunk).then_(self._written, self._write_failed)

    def _written(self, _value: JSValue) -> None:
        self.stream.write_done()
        if len(self._queue):
            self._queue.pop()
        self._update_backpressure()
        self._advance()

    def _write_failed(self, reason: JSValue) -> None:
        if self.stream.state is WRITABLE:
            self._sink = None
        self.stream.write_failed(reason)

    def _begin_close(self) -> None:
        stream = self.stream
        stream.close_in_flight, stream.close_request = stream.close_request, None
        self._queue.pop()
        sink, self._sink = self._sink, None
        assert sink is not None
        attempt(sink.close).then_(lambda _value: stream.close_done(), stream.close_failed)

    # -- the interface ---------------------------------------------------------------------------------------

    @getter
    def signal(self) -> JSValue:
        return self._abort_controller.signal

    @method
    def error(self, reason: JSValue = None) -> None:
        self._fail_if_needed(reason)


class _ProgramSink(Sink):
    """The underlying sink of ``new WritableStream(...)``."""

    def __init__(self, underlying: JSObject | None) -> None:
        self.functions = Functions(underlying, "UnderlyingSink", "start", "write", "close", "abort")
        self.controller: SinkController | None = None

    def write(self, chunk: JSValue) -> JSValue:
        return self.functions.call("write", chunk, self.controller)

    def close(self) -> JSValue:
        return self.functions.call("close")

    def abort(self, reason: JSValue) -> JSValue:
        return self.functions.call("abort", reason)


def stream_of_sink(underlying: JSObject | None, strategy: Strategy) -> WritableStream:
    """A stream into an underlying sink.

    Raises:
        Throw: a TypeError for members of a wrong type.
    """
    sink = _ProgramSink(underlying)
    controller = sink.controller = SinkController(sink, strategy, started=not sink.functions.has("start"))
    stream = WritableStream(controller)
    stream.backpressure = controller.wanted() <= 0
    if not controller.started:
        controller.start(sink.functions.attempt("start", controller))
    return stream

"""WritableStream and its writer.

Chunks go through a `sink_controller.SinkController`, which keeps the queue; the stream keeps the state and
the promises of writes under way. States: writable, erroring (failed, but a write is still under way),
errored, closed.

Rules: the Streams standard, section 5. workerd differs: releasing a writer drops the writes that have not
begun."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from doris.js import JSObject, JSValue, Promise, constructor, getter, method, null, type_error

from ..arguments import Where
from .strategy import strategy_of

if TYPE_CHECKING:
    from .sink_controller import SinkController

WRITABLE, ERRORING, ERRORED, CLOSED = "writable", "erroring", "errored", "closed"

LOCKED = "This WritableStream is currently locked to a writer."
RELEASED = "This WritableStream writer has been released."
HAS_BEEN_CLOSED = "This WritableStream has been closed."


class WritableStream(JSObject, name="WritableStream"):
    """``WritableStream``."""

    def __init__(self, controller: SinkController) -> None:
        self.state = WRITABLE
        self.stored_error: JSValue = None
        self.writer: Writer | None = None
        self.controller = controller
        self.backpressure = False
        #: Promises of writes that wait in the queue, of the one under way, of the close.
        self.write_requests: deque[Promise] = deque()
        self.write_in_flight: Promise | None = None
        self.close_request: Promise | None = None
        self.close_in_flight: Promise | None = None
        self._abort: tuple[Promise, JSValue, bool] | None = None
        controller.stream = self

    # -- for the platform ------------------------------------------------------------------------------------

    @property
    def closing(self) -> bool:
        """Whether close() was called already."""
        return self.close_request is not None or self.close_in_flight is not None

    @property
    def busy(self) -> bool:
        """Whether the sink has a write or the close under way."""
        return self.write_in_flight is not None or self.close_in_flight is not None

    def write_now(self, chunk: JSValue) -> Promise:
        """Queue a chunk, whoever holds the lock."""
        refused = self.controller.check(chunk)
        if refused is not None:
            return Promise.rejected(refused)
        size = self.controller.size_of(chunk)
        if self.state is ERRORED or self.state is ERRORING:
            return Promise.rejected(self.stored_error)
        if self.closing or self.state is CLOSED:
            return Promise.rejected(type_error(HAS_BEEN_CLOSED))
        promise = Promise()
        self.write_requests.append(promise)
        self.controller.write(chunk, size)
        return promise

    def close_now(self) -> Promise:
        """Close once the queue is empty, whoever holds the lock."""
        if self.closing or self.state is CLOSED:
            return Promise.rejected(type_error(HAS_BEEN_CLOSED))
        if self.state is ERRORED:
            return Promise.rejected(self.stored_error)
        promise = self.close_request = Promise()
        if self.writer is not None and self.backpressure and self.state is WRITABLE:
            self.writer.ready_promise.resolve_with(None)
        self.controller.close()
        return promise

    def abort_now(self, reason: JSValue) -> Promise:
        """Fail with a reason, whoever holds the lock."""
        if self.state is CLOSED or self.state is ERRORED:
            return Promise.resolved(None)
        self.controller.signal_abort(reason)
        if self.state is CLOSED or self.state is ERRORED:
            return Promise.resolved(None)  # a listener of the signal settled it
        if self._abort is not None:
            return self._abort[0]
        was_erroring = self.state is ERRORING
        promise = Promise()
        self._abort = promise, None if was_erroring else reason, was_erroring
        if not was_erroring:
            self.start_erroring(reason)
        return promise

    def start_erroring(self, reason: JSValue) -> None:
        """Fail: at once, or when the write under way is done."""
        self.state, self.stored_error = ERRORING, reason
        if self.writer is not None:
            self.writer.ready_fails(reason)
        if not self.busy and self.controller.started:
            self.finish_erroring()

    def finish_erroring(self) -> None:
        """Nothing is under way any more: reject what waits and run the sink's abort."""
        self.state = ERRORED
        self.controller.clear()
        reason = self.stored_error
        while self.write_requests:
            self.write_requests.popleft().reject_with(reason)
        if self._abort is None:
            self._reject_close_and_closed()
            return
        promise, abort_reason, was_erroring = self._abort
        self._abort = None
        if was_erroring:
            promise.reject_with(reason)
            self._reject_close_and_closed()
            return

        def done(_value: JSValue) -> None:
            promise.resolve_with(None)
            self._reject_close_and_closed()

        def failed(failure: JSValue) -> None:
            promise.reject_with(failure)
            self._reject_close_and_closed()

        self.controller.abort(abort_reason).then_(done, failed)

    def _reject_close_and_closed(self) -> None:
        if self.close_request is not None:
            self.close_request.reject_with(self.stored_error)
            self.close_request = None
        if self.writer is not None:
            self.writer.closed_promise.reject_with(self.stored_error)

    def deal_with_rejection(self, reason: JSValue) -> None:
        """The sink failed."""
        if self.state is WRITABLE:
            self.start_erroring(reason)
        elif self.state is ERRORING:
            self.finish_erroring()

    def update_backpressure(self, backpressure: bool) -> None:
        """The queue went over its mark, or below it."""
        if self.writer is not None and backpressure is not self.backpressure:
            if backpressure:
                self.writer.ready_promise = _quiet(Promise())
            else:
                self.writer.ready_promise.resolve_with(None)
        self.backpressure = backpressure

    def write_done(self) -> None:
        """The write under way succeeded."""
        promise, self.write_in_flight = self.write_in_flight, None
        assert promise is not None
        promise.resolve_with(None)

    def write_failed(self, reason: JSValue) -> None:
        """The write under way failed."""
        promise, self.write_in_flight = self.write_in_flight, None
        assert promise is not None
        promise.reject_with(reason)
        self.deal_with_rejection(reason)

    def close_done(self) -> None:
        """The close succeeded."""
        promise, self.close_in_flight = self.close_in_flight, None
        assert promise is not None
        promise.resolve_with(None)
        if self.state is ERRORING:
            self.stored_error = None
            if self._abort is not None:
                self._abort[0].resolve_with(None)
                self._abort = None
        self.state = CLOSED
        if self.writer is not None:
            self.writer.closed_promise.resolve_with(None)

    def close_failed(self, reason: JSValue) -> None:
        """The close failed."""
        promise, self.close_in_flight = self.close_in_flight, None
        assert promise is not None
        promise.reject_with(reason)
        if self._abort is not None:
            self._abort[0].reject_with(reason)
            self._abort = None
        self.deal_with_rejection(reason)

    # -- the interface ---------------------------------------------------------------------------------------

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        from .sink_controller import stream_of_sink

        where = Where("WritableStream")
        return stream_of_sink(where.dictionary(args, 0, "UnderlyingSink"), strategy_of(where, args, 1))

    @getter
    def locked(self) -> bool:
        return self.writer is not None

    @method
    def abort(self, reason: JSValue = None) -> JSValue:
        return Promise.rejected(type_error(LOCKED)) if self.writer is not None else self.abort_now(reason)

    @method
    def close(self) -> JSValue:
        return Promise.rejected(type_error(LOCKED)) if self.writer is not None else self.close_now()

    @method("getWriter")
    def get_writer(self) -> JSValue:
        return Writer(self)


class Writer(JSObject, name="WritableStreamDefaultWriter"):
    """``WritableStreamDefaultWriter``. `stream` is None once the lock was released."""

    def __init__(self, stream: WritableStream) -> None:
        if stream.writer is not None:
            raise type_error(LOCKED)
        self.stream: WritableStream | None = stream
        self.closed_promise = _quiet(Promise())
        self.ready_promise = _quiet(Promise())
        stream.writer = self
        if stream.state is WRITABLE:
            if stream.closing or not stream.backpressure:
                self.ready_promise.resolve_with(None)
        elif stream.state is CLOSED:
            self.ready_promise.resolve_with(None)
            self.closed_promise.resolve_with(None)
        else:
            self.ready_promise.reject_with(stream.stored_error)
            if stream.state is ERRORED:
                self.closed_promise.reject_with(stream.stored_error)

    def ready_fails(self, reason: JSValue) -> None:
        """Reject "ready", with a new promise when it was fulfilled already."""
        if self.ready_promise.state != "pending":
            self.ready_promise = _quiet(Promise())
        self.ready_promise.reject_with(reason)

    def release(self) -> None:
        """Let go of the stream."""
        stream = self.stream
        if stream is None:
            return
        reason = type_error(RELEASED).value
        self.ready_fails(reason)
        if self.closed_promise.state != "pending":
            self.closed_promise = _quiet(Promise())
        self.closed_promise.reject_with(reason)
        stream.writer, self.stream = None, None
        stream.controller.drop_waiting_writes(reason)

    # -- the interface ---------------------------------------------------------------------------------------

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        return Writer(Where("WritableStreamDefaultWriter").instance(args, 0, WritableStream))

    @getter
    def closed(self) -> Promise:
        return self.closed_promise

    @getter
    def ready(self) -> Promise:
        return self.ready_promise

    @getter("desiredSize")
    def desired_size(self) -> JSValue:
        if self.stream is None:
            raise type_error(RELEASED)
        if self.stream.state in (ERRORED, ERRORING):
            return null
        return 0 if self.stream.state is CLOSED else self.stream.controller.wanted()

    @method
    def write(self, chunk: JSValue = None) -> JSValue:
        return Promise.rejected(type_error(RELEASED)) if self.stream is None else self.stream.write_now(chunk)

    @method
    def close(self) -> JSValue:
        return Promise.rejected(type_error(RELEASED)) if self.stream is None else self.stream.close_now()

    @method
    def abort(self, reason: JSValue = None) -> JSValue:
        return (
            Promise.rejected(type_error(RELEASED)) if self.stream is None else self.stream.abort_now(reason)
        )

    @method("releaseLock")
    def release_lock(self) -> None:
        self.release()


def _quiet(promise: Promise) -> Promise:
    # "closed" and "ready" may be rejected without anybody listening: that is no unhandled rejection.
    promise.handled = True
    return promise

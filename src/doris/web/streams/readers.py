"""ReadableStreamDefaultReader and ReadableStreamBYOBReader.

Rules: the Streams standard, sections 4.3 to 4.5; ``readAtLeast`` is workerd's own.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from doris.js import JSObject, JSValue, Promise, constructor, getter, method, opt, plain, type_error
from doris.js.buffers import BufferView
from doris.js.operations import to_integer
from doris.js.typedarrays import TypedArray

from ..arguments import Where, argument
from .readable import CLOSED, ERRORED, LOCKED, READABLE, ReadableStream, ReadRequest

RELEASED = "This ReadableStream reader has been released."


def result(value: JSValue, done: bool) -> JSValue:
    """The object that a read is fulfilled with."""
    return plain({"value": value, "done": done})


def promise_request(promise: Promise) -> ReadRequest:
    """A read request that settles a promise."""
    return ReadRequest(
        lambda chunk: promise.resolve_with(result(chunk, False)),
        lambda chunk: promise.resolve_with(result(chunk, True)),
        promise.reject_with,
    )


class Reader(JSObject, name="ReadableStreamReader"):
    """What both readers share. `stream` is None once the lock was released."""

    def __init__(self, stream: ReadableStream) -> None:
        if stream.reader is not None:
            raise type_error(LOCKED)
        self.stream: ReadableStream | None = stream
        self.closed_promise = Promise()
        self.closed_promise.handled = True  # a program that never looks at it gets no complaint
        #: Reads that the source could not answer at once.
        self.requests: deque[ReadRequest] = deque()
        stream.reader = self
        if stream.state is CLOSED:
            self.closed_promise.resolve_with(None)
        elif stream.state is ERRORED:
            self.closed_promise.reject_with(stream.stored_error)

    def read_now(self, request: ReadRequest) -> None:
        """Read a chunk for somebody who need not be a program."""
        stream = self.stream
        assert stream is not None
        stream.disturbed = True
        if stream.state is READABLE:
            stream.source.pull(request)
        elif stream.state is CLOSED:
            request.close(None)
        else:
            request.error(stream.stored_error)

    def stream_closed(self) -> None:
        """The stream moved to "closed"."""
        self.closed_promise.resolve_with(None)
        for request in self._taken():
            request.close(None)

    def stream_errored(self, reason: JSValue) -> None:
        """The stream moved to "errored"."""
        self.closed_promise.reject_with(reason)
        for request in self._taken():
            request.error(reason)

    def _taken(self) -> list[ReadRequest]:
        taken = list(self.requests)
        self.requests.clear()
        return taken

    def release(self) -> None:
        """Let go of the stream; reads that wait fail."""
        stream = self.stream
        if stream is None:
            return
        reason = type_error(RELEASED).value
        stream.reader, self.stream = None, None
        self.closed_promise.reject_with(reason)  # unless it is settled already: workerd keeps that
        stream.source.released()
        for request in self._taken():
            request.error(reason)

    # -- the interface ---------------------------------------------------------------------------------------

    @getter
    def closed(self) -> Promise:
        return self.closed_promise

    @method
    def cancel(self, reason: JSValue = None) -> JSValue:
        if self.stream is None:
            return Promise.rejected(type_error(RELEASED))
        return self.stream.cancel_now(reason)

    @method("releaseLock")
    def release_lock(self) -> None:
        if self.stream is not None and self.requests and not self.stream.source.concurrent_reads:
            raise type_error("Cannot call releaseLock() on a reader with outstanding read promises.")
        self.release()


class DefaultReader(Reader, name="ReadableStreamDefaultReader"):
    """``ReadableStreamDefaultReader``."""

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        return DefaultReader(Where("ReadableStreamDefaultReader").instance(args, 0, ReadableStream))

    @method
    def read(self) -> JSValue:
        if self.stream is None:
            return Promise.rejected(type_error(RELEASED))
        promise = Promise()
        self.read_now(promise_request(promise))
        return promise


class BYOBReader(Reader, name="ReadableStreamBYOBReader"):
    """``ReadableStreamBYOBReader``: reads into a view that the program brings."""

    def __init__(self, stream: ReadableStream) -> None:
        if stream.reader is None and not stream.source.byob:
            raise type_error("This ReadableStream does not support BYOB reads.")
        super().__init__(stream)

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        return BYOBReader(Where("ReadableStreamBYOBReader").instance(args, 0, ReadableStream))

    @method
    def read(self, *args: JSValue) -> JSValue:
        view = argument(args, 0)
        if not isinstance(view, BufferView):
            return Promise.rejected(Where("ReadableStreamBYOBReader", "read").wrong(0, "ArrayBufferView"))
        minimum = opt(argument(args, 1), "min")
        return self._read_into(view, 1 if minimum is None else to_integer(minimum))

    @method("readAtLeast")
    def read_at_least(self, *args: JSValue) -> JSValue:
        where = Where("ReadableStreamBYOBReader", "readAtLeast")
        if not args:
            return Promise.rejected(where.wrong(0, "integer"))
        view = argument(args, 1)
        if not isinstance(view, BufferView):
            return Promise.rejected(where.wrong(1, "ArrayBufferView"))
        return self._read_into(view, to_integer(args[0]))

    def _read_into(self, view: Any, minimum: int) -> Promise:
        width = view.width if isinstance(view, TypedArray) else 1
        if self.stream is None:
            return Promise.rejected(type_error(RELEASED))
        if view.size == 0:
            return Promise.rejected(
                type_error('You must call read() on a "byob" reader with a positive-sized TypedArray object.')
            )
        if minimum < 1:
            return Promise.rejected(
                type_error(f"Requested invalid minimum number of bytes to read ({minimum}).")
            )
        if minimum * width > view.size:
            return Promise.rejected(
                type_error(f"Minimum bytes to read ({minimum * width}) exceeds size of buffer ({view.size}).")
            )
        promise = Promise()
        stream = self.stream
        stream.disturbed = True
        request = promise_request(promise)
        if stream.state is READABLE:
            stream.source.pull_view(view, minimum * width, request)
        elif stream.state is CLOSED:
            request.close(type(view)(view.of, view.offset, 0))
        else:
            request.error(stream.stored_error)
        return promise

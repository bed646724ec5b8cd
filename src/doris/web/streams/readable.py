"""ReadableStream.

A stream has a state and a *source*. Three kinds of source give it chunks, and `Source` is all that the stream
knows of them:

- `default_source.DefaultController`: the queue of ``new ReadableStream({start, pull, cancel})``, chunks of
  any kind;
- `byte_controller.ByteController`: the same with ``type: "bytes"``;
- `native_source.NativeSource`: bytes from the platform (a body, a Blob, an IdentityTransformStream).

The platform's streams differ from the standard ones in small things that programs see: they read at most 4096
bytes at a time, allow one read at a time, and always support "byob" readers.

Rules: the Streams standard, section 4, and workerd's README of its streams.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from doris.js import (
    JSArray,
    JSObject,
    JSValue,
    Promise,
    Symbol,
    constructor,
    dom_exception,
    getter,
    method,
    opt,
    static,
    to_string,
    type_error,
)
from doris.js.functions import NativeFunction
from doris.js.members import starting

from ..arguments import Arguments, Where, argument, is_iterable, wrong_field
from .strategy import strategy_of

if TYPE_CHECKING:
    from .readers import Reader
    from .writable import WritableStream

READABLE, CLOSED, ERRORED = "readable", "closed", "errored"

LOCKED = "This ReadableStream is currently locked to a reader."


class ReadRequest:
    """Somebody who waits for the next chunk. One of the three methods is called, once."""

    __slots__ = ("chunk", "close", "error")

    def __init__(
        self,
        chunk: Callable[[JSValue], None],
        close: Callable[[JSValue], None],
        error: Callable[[JSValue], None],
    ) -> None:
        self.chunk = chunk
        self.close = close
        self.error = error


class Source(ABC):
    """What a stream gets its chunks from."""

    stream: ReadableStream
    #: Whether the source can fill a view that the reader brings.
    byob = False
    #: Whether a second read may be asked for while one is under way.
    concurrent_reads = True

    @abstractmethod
    def pull(self, request: ReadRequest) -> None:
        """A default reader wants a chunk."""

    def pull_view(self, view: Any, minimum: int, request: ReadRequest) -> None:
        """A "byob" reader wants at least ``minimum`` bytes in its view."""
        raise NotImplementedError

    @abstractmethod
    def cancel(self, reason: JSValue) -> Promise:
        """The consumer is no longer interested."""

    @abstractmethod
    def tee(self) -> tuple[ReadableStream, ReadableStream]:
        """Split: both branches get every chunk."""

    def released(self) -> None:  # noqa: B027 - most have nothing to do
        """The reader let go of the stream."""


class ReadableStream(JSObject, name="ReadableStream"):
    """``ReadableStream``."""

    def __init__(self, source: Source) -> None:
        self.state = READABLE
        self.stored_error: JSValue = None
        self.disturbed = False
        self.reader: Reader | None = None
        self.source = source
        source.stream = self

    # -- for the platform ------------------------------------------------------------------------------------

    @classmethod
    def from_bytes(cls, data: bytes) -> ReadableStream:
        """A stream of the platform over bytes."""
        from .native_source import BytesReader, NativeSource

        return cls(NativeSource(BytesReader(data)))

    @classmethod
    def from_async_iterator(cls, items: Any) -> ReadableStream:
        """A stream of the platform over an async iterator of ``bytes`` of the host (a request's body)."""
        from .native_source import IteratorReader, NativeSource

        return cls(NativeSource(IteratorReader(items)))

    def close_now(self) -> None:
        """Move to "closed" and tell the reader."""
        if self.state is not READABLE:
            return
        self.state = CLOSED
        if self.reader is not None:
            self.reader.stream_closed()

    def error_now(self, reason: JSValue) -> None:
        """Move to "errored" and tell the reader."""
        if self.state is not READABLE:
            return
        self.state, self.stored_error = ERRORED, reason
        if self.reader is not None:
            self.reader.stream_errored(reason)

    def cancel_now(self, reason: JSValue) -> Promise:
        """Cancel, whoever holds the lock."""
        self.disturbed = True
        if self.state is CLOSED:
            return Promise.resolved(None)
        if self.state is ERRORED:
            return Promise.rejected(self.stored_error)
        self.close_now()
        result = Promise()
        self.source.cancel(reason).then_(lambda _value: result.resolve_with(None), result.reject_with)
        return result

    def detach(self) -> ReadableStream:
        """Hand everything over to a new stream; this one stays locked and disturbed.

        Raises:
            Throw: a TypeError when it is locked.
        """
        if self.reader is not None:
            raise type_error("The ReadableStream has been locked to a reader.")
        from .readers import DefaultReader

        new = ReadableStream(self.source)
        new.state, new.stored_error = self.state, self.stored_error
        DefaultReader(self)
        self.state, self.disturbed = CLOSED, True
        return new

    def structured_copy(self) -> ReadableStream:
        """Streams cannot be copied, only sent over RPC."""
        raise dom_exception("ReadableStream can only be serialized for RPC.", "DataCloneError")

    # -- the interface ---------------------------------------------------------------------------------------

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        from .byte_controller import ByteController
        from .default_source import DefaultController

        where = Where("ReadableStream")
        underlying = where.dictionary(args, 0, "UnderlyingSource")
        strategy = strategy_of(where, args, 1)
        kind = opt(underlying, "type")
        if kind is None or kind == "":
            return DefaultController.stream_of(underlying, strategy)
        if kind == "bytes":
            return ByteController.stream_of(underlying, strategy)
        raise type_error(f'"{to_string(kind)}" is not a valid type of ReadableStream.')

    @static("from")
    def from_(cls, *args: JSValue) -> JSValue:
        from .iteration import stream_of_iterable

        value = argument(args, 0)
        if not (isinstance(value, str) or is_iterable(value) or is_async_iterable(value)):
            raise Where("ReadableStream", "from").wrong(0, "AsyncGenerator")
        return stream_of_iterable(value)

    @getter
    def locked(self) -> bool:
        return self.reader is not None

    @method
    def cancel(self, reason: JSValue = None) -> JSValue:
        if self.reader is not None:
            return Promise.rejected(type_error(LOCKED))
        return self.cancel_now(reason)

    @method("getReader")
    def get_reader(self, *args: JSValue) -> JSValue:
        from .readers import BYOBReader, DefaultReader

        options = Where("ReadableStream", "getReader").dictionary(args, 0, "GetReaderOptions")
        mode = opt(options, "mode")
        if mode is None:
            return DefaultReader(self)
        if mode != "byob":
            raise type_error("mode must be undefined or 'byob' in call to getReader().")
        return BYOBReader(self)

    @method
    def tee(self) -> JSValue:
        return JSArray(self.tee_now())

    def tee_now(self) -> tuple[ReadableStream, ReadableStream]:
        """The two branches.

        Raises:
            Throw: a TypeError when the stream is locked.
        """
        if self.reader is not None:
            raise type_error("This ReadableStream is currently locked to a reader,")
        return self.source.tee()

    @method("pipeTo")
    def pipe_to(self, *args: JSValue) -> JSValue:
        from .pipe import PipeOptions, pipe
        from .writable import WritableStream

        where = Where("ReadableStream", "pipeTo")
        destination = argument(args, 0)
        if not isinstance(destination, WritableStream):
            return Promise.rejected(where.wrong(0, "WritableStream"))
        options = PipeOptions.of(where, args, 1)
        refusal = self._pipe_refusal(destination)
        return Promise.rejected(type_error(refusal)) if refusal else pipe(self, destination, options)

    @method("pipeThrough")
    def pipe_through(self, *args: JSValue) -> JSValue:
        from .pipe import PipeOptions, pipe

        where = Where("ReadableStream", "pipeThrough")
        readable, writable = _transform_of(where, args)
        options = PipeOptions.of(where, args, 1)
        refusal = self._pipe_refusal(writable)
        if refusal:
            raise type_error(refusal)
        pipe(self, writable, options).then_(_ignore, _ignore)
        return readable

    def _pipe_refusal(self, destination: WritableStream) -> str | None:
        if self.reader is not None:
            return LOCKED
        return (
            "This WritableStream is currently locked to a writer." if destination.writer is not None else None
        )

    @method
    def values(self, *args: JSValue) -> JSValue:
        from .iteration import StreamIterator

        options = Where("ReadableStream", "values").dictionary(args, 0, "ValuesOptions")
        return StreamIterator(self, prevent_cancel=bool(opt(options, "preventCancel")))


def is_async_iterable(value: JSValue) -> bool:
    """Whether the value is an object with Symbol.asyncIterator."""
    return isinstance(value, JSObject) and value.js_get(Symbol.async_iterator) is not None


def _transform_of(where: Where, args: Arguments) -> tuple[ReadableStream, WritableStream]:
    from .writable import WritableStream

    transform = argument(args, 0)
    if not isinstance(transform, JSObject):
        raise where.wrong(0, "Transform")
    readable, writable = transform.js_get("readable"), transform.js_get("writable")
    if not isinstance(readable, ReadableStream):
        raise wrong_field("readable", "Transform", "ReadableStream")
    if not isinstance(writable, WritableStream):
        raise wrong_field("writable", "Transform", "WritableStream")
    return readable, writable


def _ignore(_value: JSValue) -> None:
    pass


ReadableStream.interface.methods[Symbol.async_iterator] = NativeFunction(
    "values", lambda this, *args: starting(ReadableStream.values)(this, *args)
)

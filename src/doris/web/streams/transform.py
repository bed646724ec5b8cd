"""TransformStream: a writable side, a readable side and a function between them.

Rules: the Streams standard, section 6.
"""

from __future__ import annotations

from typing import Any

from doris.js import JSObject, JSValue, Promise, Throw, constructor, getter, method, opt, start, type_error

from ..arguments import Where
from .default_source import DefaultController
from .readable import ERRORED as READABLE_ERRORED
from .readable import ReadableStream
from .sink_controller import Sink, SinkController
from .strategy import Strategy, strategy_of
from .underlying import Functions
from .writable import ERRORED, ERRORING, WRITABLE, WritableStream


class Transformer:
    """What a TransformStream does to chunks. Methods may return promises, and may throw."""

    def transform(self, chunk: JSValue, controller: TransformController) -> JSValue:
        """Turn a chunk into any number of chunks; as it is by default."""
        controller.enqueue_now(chunk)

    def flush(self, controller: TransformController) -> JSValue:
        """The writable side was closed: the last chunks."""

    def cancel(self, reason: JSValue) -> JSValue:
        """One of the sides gave up."""


class TransformStream(JSObject, name="TransformStream"):
    """``TransformStream``."""

    def __init__(
        self,
        transformer: Transformer,
        writable_strategy: Strategy | None = None,
        readable_strategy: Strategy | None = None,
        started: Promise | None = None,
    ) -> None:
        begun = Promise() if started is None else started
        self.controller = TransformController(self, transformer)
        self._source = DefaultController(
            self._pulled, self.controller.readable_cancelled, readable_strategy or Strategy(), default_mark=0
        )
        self.readable_side = ReadableStream(self._source)
        self._sink = SinkController(
            _TransformSink(self.controller), writable_strategy or Strategy(), started=False
        )
        self.writable_side = WritableStream(self._sink)
        self.writable_side.backpressure = self._sink.wanted() <= 0
        self.backpressure = True
        self.backpressure_changed = Promise()
        self._source.start(begun)
        self._sink.start(begun)
        if started is None:
            begun.resolve_with(None)

    def set_backpressure(self, backpressure: bool) -> None:
        """The readable side has enough, or wants more."""
        self.backpressure_changed.resolve_with(None)
        self.backpressure_changed = Promise()
        self.backpressure = backpressure

    def _pulled(self) -> JSValue:
        self.set_backpressure(False)
        return self.backpressure_changed

    def fail(self, reason: JSValue) -> None:
        """Make both sides fail."""
        self._source.error_now(reason)
        self.fail_writable(reason)

    def fail_writable(self, reason: JSValue) -> None:
        """Make the writable side fail and let go of a write that waits for the readable one."""
        if self.writable_side.state is WRITABLE:
            self.writable_side.start_erroring(reason)
        if self.backpressure:
            self.set_backpressure(False)

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        where = Where("TransformStream")
        options = where.dictionary(args, 0, "Transformer")
        for name in ("readableType", "writableType"):
            if opt(options, name) is not None:
                raise type_error(f"transformer.{name} must be undefined.")
        functions = Functions(options, "Transformer", "start", "transform", "flush", "cancel")
        started = Promise()
        stream = cls(  # type: ignore[operator]
            _ProgramTransformer(functions), strategy_of(where, args, 1), strategy_of(where, args, 2), started
        )
        # A promise in between: what start() throws has to reach both sides, not the caller.
        functions.attempt("start", stream.controller).then_(started.resolve_with, started.reject_with)
        return stream

    @getter
    def readable(self) -> ReadableStream:
        return self.readable_side

    @getter
    def writable(self) -> WritableStream:
        return self.writable_side


class _ProgramTransformer(Transformer):
    def __init__(self, functions: Functions) -> None:
        self._functions = functions

    def transform(self, chunk: JSValue, controller: TransformController) -> JSValue:
        if not self._functions.has("transform"):
            controller.enqueue_now(chunk)
            return None
        return self._functions.call("transform", chunk, controller)

    def flush(self, controller: TransformController) -> JSValue:
        return self._functions.call("flush", controller)

    def cancel(self, reason: JSValue) -> JSValue:
        return self._functions.call("cancel", reason)


class TransformController(JSObject, name="TransformStreamDefaultController"):
    """``TransformStreamDefaultController``."""

    def __init__(self, stream: TransformStream, transformer: Transformer) -> None:
        self._stream = stream
        self._transformer = transformer
        self._finished: Promise | None = None

    @constructor
    def construct(cls) -> JSValue:
        raise type_error("Illegal constructor")

    # -- chunks ----------------------------------------------------------------------------------------------

    def enqueue_now(self, chunk: JSValue) -> None:
        """Give a chunk to the readable side.

        Raises:
            Throw: a TypeError when that side takes no more.
        """
        source = self._stream._source
        if not source.can_close_or_enqueue():
            raise type_error("The readable side of this TransformStream is no longer readable.")
        try:
            source.enqueue_now(chunk)
        except Throw as error:
            self._stream.fail_writable(error.value)
            raise Throw(self._stream.readable_side.stored_error) from None
        if source.has_backpressure() is not self._stream.backpressure:
            self._stream.set_backpressure(True)

    def written(self, chunk: JSValue) -> JSValue:
        """A chunk came in: transform it as soon as the readable side wants more."""
        return start(self._transform_when_wanted(chunk))

    async def _transform_when_wanted(self, chunk: JSValue) -> None:
        stream = self._stream
        if stream.backpressure:
            await stream.backpressure_changed
            if stream.writable_side.state in (ERRORING, ERRORED):
                raise Throw(stream.writable_side.stored_error)
        try:
            await Promise.resolved(self._transformer.transform(chunk, self))
        except Throw as error:
            stream.fail(error.value)
            raise

    # -- ends ------------------------------------------------------------------------------------------------

    def writable_closed(self) -> JSValue:
        """Flush, then close the readable side."""
        return self._finish(self._flush)

    async def _flush(self) -> None:
        stream = self._stream
        try:
            await Promise.resolved(self._transformer.flush(self))
        except Throw as error:
            stream._source.error_now(error.value)
            raise
        if stream.readable_side.state is READABLE_ERRORED:
            raise Throw(stream.readable_side.stored_error)
        stream._source.close_now()

    def writable_aborted(self, reason: JSValue) -> JSValue:
        """Make the readable side fail."""

        async def give_up() -> None:
            try:
                await Promise.resolved(self._transformer.cancel(reason))
            except Throw as error:
                self._stream._source.error_now(error.value)
                raise
            self._stream._source.error_now(reason)

        return self._finish(give_up)

    def readable_cancelled(self, reason: JSValue) -> JSValue:
        """Make the writable side fail."""

        async def give_up() -> None:
            try:
                await Promise.resolved(self._transformer.cancel(reason))
            except Throw as error:
                self._stream.fail_writable(error.value)
                raise
            self._stream.fail_writable(reason)

        return self._finish(give_up)

    def _finish(self, ending: Any) -> Promise:
        if self._finished is None:
            self._finished = Promise()
            start(ending()).then_(self._finished.resolve_with, self._finished.reject_with)
            self._finished.handled = True
        return self._finished

    # -- the interface ---------------------------------------------------------------------------------------

    @getter("desiredSize")
    def desired_size(self) -> JSValue:
        return self._stream._source.desired_size

    @method
    def enqueue(self, chunk: JSValue = None) -> None:
        self.enqueue_now(chunk)

    @method
    def error(self, reason: JSValue = None) -> None:
        self._stream.fail(reason)

    @method
    def terminate(self) -> None:
        self._stream._source.close_now()
        self._stream.fail_writable(type_error("The transform stream has been terminated").value)


class _TransformSink(Sink):
    def __init__(self, controller: TransformController) -> None:
        self._controller = controller

    def write(self, chunk: JSValue) -> JSValue:
        return self._controller.written(chunk)

    def close(self) -> JSValue:
        return self._controller.writable_closed()

    def abort(self, reason: JSValue) -> JSValue:
        return self._controller.writable_aborted(reason)

"""ReadableStreamDefaultController: the queue behind a stream that a program made.

Rules: the Streams standard, section 4.6.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from doris.js import JSObject, JSValue, Promise, Throw, constructor, getter, method, null, type_error

from .chunk_queue import ChunkQueue
from .readable import CLOSED, ERRORED, READABLE, ReadableStream, ReadRequest, Source
from .strategy import Strategy
from .underlying import Functions, attempt


class DefaultController(JSObject, Source, name="ReadableStreamDefaultController"):
    """``ReadableStreamDefaultController``.

    Args:
        pull: Called when the stream wants more; returns a promise or any value.
        cancel: Called with the reason when the consumer loses interest.
        strategy: How much to ask for in advance; one chunk unless it says otherwise.
    """

    def __init__(
        self,
        pull: Callable[[], JSValue] | None,
        cancel: Callable[[JSValue], JSValue] | None,
        strategy: Strategy,
        default_mark: float = 1,
    ) -> None:
        self._pull = pull
        self._cancel = cancel
        self._strategy = strategy
        self._mark = strategy.mark(default_mark)
        self._queue = ChunkQueue()
        self._started = self._pulling = self._pull_again = self._close_requested = False

    @constructor
    def construct(cls) -> JSValue:
        raise type_error("Illegal constructor")

    @classmethod
    def stream_of(cls, underlying: JSObject | None, strategy: Strategy) -> ReadableStream:
        """A stream over an underlying source."""
        functions = Functions(underlying, "UnderlyingSource", "start", "pull", "cancel")
        controller = cls(None, None, strategy)
        if functions.has("pull"):
            controller._pull = lambda: functions.call("pull", controller)
        if functions.has("cancel"):
            controller._cancel = lambda reason: functions.call("cancel", reason)
        stream = ReadableStream(controller)
        controller.start(functions.attempt("start", controller))
        return stream

    def start(self, started: Promise) -> None:
        """Pull for the first time once ``started`` is fulfilled."""

        def begin(_value: JSValue) -> None:
            self._started = True
            self._pull_if_needed()

        started.then_(begin, self.error_now)

    # -- for the platform (a TransformStream, a branch of a tee) ---------------------------------------------

    def can_close_or_enqueue(self) -> bool:
        """Whether the stream still takes chunks."""
        return self.stream.state is READABLE and not self._close_requested

    def has_backpressure(self) -> bool:
        """Whether the stream has enough for now."""
        return not self._should_pull()

    def wanted(self) -> float | None:
        """How much the stream would like to have: 0 or less means enough, None that it failed."""
        if self.stream.state is ERRORED:
            return None
        return 0 if self.stream.state is CLOSED else self._mark - self._queue.total

    def enqueue_now(self, chunk: JSValue) -> None:
        """Give a chunk to whoever waits, or queue it.

        Raises:
            Throw: what the size function throws; the stream has failed with it.
        """
        reader = self.stream.reader
        if reader is not None and reader.requests:
            reader.requests.popleft().chunk(chunk)
        else:
            try:
                self._queue.push(chunk, self._strategy.size_of(chunk))
            except Throw as error:
                self.error_now(error.value)
                raise
        self._pull_if_needed()

    def close_now(self) -> None:
        """Close once the queue is empty."""
        if not self.can_close_or_enqueue():
            return
        self._close_requested = True
        if not len(self._queue):
            self._forget_functions()
            self.stream.close_now()

    def error_now(self, reason: JSValue) -> None:
        """Fail. Like workerd, a stream that was closed still gives what is queued."""
        if not self.can_close_or_enqueue():
            return
        self._queue.clear()
        self._forget_functions()
        self.stream.error_now(reason)

    def _forget_functions(self) -> None:
        self._pull = self._cancel = None

    def _should_pull(self) -> bool:
        if not self._started or not self.can_close_or_enqueue():
            return False
        reader = self.stream.reader
        if reader is not None and reader.requests:
            return True
        wanted = self.wanted()
        return wanted is not None and wanted > 0

    def _pull_if_needed(self) -> None:
        if not self._should_pull() or self._pull is None:
            return
        if self._pulling:
            self._pull_again = True
            return
        self._pulling = True
        attempt(self._pull).then_(self._pulled, self.error_now)

    def _pulled(self, _value: JSValue) -> None:
        self._pulling = False
        if self._pull_again:
            self._pull_again = False
            self._pull_if_needed()

    # -- Source ----------------------------------------------------------------------------------------------

    def pull(self, request: ReadRequest) -> None:
        """Answer from the queue, or make the request wait."""
        if len(self._queue):
            chunk = self._queue.pop()
            if self._close_requested and not len(self._queue):
                self._forget_functions()
                self.stream.close_now()
            else:
                self._pull_if_needed()
            request.chunk(chunk)
            return
        assert self.stream.reader is not None
        self.stream.reader.requests.append(request)
        self._pull_if_needed()

    def cancel(self, reason: JSValue) -> Promise:
        """Drop the queue and tell the underlying source."""
        self._queue.clear()
        cancel = self._cancel
        self._forget_functions()
        return Promise.resolved(None) if cancel is None else attempt(cancel, reason)

    def tee(self) -> tuple[ReadableStream, ReadableStream]:
        """Two streams of the same chunks."""
        from .tee import tee_chunks

        return tee_chunks(self.stream)

    # -- the interface ---------------------------------------------------------------------------------------

    @getter("desiredSize")
    def desired_size(self) -> JSValue:
        wanted = self.wanted()
        return null if wanted is None else wanted

    @method
    def enqueue(self, chunk: JSValue = None) -> None:
        if not self.can_close_or_enqueue():
            raise type_error("Unable to enqueue")
        with suppress(Throw):  # a size function that throws fails the stream, not this call
            self.enqueue_now(chunk)

    @method
    def close(self) -> None:
        if not self.can_close_or_enqueue():
            raise type_error("This ReadableStream is closed.")
        self.close_now()

    @method
    def error(self, reason: JSValue = None) -> None:
        self.error_now(reason)

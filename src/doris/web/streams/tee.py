"""Splitting a stream of chunks in two.

Rules: the Streams standard, ReadableStreamDefaultTee (chunks are shared, not cloned).
"""

from __future__ import annotations

from doris.js import JSArray, JSValue, Promise

from .default_source import DefaultController
from .readable import ReadableStream, ReadRequest
from .readers import DefaultReader
from .strategy import Strategy


def tee_chunks(stream: ReadableStream) -> tuple[ReadableStream, ReadableStream]:
    """Two streams that both get every chunk of the stream, which stays locked."""
    return _Tee(stream).streams


class _Tee:
    def __init__(self, stream: ReadableStream) -> None:
        self._source = stream
        self._reader = DefaultReader(stream)
        self._reading = self._read_again = False
        self._cancelled: list[bool] = [False, False]
        self._reasons: list[JSValue] = [None, None]
        self._cancel_done = Promise()
        self._branches = [self._branch(0), self._branch(1)]
        self.streams = (ReadableStream(self._branches[0]), ReadableStream(self._branches[1]))
        for branch in self._branches:
            branch.start(Promise.resolved(None))
        self._reader.closed_promise.then_(self._close, self._failed)

    def _branch(self, index: int) -> DefaultController:
        return DefaultController(self._pull, lambda reason: self._cancel(index, reason), Strategy(0))

    def _pull(self) -> JSValue:
        if self._reading:
            self._read_again = True
            return None
        self._reading = True
        self._reader.read_now(ReadRequest(self._chunk, self._close, self._fail_read))
        return None

    def _chunk(self, chunk: JSValue) -> None:
        self._read_again = False
        self._reading = False
        for index, branch in enumerate(self._branches):
            if not self._cancelled[index]:
                branch.enqueue_now(chunk)
        if self._read_again:
            self._pull()

    def _close(self, _value: JSValue) -> None:
        self._reading = False
        for index, branch in enumerate(self._branches):
            if not self._cancelled[index]:
                branch.close_now()
        if not all(self._cancelled):
            self._cancel_done.resolve_with(None)

    def _fail_read(self, _reason: JSValue) -> None:
        self._reading = False  # the reader's closed promise brings the error to the branches

    def _failed(self, reason: JSValue) -> None:
        for branch in self._branches:
            branch.error_now(reason)
        self._cancel_done.resolve_with(None)

    def _cancel(self, index: int, reason: JSValue) -> JSValue:
        self._cancelled[index], self._reasons[index] = True, reason
        if all(self._cancelled):
            self._cancel_done.resolve_with(self._source.cancel_now(JSArray(list(self._reasons))))
        return self._cancel_done

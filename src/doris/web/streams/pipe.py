"""Piping a ReadableStream into a WritableStream.

Rules: the Streams standard, ReadableStreamPipeTo: errors go forward (abort), backward (cancel), a close goes
forward, each unless prevented; chunks that were read are written before the pipe ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from doris.js import JSValue, Promise, to_boolean, type_error

from ..abort import AbortSignal
from ..arguments import Arguments, Where, wrong_field
from . import readable as r
from . import writable as w
from .readers import DefaultReader

Action = Callable[[], Promise]


@dataclass(frozen=True)
class PipeOptions:
    """The options of pipeTo and pipeThrough."""

    prevent_close: bool = False
    prevent_abort: bool = False
    prevent_cancel: bool = False
    signal: AbortSignal | None = None

    @classmethod
    def of(cls, where: Where, args: Arguments, index: int) -> PipeOptions:
        """Read the options argument.

        Raises:
            Throw: a TypeError when it is no dictionary or its signal no AbortSignal.
        """
        options = where.dictionary(args, index, "PipeToOptions")
        if options is None:
            return cls()
        signal = options.js_get("signal")
        if signal is not None and not isinstance(signal, AbortSignal):
            raise wrong_field("signal", "PipeToOptions", "AbortSignal")
        prevent_close, prevent_abort, prevent_cancel = (
            to_boolean(options.js_get(name)) for name in ("preventClose", "preventAbort", "preventCancel")
        )
        return cls(prevent_close, prevent_abort, prevent_cancel, signal)


def pipe(source: r.ReadableStream, destination: w.WritableStream, options: PipeOptions) -> Promise:
    """Pipe, both streams being unlocked, and give the promise of its end."""
    return _Pipe(source, destination, options).promise


class _Pipe:
    def __init__(self, source: r.ReadableStream, destination: w.WritableStream, options: PipeOptions) -> None:
        self.promise = Promise()
        self._options = options
        self._source, self._destination = source, destination
        self._reader, self._writer = DefaultReader(source), w.Writer(destination)
        source.disturbed = True
        self._last_write = Promise.resolved(None)
        self._ending = False
        if options.signal is not None:
            if options.signal.is_aborted:
                self._aborted()
                return
            options.signal.on_abort(self._aborted)
        # Whichever happens first ends the pipe; what has happened already is noticed in this order too.
        self._watch()
        self._step()

    def _watch(self) -> None:
        self._reader.closed_promise.then_(lambda _value: self._source_closed(), self._source_failed)
        self._writer.closed_promise.then_(lambda _value: self._destination_closed(), self._destination_failed)

    # -- moving chunks ---------------------------------------------------------------------------------------

    def _step(self) -> None:
        if not self._ending:
            self._writer.ready_promise.then_(lambda _value: self._read(), lambda _reason: None)

    def _read(self) -> None:
        if self._ending or self._destination.state is not w.WRITABLE:
            return
        self._reader.read_now(r.ReadRequest(self._write, lambda _value: None, lambda _reason: None))

    def _write(self, chunk: JSValue) -> None:
        if self._destination.state is not w.WRITABLE:
            return  # its failure is on the way here
        if self._destination.controller.check(chunk) is not None:
            self._destination_failed(
                type_error("This WritableStream only supports writing byte types.").value
            )
            return
        self._last_write = self._destination.write_now(chunk)
        self._last_write.handled = True
        self._step()

    # -- ends ------------------------------------------------------------------------------------------------

    def _source_failed(self, reason: JSValue) -> None:
        prevented = self._options.prevent_abort
        self._end(None if prevented else lambda: self._destination.abort_now(reason), [reason])

    def _destination_failed(self, reason: JSValue) -> None:
        if self._ending:
            return
        prevented = self._options.prevent_cancel
        action = None if prevented else lambda: self._source.cancel_now(reason)
        if self._destination.state is w.WRITABLE:
            # The pipe itself refused a chunk: the destination has to fail as well.
            self._destination.abort_now(reason)
        self._end(action, [reason])

    def _source_closed(self) -> None:
        self._end(None if self._options.prevent_close else self._close_destination, [])

    def _close_destination(self) -> Promise:
        if self._destination.closing or self._destination.state is w.CLOSED:
            return Promise.resolved(None)
        return self._destination.close_now()

    def _destination_closed(self) -> None:
        reason = type_error("This destination writable stream is closed.").value
        self._end(None if self._options.prevent_cancel else lambda: self._source.cancel_now(reason), [reason])

    def _aborted(self) -> None:
        assert self._options.signal is not None
        reason = self._options.signal.reason_value
        self._end(lambda: self._abort_both(reason), [reason])

    def _abort_both(self, reason: JSValue) -> Promise:
        actions = []
        if not self._options.prevent_abort:
            actions.append(self._destination.abort_now(reason))
        if not self._options.prevent_cancel and self._source.state is r.READABLE:
            actions.append(self._source.cancel_now(reason))
        return _all(actions)

    def _end(self, action: Action | None, failure: list[JSValue]) -> None:
        """End once the writes are done, with an action; ``failure`` has the reason, if there is one."""
        if self._ending:
            return
        self._ending = True

        def act(_value: JSValue = None) -> None:
            if action is None:
                self._finish(failure)
            else:
                action().then_(lambda _value: self._finish(failure), lambda reason: self._finish([reason]))

        if self._destination.state is w.WRITABLE and not self._destination.closing:
            self._last_write.then_(act, act)
        else:
            act()

    def _finish(self, failure: list[JSValue]) -> None:
        self._writer.release()
        self._reader.release()
        if failure:
            self.promise.reject_with(failure[0])
        else:
            self.promise.resolve_with(None)


def _all(promises: list[Promise]) -> Promise:
    result = Promise()
    left = len(promises)

    def arrived(_value: JSValue) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            result.resolve_with(None)

    for promise in promises:
        promise.then_(arrived, result.reject_with)
    if not promises:
        result.resolve_with(None)
    return result

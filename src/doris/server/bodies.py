"""Bodies between the two loops: a request's arrives while the Worker reads, a response's leaves while it
writes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from doris.js import Promise, error
from doris.runtime.runtime import Runtime
from doris.web import ReadableStream, StreamReader

Receive = Callable[[], Awaitable[dict[str, Any]]]

#: Production refuses larger bodies on the free and pro plans.
#: https://developers.cloudflare.com/workers/platform/limits/#request-limits
MAX_BODY = 100 * 1000 * 1000
#: Up to this size a body is read before the Worker starts; a larger one streams.
_AT_ONCE = 64 * 1024


class BodyTooLarge(Exception):
    """The client sends more than a Worker may receive."""


class Disconnected(Exception):
    """The client went away."""


class IncomingBody:
    """The body of one request, read from the server when the Worker asks for it."""

    def __init__(self, receive: Receive, length: int | None, runtime: Runtime) -> None:
        self._receive = receive
        self._length = length
        self._runtime = runtime
        self._host = asyncio.get_running_loop()
        self._seen = 0
        self._more = True
        self.too_large = False
        self._reading: asyncio.Task[None] | None = None

    async def start(self, *, announced: bool) -> bytes | AsyncIterator[bytes] | None:
        """The body as `doris.web.Request.from_http` takes it.

        Raises:
            BodyTooLarge: Its announced length is over the limit.
        """
        if not announced:
            return None
        if self._length is not None and self._length > MAX_BODY:
            raise BodyTooLarge
        if self._length is not None and self._length <= _AT_ONCE:
            pieces = []
            while piece := await self._next():
                pieces.append(piece)
            return b"".join(pieces)
        return self._chunks()

    async def _next(self) -> bytes:
        """The next piece; empty at the end. Runs on the host's loop."""
        while self._more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise Disconnected
            self._more = message.get("more_body", False)
            piece: bytes = message.get("body", b"")
            self._seen += len(piece)
            if self._seen > MAX_BODY:
                self.too_large = True
                raise BodyTooLarge
            if piece:
                return piece
        return b""

    async def _chunks(self) -> AsyncIterator[bytes]:
        # Runs on the Worker's loop: each piece is fetched by a task of the host's and handed over.
        while True:
            promise, resolve, reject = Promise.deferred()
            self._reading = self._host.create_task(self._hand_over(resolve, reject))
            with self._runtime.clock.held():  # a real client sends it
                piece: bytes = await promise
            if not piece:
                return
            yield piece

    async def _hand_over(self, resolve: Callable[[Any], None], reject: Callable[[Any], None]) -> None:
        try:
            piece = await self._next()
        except (BodyTooLarge, Disconnected):
            self._runtime.loop.call_soon(reject, error("Network connection lost.").value)
        else:
            self._runtime.loop.call_soon(resolve, piece)

    async def disconnected(self) -> None:
        """Return when the client goes away. Only after the body was read."""
        while (await self._receive())["type"] != "http.disconnect":
            pass


class OutgoingBody:
    """The chunks of a response's stream, read on the Worker's loop, given on the host's."""

    def __init__(self, stream: ReadableStream, runtime: Runtime) -> None:
        self._stream = stream
        self._runtime = runtime
        self._reader: StreamReader | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while chunk := await self._runtime.run(self._read()):
            yield chunk

    async def _read(self) -> bytes:
        if self._reader is None:
            self._reader = StreamReader(self._stream)
        arrived: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._reader.next_piece().then_(
            arrived.set_result, lambda reason: arrived.set_exception(_Broken(reason))
        )
        return await arrived

    async def cancel(self, reason: str) -> None:
        """Tell the Worker's stream that nobody reads on."""

        async def cancel() -> None:
            if self._reader is None:
                self._reader = StreamReader(self._stream)
            self._reader.cancel(error(reason).value)

        await self._runtime.run(cancel())


class _Broken(Exception):
    """The stream failed; holds the JavaScript reason."""

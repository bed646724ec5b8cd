"""Streams of bytes that the platform makes: bodies, Blobs, identity transforms.

A `ByteReader` gives bytes; `NativeSource` makes a stream's source of it. As in workerd, a read takes at most
4096 bytes unless the reader brings its own view, and there is one read at a time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from typing import Any

from doris.js import JSValue, Promise, Throw, Uint8Array, error, start, thrown, type_error

from .readable import READABLE, ReadableStream, ReadRequest, Source

#: Bytes in a chunk of a default reader.
CHUNK_SIZE = 4096


class ByteReader(ABC):
    """Where the bytes come from."""

    #: How many bytes are left, if that is known.
    length: int | None = None

    @abstractmethod
    def read(self, size: int) -> bytes | Promise:
        """At most ``size`` bytes, or a promise of them; b"" at the end. May raise `Throw`."""

    def cancel(self, reason: JSValue) -> None:  # noqa: B027 - many have nothing to do
        """Nobody will read the rest."""


class BytesReader(ByteReader):
    """Bytes that are there already."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self.length = len(data)

    def read(self, size: int) -> bytes | Promise:
        """The next bytes, at once."""
        part, self._data = self._data[:size], self._data[size:]
        self.length = len(self._data)
        return part.tobytes()

    def cancel(self, reason: JSValue) -> None:
        """Drop the rest."""
        self._data, self.length = self._data[:0], 0


class BufferedReader(ByteReader):
    """Bytes that arrive in pieces of any size; `next_piece` fetches one."""

    def __init__(self) -> None:
        self._rest = memoryview(b"")

    @abstractmethod
    def next_piece(self) -> Promise:
        """A promise of the next piece as Python ``bytes``; b"" at the end."""

    def read(self, size: int) -> bytes | Promise:
        """What is left of the last piece, or a promise for the next one."""
        if len(self._rest):
            return self._take(size)
        return start(self._fetch(size))

    async def _fetch(self, size: int) -> JSValue:
        self._rest = memoryview(await self.next_piece())
        return self._take(size)

    def _take(self, size: int) -> bytes:
        part, self._rest = self._rest[:size], self._rest[size:]
        return part.tobytes()


class IteratorReader(BufferedReader):
    """The bytes of an async iterator of the host, such as the body of a request that is still arriving."""

    def __init__(self, items: AsyncIterator[bytes]) -> None:
        super().__init__()
        self._items = aiter(items)

    def next_piece(self) -> Promise:
        """Ask the iterator, passing over empty pieces."""

        async def ask() -> JSValue:
            try:
                while not (piece := bytes(await anext(self._items))):
                    pass
            except StopAsyncIteration:
                return b""
            return piece

        return start(ask())

    def cancel(self, reason: JSValue) -> None:
        """Close the iterator if it can be closed."""
        close = getattr(self._items, "aclose", None)
        if close is not None:

            async def finish() -> None:
                await close()

            start(finish()).handled = True


class NativeSource(Source):
    """A stream's source over a `ByteReader`."""

    byob = True
    concurrent_reads = False

    def __init__(self, reader: ByteReader) -> None:
        self.reader = reader
        self._reading = False

    @property
    def length(self) -> int | None:
        """How many bytes the stream will still give, if that is known (for Content-Length)."""
        return self.reader.length

    def pull(self, request: ReadRequest) -> None:
        """Read a chunk of at most 4096 bytes."""
        self._read(CHUNK_SIZE, 1, request, Uint8Array.of_bytes, lambda: None)

    def pull_view(self, view: Any, minimum: int, request: ReadRequest) -> None:
        """Fill a view. What comes back is a Uint8Array over its buffer, whatever the view was."""
        target, offset = view.of, view.offset

        def filled(data: bytes) -> JSValue:
            target.data[offset : offset + len(data)] = data
            return Uint8Array(target, offset, len(data))

        self._read(view.size, minimum, request, filled, lambda: filled(b""))

    def _read(
        self,
        size: int,
        minimum: int,
        request: ReadRequest,
        chunk: Callable[[bytes], JSValue],
        last: Callable[[], JSValue],
    ) -> None:
        if self._reading:
            request.error(
                type_error("This ReadableStream only supports a single pending read request at a time.").value
            )
            return
        self._reading = True
        lock = self.stream.reader
        if lock is not None:
            lock.requests.append(request)

        def finish(data: bytes) -> None:
            self._reading = False
            if lock is not None and request in lock.requests:
                lock.requests.remove(request)
            elif lock is not None:
                return  # answered already: cancelled or failed meanwhile
            if data:
                request.chunk(chunk(data))
            else:
                request.close(last())
                self.stream.close_now()

        def fail(reason: JSValue) -> None:
            self._reading = False
            self.stream.error_now(reason)

        self._collect(b"", size, minimum, finish, fail)

    def _collect(
        self,
        have: bytes,
        size: int,
        minimum: int,
        finish: Callable[[bytes], None],
        fail: Callable[[JSValue], None],
    ) -> None:
        """Read until the minimum is there or the bytes end."""

        def got(data: bytes) -> None:
            if data and len(have) + len(data) < minimum:
                self._collect(have + data, size, minimum, finish, fail)
            else:
                finish(have + data)

        try:
            data = self.reader.read(size - len(have))
        except Throw as failure:
            fail(failure.value)
            return
        if isinstance(data, Promise):
            data.then_(got, fail)
        else:
            got(data)

    def cancel(self, reason: JSValue) -> Promise:
        """Tell the reader."""
        self.reader.cancel(reason)
        return Promise.resolved(None)

    def take_rest(self) -> bytes | None:
        """All that is left, when it is there already and nobody reads; the stream is then at its end."""
        if self._reading or not isinstance(self.reader, BytesReader) or self.stream.state is not READABLE:
            return None
        data = self.reader.read(self.reader.length or 0)
        assert isinstance(data, bytes)
        return data

    def tee(self) -> tuple[ReadableStream, ReadableStream]:
        """Two streams of the same bytes, each buffering what the other has read already."""
        from .readers import DefaultReader

        left, right = _Branch(self), _Branch(self)
        left.other, right.other = right, left
        DefaultReader(self.stream)  # never released: the stream is locked for good
        self.stream.disturbed = True
        branches = ReadableStream(NativeSource(left)), ReadableStream(NativeSource(right))
        if self.stream.state is not READABLE:
            for branch in branches:
                branch.state, branch.stored_error = self.stream.state, self.stream.stored_error
        return branches


class _Branch(ByteReader):
    """One side of a tee. Bytes that one side has read wait in the other's buffer."""

    other: _Branch

    def __init__(self, source: NativeSource) -> None:
        self._source = source
        self._buffer = bytearray()
        self._fetching: Promise | None = None
        self._cancelled = False

    @property
    def length(self) -> int | None:  # type: ignore[override]
        """What is buffered and what the source has left."""
        rest = self._source.reader.length
        return None if rest is None else rest + len(self._buffer)

    def read(self, size: int) -> bytes | Promise:
        """From the buffer, else from the source for both sides."""
        if self._buffer:
            return self._take(size)
        data = self._fetch()
        if isinstance(data, Promise):
            return start(self._after(data, size))
        self._give(data)
        return self._take(size)

    async def _after(self, fetched: Promise, size: int) -> JSValue:
        await fetched
        return self._take(size)

    def _fetch(self) -> bytes | Promise:
        if self._fetching is not None:
            return self._fetching
        data = self._source.reader.read(CHUNK_SIZE)
        if not isinstance(data, Promise):
            return data
        self._fetching = self.other._fetching = start(self._arrived(data))
        return self._fetching

    async def _arrived(self, fetched: Promise) -> None:
        try:
            self._give(await fetched)
        finally:
            self._fetching = self.other._fetching = None

    def _give(self, data: bytes) -> None:
        for side in (self, self.other):
            if not side._cancelled:
                side._buffer += data

    def _take(self, size: int) -> bytes:
        part = bytes(self._buffer[:size])
        del self._buffer[:size]
        return part

    def cancel(self, reason: JSValue) -> None:
        """Cancel the source once both sides have lost interest."""
        self._cancelled = True
        self._buffer.clear()
        if self.other._cancelled:
            self._source.reader.cancel(reason)


def disconnected() -> JSValue:
    """The error a reader sees when the writing side went away."""
    return thrown(error("Network connection lost."))

"""Streams of bytes that the platform makes."""

from __future__ import annotations

from doris.js import Promise, error, proxy_of
from doris.web import ReadableStream
from doris.web.streams.native_source import ByteReader, BytesReader, NativeSource
from tests.web.support import chunks, failure, js, run


def test_a_chunk_has_at_most_4096_bytes():
    async def go():
        return [len(chunk) for chunk in await chunks(js.Response.new("x" * 10000).body)]

    assert run(go()) == [4096, 4096, 1808]


def test_the_length_is_known_for_bytes():
    source = NativeSource(BytesReader(b"abc"))
    stream = ReadableStream(source)
    assert source.length == 3

    async def go():
        await proxy_of(stream).cancel()

    run(go())
    assert source.length == 0


class Failing(ByteReader):
    def __init__(self, later: bool) -> None:
        self.later = later

    def read(self, size):
        failure = error("boom")
        if self.later:
            return Promise.rejected(failure)
        raise failure


def test_a_reader_that_fails():
    async def go(later):
        stream = proxy_of(ReadableStream(NativeSource(Failing(later))))
        reader = stream.getReader()
        return await failure(reader.read()), await failure(reader.closed)

    assert run(go(False)) == run(go(True)) == ("Error: boom", "Error: boom")


def test_an_async_iterator_in_pieces_of_any_size():
    async def pieces():
        yield b""
        yield b"ab"
        yield b"c" * 5000

    async def go():
        return [len(chunk) for chunk in await chunks(proxy_of(ReadableStream.from_async_iterator(pieces())))]

    assert run(go()) == [2, 4096, 904]


def test_cancelling_closes_the_iterator():
    closed = []

    async def pieces():
        try:
            yield b"a"
            yield b"b"
        finally:
            closed.append(True)

    async def go():
        reader = proxy_of(ReadableStream.from_async_iterator(pieces())).getReader()
        first = (await reader.read()).value.to_bytes()
        await reader.cancel()
        return first

    assert run(go()) == b"a"
    assert closed == [True]


def test_an_iterator_that_cannot_be_closed():
    class Endless:
        def __aiter__(self):
            return self

        async def __anext__(self):
            return b"x"

    async def go():
        stream = proxy_of(ReadableStream.from_async_iterator(Endless()))
        await stream.cancel()
        return await chunks(stream)

    assert run(go()) == []


def test_reading_at_least_waits_for_more():
    async def pieces():
        for piece in (b"a", b"b", b"c"):
            yield piece

    async def go():
        reader = proxy_of(ReadableStream.from_async_iterator(pieces())).getReader(mode="byob")
        step = await reader.readAtLeast(2, js.Uint8Array.new(3))
        last = await reader.readAtLeast(2, js.Uint8Array.new(3))
        return step.value.to_bytes(), last.value.to_bytes()

    assert run(go()) == (b"ab", b"c")


def test_cancelling_answers_a_read_that_waits():
    async def go():
        reader = js.IdentityTransformStream.new().readable.getReader()
        waiting = reader.read()
        await reader.cancel()
        return (await waiting).done

    assert run(go()) is True


def test_tee_gives_both_all_bytes():
    async def go():
        left, right = js.Response.new("abc").body.tee()
        reader = left.getReader(mode="byob")
        part = (await reader.read(js.Uint8Array.new(2))).value.to_bytes()
        return (
            part,
            await js.Response.new(right).text(),
            (await reader.read(js.Uint8Array.new(2))).value.to_bytes(),
        )

    assert run(go()) == (b"ab", "abc", b"c")


def test_tee_of_bytes_that_are_still_to_come():
    async def pieces():
        yield b"a"
        yield b"b"

    async def go():
        left, right = proxy_of(ReadableStream.from_async_iterator(pieces())).tee()
        first, second = js.Response.new(left).text(), js.Response.new(right).text()
        return await first, await second

    assert run(go()) == ("ab", "ab")


def test_tee_of_a_stream_that_fails():
    async def go():
        left, right = proxy_of(ReadableStream(NativeSource(Failing(True)))).tee()
        return await failure(left.getReader().read()), await failure(right.getReader().read())

    assert run(go()) == ("Error: boom", "Error: boom")


def test_the_source_is_cancelled_when_both_branches_are():
    class Watched(BytesReader):
        cancelled = None

        def cancel(self, reason):
            self.cancelled = reason

    reader = Watched(b"abc")

    async def go():
        left, right = proxy_of(ReadableStream(NativeSource(reader))).tee()
        await left.cancel("left")
        before = reader.cancelled
        await right.cancel("right")
        return before, reader.cancelled

    assert run(go()) == (None, "right")


def test_branches_of_a_stream_at_its_end_are_at_theirs():
    async def go():
        stream = js.Response.new("").body
        reader = stream.getReader()
        await reader.read()
        reader.releaseLock()
        left, _right = stream.tee()
        return await chunks(left), left._js.source.length

    assert run(go()) == ([], 0)

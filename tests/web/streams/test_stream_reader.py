"""Reading a stream as bytes."""

from __future__ import annotations

import pytest

from doris.js import Throw, start
from doris.web import ReadableStream, StreamReader, read_all
from tests.web.support import run, source


def settled(make):
    """The outcome of a promise of the JavaScript world."""

    async def go():
        import asyncio

        done = asyncio.get_running_loop().create_future()
        make().then_(done.set_result, lambda reason: done.set_exception(Throw(reason)))
        return await done

    return run(go())


def test_bytes_that_are_there_are_given_at_once():
    stream = ReadableStream.from_bytes(b"abc")
    promise = read_all(stream)
    assert (promise.state, promise.value) == ("fulfilled", b"abc")
    assert (stream.disturbed, stream.state, stream.locked) == (True, "closed", True)


def test_chunks_are_joined():
    assert settled(lambda: read_all(source(b"a", b"", b"bc")._js)) == b"abc"


def test_chunks_that_are_no_bytes():
    with pytest.raises(Throw, match="This ReadableStream did not return bytes"):
        settled(lambda: read_all(source("a")._js))


def test_piece_by_piece():
    async def pieces() -> list[bytes]:
        reader = StreamReader(source(b"a", b"bc")._js)
        return [await reader.next_piece() for _ in range(3)]

    assert settled(lambda: start(pieces())) == [b"a", b"bc", b""]


def test_a_locked_stream_cannot_be_read():
    stream = ReadableStream.from_bytes(b"")
    StreamReader(stream)
    with pytest.raises(Throw, match="locked"):
        read_all(stream)


def test_cancelling():
    stream = ReadableStream.from_bytes(b"abc")
    StreamReader(stream).cancel("why")
    assert stream.state == "closed"

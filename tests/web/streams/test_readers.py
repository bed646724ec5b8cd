# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""The readers, against answers of the reference runtime."""

from __future__ import annotations

from tests.web.support import error_of, failure, js, run, source

RELEASED = "TypeError: This ReadableStream reader has been released."


async def read(reader, *args):
    step = await reader.read(*args)
    return step.value if step.value is None or isinstance(
        step.value, str | int
    ) else step.value.to_bytes(), step.done


def test_reading_to_the_end():
    async def go():
        reader = source("a", 5).getReader()
        assert [await read(reader) for _ in range(4)] == [
            ("a", False),
            (5, False),
            (None, True),
            (None, True),
        ]
        assert await reader.closed is None

    run(go())


def test_reads_may_overlap_on_a_programs_stream():
    async def go():
        reader = source("a", "b").getReader()
        first, second, third = reader.read(), reader.read(), reader.read()
        return (await first).value, (await second).value, (await third).done

    assert run(go()) == ("a", "b", True)


def test_releasing():
    async def go():
        stream = js.ReadableStream.new()
        reader = stream.getReader()
        waiting = reader.read()
        reader.releaseLock()
        assert [
            await failure(promise) for promise in (waiting, reader.read(), reader.cancel(), reader.closed)
        ] == [RELEASED] * 4
        reader.releaseLock()
        return stream.locked

    assert run(go()) is False


def test_a_stream_of_the_platform_keeps_a_reader_that_waits():
    async def go():
        reader = js.IdentityTransformStream.new().readable.getReader()
        waiting = reader.read()
        second = await failure(reader.read())
        assert (
            second == "TypeError: This ReadableStream only supports a single pending read request at a time."
        )
        return reader, waiting

    reader, _waiting = run(go())
    assert error_of(reader.releaseLock) == (
        "TypeError: Cannot call releaseLock() on a reader with outstanding read promises."
    )


def test_a_failed_stream():
    async def go():
        reader = source(error=js.Error.new("boom")).getReader()
        return [
            await failure(promise())
            for promise in (reader.read, lambda: reader.closed, reader.cancel, reader.read)
        ]

    assert run(go()) == ["Error: boom"] * 4


def test_the_constructors():
    stream = js.ReadableStream.new()
    reader = js.ReadableStreamDefaultReader.new(stream)
    assert (stream.locked, reader.constructor.name) == (True, "ReadableStreamDefaultReader")
    assert error_of(lambda: js.ReadableStreamDefaultReader.new(5)) == (
        "TypeError: Failed to construct 'ReadableStreamDefaultReader': constructor parameter 1 is not of type 'ReadableStream'."
    )
    assert error_of(lambda: js.ReadableStreamBYOBReader.new(js.ReadableStream.new())) == (
        "TypeError: This ReadableStream does not support BYOB reads."
    )
    byob = js.ReadableStreamBYOBReader.new(js.Response.new("a").body)
    assert byob.constructor.name == "ReadableStreamBYOBReader"


def test_reading_into_views():
    async def go():
        reader = js.Response.new("abcdef").body.getReader(mode="byob")
        first = await read(reader, js.Uint8Array.new(2))
        step = await reader.readAtLeast(4, js.Uint8Array.new(5))
        last = await reader.read(js.Uint16Array.new(5))
        return first, step.value.to_bytes(), (last.value.length, last.value.constructor.name, last.done)

    assert run(go()) == ((b"ab", False), b"cdef", (0, "Uint8Array", True))


def test_views_that_will_not_do():
    async def go():
        reader = js.Response.new("abcdef").body.getReader(mode="byob")
        view = js.Uint8Array.new(2)
        return [
            await failure(promise)
            for promise in (
                reader.read(), reader.read(js.Uint8Array.new(0)), reader.read(view, min=5), reader.read(view, min=0),
                reader.readAtLeast(), reader.readAtLeast(1), reader.readAtLeast(3, view),
            )
        ]  # fmt: skip

    assert run(go()) == [
        "TypeError: Failed to execute 'read' on 'ReadableStreamBYOBReader': parameter 1 is not of type 'ArrayBufferView'.",
        'TypeError: You must call read() on a "byob" reader with a positive-sized TypedArray object.',
        "TypeError: Minimum bytes to read (5) exceeds size of buffer (2).",
        "TypeError: Requested invalid minimum number of bytes to read (0).",
        "TypeError: Failed to execute 'readAtLeast' on 'ReadableStreamBYOBReader': parameter 1 is not of type 'integer'.",
        "TypeError: Failed to execute 'readAtLeast' on 'ReadableStreamBYOBReader': parameter 2 is not of type 'ArrayBufferView'.",
        "TypeError: Minimum bytes to read (3) exceeds size of buffer (2).",
    ]


def test_a_byob_reader_of_a_stream_that_ended_or_was_released():
    async def go():
        reader = js.Response.new("").body.getReader(mode="byob")
        view = js.Uint8Array.new(2)
        ended = [(await reader.read(view)).done, (await reader.read(view)).done]
        reader.releaseLock()
        failed = js.ReadableStream.new(type="bytes")
        failed_reader = failed.getReader(mode="byob")
        failed._js.source.error_now(js.Error.new("boom")._js)
        return ended, await failure(reader.read(view)), await failure(failed_reader.read(view))

    assert run(go()) == ([True, True], RELEASED, "Error: boom")

# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""IdentityTransformStream and FixedLengthStream, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from tests.web.support import O, error_of, failure, js, run, to_js

CLOSED = "TypeError: This WritableStream has been closed."
NOT_BYTES = (
    "TypeError: This TransformStream is being used as a byte stream, but received an object of "
    "non-ArrayBuffer/ArrayBufferView type on its writable side."
)


async def read(reader):
    step = await reader.read()
    return step.value and step.value.to_bytes(), step.done


def test_bytes_and_strings_go_through():
    async def go():
        stream = js.IdentityTransformStream.new()
        writer = stream.writable.getWriter()
        promises = [
            writer.write(to_js(b"ab")),
            writer.write("é"),
            writer.write(js.Uint8Array.new(0)),
            writer.close(),
        ]
        reader = stream.readable.getReader()
        assert [await read(reader) for _ in range(3)] == [(b"ab", False), ("é".encode(), False), (None, True)]
        for promise in promises:
            await promise
        assert await failure(writer.write("x")) == CLOSED
        return stream.constructor.name, writer.desiredSize

    assert run(go()) == ("IdentityTransformStream", 0)


def test_a_write_is_done_when_all_of_it_was_read():
    async def go():
        stream = js.IdentityTransformStream.new()
        writer = stream.writable.getWriter()
        done = []
        written = writer.write("abc")
        written.then(lambda _value: done.append(True))
        reader = stream.readable.getReader(mode="byob")
        first = (await reader.read(js.Uint8Array.new(2))).value.to_bytes()
        assert done == []
        second = (await reader.read(js.Uint8Array.new(2))).value.to_bytes()
        await written
        return first, second

    assert run(go()) == (b"ab", b"c")


def test_other_chunks_are_refused_and_nothing_else_happens():
    async def go():
        stream = js.IdentityTransformStream.new()
        writer = stream.writable.getWriter()
        assert writer.desiredSize == 1
        message = await failure(writer.write(5))
        written = writer.write("a")
        return message, await read(stream.readable.getReader()), await written

    assert run(go()) == (NOT_BYTES, (b"a", False), None)


def test_aborting():
    async def go():
        stream = js.IdentityTransformStream.new()
        writer = stream.writable.getWriter()
        await writer.abort(js.Error.new("why"))
        message = await failure(stream.readable.getReader().read())
        return message, await failure(writer.closed), await failure(writer.write("x"))

    assert run(go()) == ("Error: why", "Error: why", CLOSED)


def test_aborting_without_a_reason():
    async def go():
        stream = js.IdentityTransformStream.new()
        reader = stream.readable.getReader()
        waiting = reader.read()
        await stream.writable.abort()
        return await failure(waiting)

    assert run(go()) == "Error: undefined"


def test_aborting_in_the_middle_of_a_write():
    async def go():
        stream = js.IdentityTransformStream.new()
        writer = stream.writable.getWriter()
        written = writer.write("q")
        aborted = writer.abort(js.Error.new("why"))
        messages = [await failure(stream.readable.getReader().read()), await failure(written)]
        await aborted
        return messages

    assert run(go()) == ["Error: Network connection lost.", "Error: why"]


def test_cancelling():
    async def go():
        stream = js.IdentityTransformStream.new()
        await stream.readable.cancel(js.Error.new("why"))
        writer = stream.writable.getWriter()
        messages = [
            await failure(writer.write("a")),
            await failure(writer.write("b")),
            await failure(writer.closed),
        ]
        other = js.IdentityTransformStream.new()
        waiting = other.writable.getWriter().write("abc")
        await other.readable.cancel("text")
        return messages, await failure(waiting)

    assert run(go()) == (["Error: why", CLOSED, "Error: why"], "Error: text")


def test_a_high_water_mark_counts_bytes():
    async def go():
        stream = js.IdentityTransformStream.new(O(highWaterMark=10))
        writer = stream.writable.getWriter()
        sizes = [writer.desiredSize]
        written = writer.write(js.Uint8Array.new(4))
        sizes.append(writer.desiredSize)
        await stream.readable.getReader().read()
        await written
        return [*sizes, writer.desiredSize]

    assert run(go()) == [10, 6, 10]


def test_a_fixed_length():
    async def go():
        stream = js.FixedLengthStream.new(3)
        assert stream.readable._js.source.length == 3
        writer = stream.writable.getWriter()
        promises = [writer.write("ab"), writer.write("c"), writer.close()]
        text = await js.Response.new(stream.readable).text()
        for promise in promises:
            await promise
        return text

    assert run(go()) == "abc"


def test_too_few_bytes():
    async def go():
        stream = js.FixedLengthStream.new("3")
        writer = stream.writable.getWriter()
        reader = stream.readable.getReader()
        written = writer.write("ab")
        first = await read(reader)
        await written
        await writer.close()
        return first, await failure(reader.read())

    assert run(go()) == (
        (b"ab", False),
        "TypeError: FixedLengthStream did not see all expected bytes before close().",
    )


def test_too_many_bytes():
    async def go():
        stream = js.FixedLengthStream.new(1)
        waiting = stream.readable.getReader().read()
        await stream.writable.getWriter().write("ab")
        return await failure(waiting)

    assert run(go()) == "TypeError: Attempt to write too many bytes through a FixedLengthStream."


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: js.FixedLengthStream.new(),
         "Failed to construct 'FixedLengthStream': constructor parameter 1 is not of type 'bigint'."),
        (lambda: js.FixedLengthStream.new(-1),
         "The value cannot be converted because it is negative and this API expects a positive bigint."),
        (lambda: js.FixedLengthStream.new("x"), "The value cannot be converted because it is not an integer."),
        (lambda: js.IdentityTransformStream.new(5),
         "Failed to construct 'IdentityTransformStream': constructor parameter 1 is not of type 'QueuingStrategy'."),
    ],
)  # fmt: skip
def test_errors(call, message):
    assert error_of(call) == f"TypeError: {message}"

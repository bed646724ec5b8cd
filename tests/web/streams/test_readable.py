# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""ReadableStream, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from doris.js import proxy_of
from doris.web import ReadableStream
from tests.web.support import O, chunks, error_of, failure, js, jsnull, run, source, to_js

LOCKED = "TypeError: This ReadableStream is currently locked to a reader."


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: js.ReadableStream.new(5),
         "Failed to construct 'ReadableStream': constructor parameter 1 is not of type 'UnderlyingSource'."),
        (lambda: js.ReadableStream.new(type="zz"), '"zz" is not a valid type of ReadableStream.'),
        (lambda: js.ReadableStream.new(type=jsnull), '"null" is not a valid type of ReadableStream.'),
        (lambda: js.ReadableStream.new(pull=5),
         "Incorrect type for the 'pull' field on 'UnderlyingSource': the provided value is not of type 'function'."),
        (lambda: js.ReadableStream.new().getReader(5),
         "Failed to execute 'getReader' on 'ReadableStream': parameter 1 is not of type 'GetReaderOptions'."),
        (lambda: js.ReadableStream.new().getReader(mode="zz"), "mode must be undefined or 'byob' in call to getReader()."),
        (lambda: js.ReadableStream.new().getReader(mode="byob"), "This ReadableStream does not support BYOB reads."),
        (lambda: js.ReadableStream.from_(5), "Failed to execute 'from' on 'ReadableStream': parameter 1 is not of type 'AsyncGenerator'."),
        (lambda: js.ReadableStream.new().pipeThrough(5),
         "Failed to execute 'pipeThrough' on 'ReadableStream': parameter 1 is not of type 'Transform'."),
        (lambda: js.ReadableStream.new().pipeThrough(O()),
         "Incorrect type for the 'readable' field on 'Transform': the provided value is not of type 'ReadableStream'."),
        (lambda: js.ReadableStream.new().pipeThrough(O(readable=js.ReadableStream.new())),
         "Incorrect type for the 'writable' field on 'Transform': the provided value is not of type 'WritableStream'."),
        (lambda: js.ReadableStream.new().values(5),
         "Failed to execute 'values' on 'ReadableStream': parameter 1 is not of type 'ValuesOptions'."),
    ],
)  # fmt: skip
def test_errors(call, message):
    assert error_of(call) == f"TypeError: {message}"


def test_a_locked_stream_refuses_everybody():
    async def go():
        stream = source("a")
        stream.getReader()
        assert stream.locked
        writable = js.WritableStream.new()
        assert [await failure(stream.cancel()), await failure(stream.pipeTo(writable))] == [LOCKED, LOCKED]
        return stream

    stream = run(go())
    for attempt in (stream.getReader, stream.values, lambda: stream.pipeThrough(js.TransformStream.new())):
        assert error_of(attempt) == LOCKED
    assert error_of(stream.tee) == "TypeError: This ReadableStream is currently locked to a reader,"


def test_a_null_source_is_none():
    assert js.ReadableStream.new(jsnull).locked is False
    assert js.ReadableStream.new(type="").locked is False


def test_python_iterates_over_chunks():
    assert run(chunks(source("a", "b"))) == ["a", "b"]
    assert run(chunks(proxy_of(ReadableStream.from_bytes(b"abc")))) == [b"abc"]


def test_cancelling():
    async def go():
        stream = source("a")
        await stream.cancel("why")
        await stream.cancel("again")
        assert await chunks(stream) == []
        failed = source(error=js.Error.new("boom"))
        assert await failure(failed.getReader().read()) == "Error: boom"

    run(go())


def test_cancelling_a_stream_that_failed():
    async def go():
        stream = source(error=js.Error.new("boom"))
        reader = stream.getReader()
        await failure(reader.read())
        reader.releaseLock()
        return await failure(stream.cancel())

    assert run(go()) == "Error: boom"


def test_pipe_to_refuses_what_is_no_stream():
    async def go():
        locked = js.WritableStream.new()
        locked.getWriter()
        return await failure(source().pipeTo(5)), await failure(source().pipeTo(locked))

    assert run(go()) == (
        "TypeError: Failed to execute 'pipeTo' on 'ReadableStream': parameter 1 is not of type 'WritableStream'.",
        "TypeError: This WritableStream is currently locked to a writer.",
    )
    locked = js.TransformStream.new()
    locked.writable.getWriter()
    assert (
        error_of(lambda: source().pipeThrough(locked))
        == "TypeError: This WritableStream is currently locked to a writer."
    )


def test_streams_of_iterables():
    assert run(chunks(js.ReadableStream.from_(to_js(["a", "b"])))) == ["a", "b"]
    assert run(chunks(js.ReadableStream.from_("ab"))) == ["a", "b"]


def test_detaching_leaves_the_old_stream_used_up():
    stream = ReadableStream.from_bytes(b"abc")
    new = stream.detach()
    assert (stream.locked, stream.disturbed, new.disturbed) == (True, True, False)
    assert run(chunks(proxy_of(new))) == [b"abc"]

# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""WritableStream and its writer, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from tests.web.support import JsException, O, create_proxy, error_of, failure, js, jsnull, run

CLOSED = "TypeError: This WritableStream has been closed."
LOCKED = "TypeError: This WritableStream is currently locked to a writer."
RELEASED = "TypeError: This WritableStream writer has been released."


def logging(log, **more):
    """A stream that writes to a list."""
    return js.WritableStream.new(
        O(
            write=create_proxy(lambda chunk, _controller: log.append(chunk)),
            close=create_proxy(lambda: log.append("close")),
            abort=create_proxy(lambda why: log.append(("abort", why))),
            **more,
        )
    )


def test_writing_and_closing():
    async def go():
        log = []
        stream = logging(log)
        writer = stream.getWriter()
        sizes = [writer.desiredSize]
        promise = writer.write("a")
        sizes.append(writer.desiredSize)
        await promise
        sizes.append(writer.desiredSize)
        await writer.close()
        assert [await writer.closed, await writer.ready, await writer.abort(), writer.desiredSize] == [
            None,
            None,
            None,
            0,
        ]
        assert [await failure(writer.write("b")), await failure(writer.close())] == [CLOSED, CLOSED]
        writer.releaseLock()
        assert await stream.getWriter().closed is None
        return log, sizes

    assert run(go()) == (["a", "close"], [1, 0, 1])


def test_writes_are_done_one_after_the_other():
    async def go():
        log = []

        async def write(chunk, _controller):
            log.append(f"begin {chunk}")
            await js.Promise.resolve(None)
            log.append(f"end {chunk}")

        writer = js.WritableStream.new(O(write=create_proxy(write))).getWriter()
        for chunk in "ab":
            writer.write(chunk)
        await writer.close()
        return log

    assert run(go()) == ["begin a", "end a", "begin b", "end b"]


def test_a_write_that_fails():
    def boom(_chunk, _controller):
        raise ValueError("boom")

    async def go():
        writer = js.WritableStream.new(O(write=create_proxy(boom))).getWriter()
        failed = [await failure(promise()) for promise in (lambda: writer.write(1), lambda: writer.write(2))]
        failed += [
            await failure(promise())
            for promise in (lambda: writer.closed, lambda: writer.ready, writer.close)
        ]
        assert writer.desiredSize is jsnull
        assert await writer.abort("x") is None
        return failed

    assert all("ValueError: boom" in message for message in run(go()))


def test_locks():
    async def go():
        stream = js.WritableStream.new()
        writer = stream.getWriter()
        assert (stream.locked, await failure(stream.abort()), await failure(stream.close())) == (
            True,
            LOCKED,
            LOCKED,
        )
        with pytest.raises(JsException, match="locked to a writer"):
            stream.getWriter()
        writer.releaseLock()
        writer.releaseLock()
        assert not stream.locked
        for promise in (writer.write(1), writer.close(), writer.abort(), writer.closed, writer.ready):
            assert await failure(promise) == RELEASED
        with pytest.raises(JsException, match="writer has been released"):
            _ = writer.desiredSize
        await stream.close()
        return await failure(stream.close())

    assert run(go()) == CLOSED


def test_releasing_drops_writes_that_have_not_begun():
    async def go():
        log = []
        gate = js.Promise.withResolvers()

        async def write(chunk, _controller):
            log.append(chunk)
            await gate.promise

        stream = js.WritableStream.new(O(write=create_proxy(write)))
        writer = stream.getWriter()
        first, second = writer.write("a"), writer.write("b")
        closing = writer.close()
        writer.releaseLock()
        assert await failure(second) == RELEASED
        gate.resolve(None)
        await first
        await closing
        return log

    assert run(go()) == ["a"]


def test_aborting():
    async def go():
        log = []
        stream = logging(log)
        writer = stream.getWriter()
        reason = js.Error.new("why")
        await writer.abort(reason)
        for promise in (writer.write(1), writer.closed, writer.close(), writer.ready):
            assert await failure(promise) == "Error: why"
        assert await writer.abort("again") is None
        return log[0][0], log[0][1].message

    assert run(go()) == ("abort", "why")


def test_aborting_waits_for_the_write_under_way():
    async def go():
        log = []
        gate = js.Promise.withResolvers()

        async def write(_chunk, _controller):
            await gate.promise
            log.append("written")

        stream = js.WritableStream.new(
            O(write=create_proxy(write), abort=create_proxy(lambda _why: log.append("aborted")))
        )
        writer = stream.getWriter()
        written = writer.write("a")
        waiting = writer.write("b")
        aborted = writer.abort(js.Error.new("why"))
        again = writer.abort("ignored")
        gate.resolve(None)
        await written
        assert await failure(waiting) == "Error: why"
        await aborted
        await again
        return log

    assert run(go()) == ["written", "aborted"]


def test_ends_that_fail():
    def boom(*_args):
        raise ValueError("boom")

    async def go():
        writer = js.WritableStream.new(O(close=create_proxy(boom))).getWriter()
        closing = await failure(writer.close())
        closed = await failure(writer.closed)
        other = js.WritableStream.new(O(abort=create_proxy(boom))).getWriter()
        aborting = await failure(other.abort(js.Error.new("why")))
        return closing, closed, aborting, await failure(other.closed)

    closing, closed, aborting, reason = run(go())
    assert all("ValueError: boom" in message for message in (closing, closed, aborting))
    assert reason == "Error: why"


def test_writers_of_streams_in_every_state():
    async def go():
        failed = js.WritableStream.new()
        await failed.abort(js.Error.new("why"))
        writer = failed.getWriter()
        return await failure(writer.closed), await failure(writer.ready)

    assert run(go()) == ("Error: why", "Error: why")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: js.WritableStream.new(5),
         "Failed to construct 'WritableStream': constructor parameter 1 is not of type 'UnderlyingSink'."),
        (lambda: js.WritableStream.new(write=5),
         "Incorrect type for the 'write' field on 'UnderlyingSink': the provided value is not of type 'function'."),
        (lambda: js.WritableStreamDefaultWriter.new(5),
         "Failed to construct 'WritableStreamDefaultWriter': constructor parameter 1 is not of type 'WritableStream'."),
    ],
)  # fmt: skip
def test_errors(call, message):
    assert error_of(call) == f"TypeError: {message}"


def test_the_writers_constructor():
    stream = js.WritableStream.new()
    assert js.WritableStreamDefaultWriter.new(stream).desiredSize == 1
    assert stream.locked


def gated(**more):
    """A stream whose writes and close wait for a gate, and the gate."""
    gate = js.Promise.withResolvers()

    async def wait(*_args):
        await gate.promise

    functions = {"write": wait, "close": wait} | more
    return js.WritableStream.new(
        O(**{name: create_proxy(function) for name, function in functions.items()})
    ), gate


def test_closing_while_the_queue_is_full_makes_ready():
    async def go():
        stream, gate = gated()
        writer = stream.getWriter()
        writer.write("a")
        ready = writer.ready
        closing = writer.close()
        await ready
        gate.resolve(None)
        await closing
        return writer.desiredSize

    assert run(go()) == 0


def test_aborting_while_the_close_is_under_way():
    async def go():
        stream, gate = gated()
        writer = stream.getWriter()
        closing = writer.close()
        aborting = writer.abort(js.Error.new("why"))
        gate.resolve(None)
        await closing
        await aborting
        return await writer.closed

    assert run(go()) is None


def test_aborting_while_a_close_that_fails_is_under_way():
    async def go():
        stream, gate = gated()
        writer = stream.getWriter()
        closing = writer.close()
        aborting = writer.abort(js.Error.new("why"))
        gate.reject(js.Error.new("no close"))
        return [await failure(closing), await failure(aborting), await failure(writer.closed)]

    assert run(go()) == ["Error: no close", "Error: no close", "Error: why"]


def test_aborting_a_stream_that_is_failing_already():
    async def go():
        box = []
        stream, gate = gated(start=box.append)
        writer = stream.getWriter()
        written = writer.write("a")
        for _ in range(5):
            await js.Promise.resolve(None)
        box[0].error(js.Error.new("first"))
        aborting = writer.abort(js.Error.new("second"))
        messages = [await failure(writer.write("b"))]
        gate.resolve(None)
        await written
        return [*messages, await failure(aborting), await failure(writer.closed)]

    assert run(go()) == ["Error: first"] * 3


def test_a_listener_of_the_signal_may_end_the_stream_first():
    async def go():
        box = []
        writer = js.WritableStream.new(O(start=create_proxy(box.append))).getWriter()
        await js.Promise.resolve(None)
        box[0].signal.addEventListener(
            "abort", create_proxy(lambda _event: box[0].error(js.Error.new("listener")))
        )
        await writer.abort(js.Error.new("why"))
        return await failure(writer.closed)

    assert run(go()) == "Error: listener"


def test_a_close_that_waits_fails_with_the_stream():
    async def go():
        stream, gate = gated()
        writer = stream.getWriter()
        written, closing = writer.write("a"), writer.close()
        gate.reject(js.Error.new("boom"))
        return [await failure(written), await failure(closing), await failure(writer.closed)]

    assert run(go()) == ["Error: boom"] * 3

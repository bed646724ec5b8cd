"""Piping, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from tests.web.support import O, chunks, create_proxy, failure, js, run, source


def sink(log, **more):
    return js.WritableStream.new(
        O(
            write=create_proxy(lambda chunk, _controller: log.append(chunk)),
            close=create_proxy(lambda: log.append("close")),
            abort=create_proxy(lambda why: log.append(f"abort {why.message}")),
            **more,
        )
    )


def test_everything_and_then_close():
    async def go():
        log = []
        readable, writable = source("a", "b"), sink(log)
        await readable.pipeTo(writable)
        return log, readable.locked, writable.locked

    assert run(go()) == (["a", "b", "close"], False, False)


def test_an_error_goes_forward():
    async def go():
        log = []
        message = await failure(source("a", error=js.Error.new("boom")).pipeTo(sink(log)))
        return log, message

    assert run(go()) == (["a", "abort boom"], "Error: boom")


def test_an_error_goes_backward():
    def boom(_chunk, _controller):
        raise ValueError("boom")

    async def go():
        reasons = []
        readable = js.ReadableStream.new(
            O(
                pull=create_proxy(lambda c: c.enqueue("a")),
                cancel=create_proxy(lambda why: reasons.append(why.name)),
            )
        )
        message = await failure(readable.pipeTo(js.WritableStream.new(O(write=create_proxy(boom)))))
        return message, reasons, readable.locked

    message, reasons, locked = run(go())
    assert "ValueError: boom" in message
    assert (reasons, locked) == (["PythonError"], False)


def test_each_end_can_be_prevented():
    async def go():
        log = []
        writable = sink(log)
        await source("a").pipeTo(writable, preventClose=True)
        await failure(source(error=js.Error.new("boom")).pipeTo(writable, preventAbort=True))
        assert not writable.locked
        closed = js.WritableStream.new()
        await closed.close()
        readable = source("b")
        message = await failure(readable.pipeTo(closed, preventCancel=True))
        return log, message, await chunks(readable)

    assert run(go()) == (["a"], "TypeError: This destination writable stream is closed.", ["b"])


def test_a_destination_that_is_closed_cancels_the_source():
    async def go():
        reasons = []
        readable = js.ReadableStream.new(O(cancel=create_proxy(lambda why: reasons.append(why.message))))
        closed = js.WritableStream.new()
        await closed.close()
        await failure(readable.pipeTo(closed))
        return reasons

    assert run(go()) == ["This destination writable stream is closed."]


@pytest.mark.parametrize("before", [True, False])
def test_a_signal_ends_a_pipe(before):
    async def go():
        log, reasons = [], []
        controller = js.AbortController.new()
        readable = js.ReadableStream.new(O(cancel=create_proxy(lambda why: reasons.append(why.message))))
        if before:
            controller.abort(js.Error.new("enough"))
        piping = readable.pipeTo(sink(log), signal=controller.signal)
        controller.abort(js.Error.new("enough"))
        return await failure(piping), log, reasons

    assert run(go()) == ("Error: enough", ["abort enough"], ["enough"])


def test_a_signal_with_nothing_to_end():
    async def go():
        piping = js.ReadableStream.new().pipeTo(
            js.WritableStream.new(),
            signal=js.AbortSignal.abort(js.Error.new("x")),
            preventAbort=True,
            preventCancel=True,
        )
        return await failure(piping)

    assert run(go()) == "Error: x"


def test_an_action_that_fails_gives_its_own_error():
    def boom(_reason):
        raise ValueError("abort failed")

    async def go():
        writable = js.WritableStream.new(O(abort=create_proxy(boom)))
        return await failure(source(error=js.Error.new("boom")).pipeTo(writable))

    assert "ValueError: abort failed" in run(go())


def test_options():
    with pytest.raises(Exception, match="parameter 2 is not of type 'PipeToOptions'"):
        source().pipeTo(js.WritableStream.new(), 5)
    with pytest.raises(Exception, match="Incorrect type for the 'signal' field on 'PipeToOptions'"):
        source().pipeTo(js.WritableStream.new(), signal=5)


def test_piping_through():
    async def go():
        upper = js.TransformStream.new(
            O(transform=create_proxy(lambda chunk, controller: controller.enqueue(chunk.upper())))
        )
        return await chunks(source("a", "b").pipeThrough(upper))

    assert run(go()) == ["A", "B"]


def test_what_a_byte_stream_does_not_take():
    async def go():
        identity = js.IdentityTransformStream.new()
        piping = js.ReadableStream.from_(js.Array.of(5)).pipeTo(identity.writable)
        return await failure(piping), await failure(identity.readable.getReader().read())

    message = "TypeError: This WritableStream only supports writing byte types."
    assert run(go()) == (message, message)

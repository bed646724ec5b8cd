# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""TransformStream, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from doris.web.streams.transform import Transformer, TransformStream
from tests.web.support import JsException, O, chunks, create_proxy, error_of, failure, js, run


def transform(**functions):
    return js.TransformStream.new(O(**{name: create_proxy(function) for name, function in functions.items()}))


async def written(stream, *items):
    """Write and close in the background; the errors that appear."""
    writer = stream.writable.getWriter()
    promises = [writer.write(item) for item in items]
    promises.append(writer.close())
    return promises


def test_chunks_go_through_and_flush_adds():
    async def go():
        stream = transform(
            transform=lambda chunk, controller: controller.enqueue(chunk * 2), flush=lambda c: c.enqueue("f")
        )
        promises = await written(stream, 1, 2)
        result = await chunks(stream.readable)
        for promise in promises:
            await promise
        return result

    assert run(go()) == [2, 4, "f"]


def test_a_write_waits_for_the_reader():
    async def go():
        stream = js.TransformStream.new()
        writer = stream.writable.getWriter()
        sizes = [writer.desiredSize]
        done = []
        writer.write("a").then(lambda _value: done.append("a"))
        sizes.append(writer.desiredSize)
        for _ in range(10):
            await js.Promise.resolve(None)
        assert done == []
        reader = stream.readable.getReader()
        value = (await reader.read()).value
        await js.Promise.resolve(None)
        return sizes, value

    assert run(go()) == ([1, 0], "a")


def test_the_controller():
    async def go():
        box = []
        stream = transform(start=box.append)
        controller = box[0]
        state = [controller.constructor.name, controller.desiredSize]
        controller.enqueue("s")
        state.append(controller.desiredSize)
        controller.terminate()
        with pytest.raises(JsException, match="readable side of this TransformStream is no longer readable"):
            controller.enqueue("late")
        controller.error("ignored")
        writer = stream.writable.getWriter()
        return state, await chunks(stream.readable), await failure(writer.write(1))

    assert run(go()) == (
        ["TransformStreamDefaultController", 0, -1], ["s"], "TypeError: The transform stream has been terminated",
    )  # fmt: skip


def boom(*_args):
    raise ValueError("boom")


@pytest.mark.parametrize("name", ["start", "transform"])
def test_functions_that_throw_fail_both_sides(name):
    async def go():
        stream = transform(**{name: boom})
        writer = stream.writable.getWriter()
        promise = writer.write(1)
        return (
            await failure(stream.readable.getReader().read()),
            await failure(promise),
            await failure(writer.closed),
        )

    assert all("ValueError: boom" in message for message in run(go()))


def test_a_flush_that_throws():
    async def go():
        stream = transform(flush=boom)
        promise = stream.writable.getWriter().close()
        return await failure(stream.readable.getReader().read()), await failure(promise)

    assert all("ValueError: boom" in message for message in run(go()))


def test_aborting_the_writable_side():
    async def go():
        stream = js.TransformStream.new()
        writer = stream.writable.getWriter()
        await writer.abort(js.Error.new("why"))
        return await failure(stream.readable.getReader().read()), await failure(writer.closed)

    assert run(go()) == ("Error: why", "Error: why")


def test_cancelling_the_readable_side():
    async def go():
        reasons = []
        stream = transform(cancel=reasons.append)
        writer = stream.writable.getWriter()
        waiting = writer.write("a")
        await stream.readable.cancel(js.Error.new("why"))
        return await failure(waiting), await failure(writer.closed), len(reasons)

    assert run(go()) == ("Error: why", "Error: why", 1)


def test_a_cancel_that_throws():
    async def go():
        cancelled = await failure(transform(cancel=boom).readable.cancel())
        aborted = await failure(transform(cancel=boom).writable.abort("x"))
        return cancelled, aborted

    assert all("ValueError: boom" in message for message in run(go()))


def test_a_readable_size_function_that_throws():
    async def go():
        strategy = O(highWaterMark=3, size=create_proxy(boom))
        stream = js.TransformStream.new(O(), None, strategy)
        promise = stream.writable.getWriter().write("a")
        return await failure(promise)

    assert "ValueError: boom" in run(go())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: js.TransformStream.new(5), "Failed to construct 'TransformStream': constructor parameter 1 is not of type 'Transformer'."),
        (lambda: js.TransformStream.new(readableType="bytes"), "transformer.readableType must be undefined."),
        (lambda: js.TransformStream.new(writableType="x"), "transformer.writableType must be undefined."),
        (lambda: js.TransformStreamDefaultController.new(), "Illegal constructor"),
    ],
)  # fmt: skip
def test_errors(call, message):
    assert error_of(call) == f"TypeError: {message}"


def test_a_transformer_of_the_platform_passes_chunks_on():
    async def go():
        from doris.js import proxy_of

        stream = proxy_of(TransformStream(Transformer()))
        promises = await written(stream, "a")
        result = await chunks(stream.readable)
        for promise in promises:
            await promise
        return result

    assert run(go()) == ["a"]


def test_a_flush_after_the_readable_side_failed():
    async def go():
        box = []

        def flush(controller):
            controller.error(js.Error.new("in flush"))

        stream = transform(start=box.append, flush=flush)
        return await failure(stream.writable.getWriter().close())

    assert run(go()) == "Error: in flush"

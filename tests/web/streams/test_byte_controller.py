# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""ReadableByteStreamController, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from tests.web.support import JsException, O, chunks, create_proxy, error_of, failure, js, jsnull, run, to_js


def controlled(**options):
    box = []
    stream = js.ReadableStream.new(O(type="bytes", start=create_proxy(box.append), **options))
    return stream, box[0]


def test_chunks_are_kept_apart_for_a_default_reader():
    async def go():
        stream, controller = controlled()
        assert (controller.constructor.name, controller.desiredSize, controller.byobRequest) == (
            "ReadableByteStreamController", 0, jsnull,
        )  # fmt: skip
        controller.enqueue(to_js(b"ab"))
        controller.enqueue(js.ArrayBuffer.new(1))
        controller.close()
        return await chunks(stream), controller.desiredSize

    assert run(go()) == ([b"ab", b"\0"], 0)


def test_views_are_filled_across_chunks():
    async def go():
        stream, controller = controlled()
        for piece in (b"abc", b"d", b"e"):
            controller.enqueue(to_js(piece))
        reader = stream.getReader(mode="byob")
        first = (await reader.read(js.Uint8Array.new(2))).value.to_bytes()
        second = (await reader.read(js.Uint16Array.new(1))).value
        controller.close()
        third = (await reader.read(js.Uint8Array.new(9))).value.to_bytes()
        last = await reader.read(js.Uint8Array.new(9))
        return first, second.to_bytes(), second.constructor.name, third, last.done

    assert run(go()) == (b"ab", b"cd", "Uint16Array", b"e", True)


def test_a_read_that_waits_is_served_by_enqueue():
    async def go():
        stream, controller = controlled()
        reader = stream.getReader(mode="byob")
        waiting = reader.readAtLeast(2, js.Uint8Array.new(4))
        controller.enqueue(to_js(b"a"))
        controller.enqueue(to_js(b"bc"))
        return (await waiting).value.to_bytes()

    assert run(go()) == b"abc"


def test_a_default_read_that_waits():
    async def go():
        stream, controller = controlled()
        reader = stream.getReader()
        first, second = reader.read(), reader.read()
        controller.enqueue(to_js(b"a"))
        controller.close()
        return (await first).value.to_bytes(), (await second).done

    assert run(go()) == (b"a", True)


def test_a_program_may_write_into_the_view():
    async def go():
        def pull(controller):
            request = controller.byobRequest
            assert (request.atLeast, request.view.length) == (1, 3)
            request.view[0] = 7
            request.respond(1)
            assert request.view is jsnull
            with pytest.raises(JsException, match="invalidated"):
                request.respond(1)

        stream = js.ReadableStream.new(O(type="bytes", pull=create_proxy(pull)))
        reader = stream.getReader(mode="byob")
        return [(await reader.read(js.Uint8Array.new(3))).value.to_bytes() for _ in range(2)]

    assert run(go()) == [b"\x07", b"\x07"]


def test_a_view_of_ones_own():
    async def go():
        stream, controller = controlled()
        waiting = stream.getReader(mode="byob").read(js.Uint8Array.new(3))
        request = controller.byobRequest
        assert request.js_id == controller.byobRequest.js_id
        with pytest.raises(JsException, match="parameter 1 is not of type 'BufferSource'"):
            request.respondWithNewView("x")
        request.respondWithNewView(js.Uint8Array.new([5, 6]))
        return (await waiting).value.to_bytes()

    assert run(go()) == b"\x05\x06"


def test_responses_that_do_not_fit():
    async def go():
        stream, controller = controlled()
        stream.getReader(mode="byob").read(js.Uint8Array.new(1))
        messages = []
        for count in (0, 2):
            with pytest.raises(JsException) as caught:
                controller.byobRequest.respond(count)
            messages.append(str(caught.value))
        return messages

    assert run(go()) == [
        "TypeError: The bytesWritten must be more than zero while the stream is open.",
        "RangeError: Too many bytes [2] in response to a BYOB read request.",
    ]


def test_closing_answers_reads_with_views():
    async def go():
        stream, controller = controlled()
        waiting = stream.getReader(mode="byob").read(js.Uint8Array.new(2))
        controller.close()
        step = await waiting
        return step.done, step.value.length

    assert run(go()) == (True, 0)


def test_buffers_allocated_for_a_default_reader():
    async def go():
        def pull(controller):
            controller.byobRequest.view[0] = 9
            controller.byobRequest.respond(1)

        stream = js.ReadableStream.new(O(type="bytes", autoAllocateChunkSize=4, pull=create_proxy(pull)))
        return (await stream.getReader().read()).value.to_bytes()

    assert run(go()) == b"\x09"
    assert error_of(lambda: js.ReadableStream.new(O(type="bytes", autoAllocateChunkSize=0))) == (
        "TypeError: The autoAllocateChunkSize option cannot be zero."
    )


def test_what_cannot_be_enqueued():
    _stream, controller = controlled()
    kind = "TypeError: Failed to execute 'enqueue' on 'ReadableByteStreamController': parameter 1 is not of type 'BufferSource'."
    assert error_of(lambda: controller.enqueue("a")) == error_of(controller.enqueue) == kind
    assert error_of(lambda: controller.enqueue(js.Uint8Array.new(0))) == (
        "TypeError: Cannot enqueue a zero-length ArrayBuffer."
    )
    controller.close()
    closed = "TypeError: This ReadableByteStreamController is closed."
    assert error_of(controller.close) == error_of(lambda: controller.enqueue(to_js(b"x"))) == closed
    assert error_of(js.ReadableByteStreamController.new) == "TypeError: Illegal constructor"


def test_failing_and_cancelling():
    async def go():
        reasons = []
        stream, controller = controlled(cancel=create_proxy(reasons.append))
        controller.enqueue(to_js(b"lost"))
        await stream.cancel("why")
        failed, other = controlled()
        reader = failed.getReader(mode="byob")
        waiting = reader.read(js.Uint8Array.new(1))
        other.error(js.Error.new("boom"))
        return reasons, await failure(waiting), other.desiredSize

    assert run(go()) == (["why"], "Error: boom", jsnull)


def test_releasing_a_reader_drops_its_view():
    async def go():
        stream, controller = controlled()
        reader = stream.getReader(mode="byob")
        waiting = reader.read(js.Uint8Array.new(1))
        reader.releaseLock()
        message = await failure(waiting)
        controller.enqueue(to_js(b"a"))
        controller.close()
        return message, controller.byobRequest, await chunks(stream)

    assert run(go()) == ("TypeError: This ReadableStream reader has been released.", jsnull, [b"a"])


def test_pull_is_asked_again_while_something_is_wanted():
    async def go():
        pulls = []

        async def pull(controller):
            pulls.append(len(pulls))
            if len(pulls) < 3:
                controller.enqueue(to_js(b"x"))

        stream = js.ReadableStream.new(O(type="bytes", pull=create_proxy(pull)), O(highWaterMark=2))
        for _ in range(20):
            await js.Promise.resolve(None)
        return list(pulls), (await stream.getReader().read()).value.to_bytes()

    assert run(go()) == ([0, 1], b"x")


def test_tee():
    async def go():
        stream, controller = controlled()
        controller.enqueue(to_js(b"abc"))
        controller.close()
        left, right = stream.tee()
        part = (await right.getReader(mode="byob").read(js.Uint8Array.new(9))).value.to_bytes()
        return await js.Response.new(left).text(), part, stream.locked

    assert run(go()) == ("abc", b"abc", True)

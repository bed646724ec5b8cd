"""WritableStreamDefaultController, against answers of the reference runtime."""

from __future__ import annotations

from tests.web.support import O, create_proxy, error_of, failure, js, run


def test_start_comes_first():
    async def go():
        log = []

        async def start(controller):
            log.append(controller.constructor.name)
            await js.Promise.resolve(None)
            log.append("started")

        stream = js.WritableStream.new(
            O(start=create_proxy(start), write=create_proxy(lambda chunk, _controller: log.append(chunk)))
        )
        writer = stream.getWriter()
        written = writer.write("a")
        size = writer.desiredSize
        await written
        return log, size

    assert run(go()) == (["WritableStreamDefaultController", "started", "a"], 0)


def test_a_start_that_fails():
    def boom(_controller):
        raise ValueError("boom")

    async def go():
        writer = js.WritableStream.new(O(start=create_proxy(boom))).getWriter()
        return await failure(writer.write("a"))

    assert "ValueError: boom" in run(go())


def test_the_controller_can_fail_the_stream():
    async def go():
        box = []
        stream = js.WritableStream.new(O(start=create_proxy(box.append)))
        box[0].error(js.Error.new("boom"))
        writer = stream.getWriter()
        return await failure(writer.write(1)), box[0].signal.aborted

    assert run(go()) == ("Error: boom", False)


def test_the_signal_tells_of_an_abort():
    async def go():
        box = []
        stream = js.WritableStream.new(O(start=create_proxy(box.append)))
        await stream.abort("why")
        return box[0].signal.aborted, box[0].signal.reason

    assert run(go()) == (True, "why")


def test_sizes():
    async def go():
        gate = js.Promise.withResolvers()
        sink = O(write=create_proxy(lambda _chunk, _controller: gate.promise))
        stream = js.WritableStream.new(sink, O(highWaterMark=3, size=create_proxy(lambda chunk: chunk)))
        writer = stream.getWriter()
        writer.write(2)
        return writer.desiredSize

    assert run(go()) == 1


def test_size_functions_that_fail():
    def boom(_chunk):
        raise ValueError("boom")

    async def go(size):
        writer = js.WritableStream.new(O(), O(highWaterMark=3, size=create_proxy(size))).getWriter()
        return await failure(writer.write(1))

    assert "ValueError: boom" in run(go(boom))
    assert "size" in run(go(lambda _chunk: -1))


def test_backpressure_is_seen_at_ready():
    async def go():
        gate = js.Promise.withResolvers()
        writer = js.WritableStream.new(
            O(write=create_proxy(lambda _chunk, _controller: gate.promise))
        ).getWriter()
        await writer.ready
        writer.write("a")
        waiting = writer.ready
        seen = []
        waiting.then(lambda _value: seen.append("ready"))
        await js.Promise.resolve(None)
        before = list(seen)
        gate.resolve(None)
        await waiting
        return before

    assert run(go()) == []


def test_the_constructor_is_not_for_programs():
    assert error_of(js.WritableStreamDefaultController.new) == "TypeError: Illegal constructor"

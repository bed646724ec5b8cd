"""ReadableStreamDefaultController, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from tests.web.support import JsException, O, chunks, create_proxy, error_of, failure, js, jsnull, run


def controlled(**options):
    """A stream and its controller."""
    box = []
    stream = js.ReadableStream.new(O(start=create_proxy(box.append), **options))
    return stream, box[0]


def test_desired_size_and_closing():
    async def go():
        stream, controller = controlled()
        sizes = [controller.desiredSize]
        controller.enqueue("a")
        sizes.append(controller.desiredSize)
        controller.close()
        assert controller.constructor.name == "ReadableStreamDefaultController"
        for call, message in (
            (lambda: controller.enqueue("b"), "Unable to enqueue"),
            (controller.close, "is closed"),
        ):
            with pytest.raises(JsException, match=message):
                call()
        assert await chunks(stream) == ["a"]
        return [*sizes, controller.desiredSize]

    assert run(go()) == [1, 0, 0]


def test_failing():
    async def go():
        stream, controller = controlled()
        controller.enqueue("lost")
        controller.error(js.Error.new("boom"))
        controller.error(js.Error.new("ignored"))
        with pytest.raises(JsException, match="Unable to enqueue"):
            controller.enqueue(1)
        return controller.desiredSize, await failure(stream.getReader().read())

    assert run(go()) == (jsnull, "Error: boom")


def test_pull_and_cancel():
    async def go():
        log = []

        def pull(controller):
            log.append(("pull", controller.desiredSize))
            controller.enqueue(len(log))

        stream = js.ReadableStream.new(
            O(pull=create_proxy(pull), cancel=create_proxy(lambda why: log.append(("cancel", why))))
        )
        reader = stream.getReader()
        await reader.read()
        await reader.read()
        await reader.cancel("why")
        return log

    log = run(go())
    assert log[:2] == [("pull", 1), ("pull", 1)]
    assert log[-1] == ("cancel", "why")


def test_asking_ahead_follows_the_high_water_mark():
    async def go():
        pulls = []

        async def pull(controller):
            pulls.append(controller.desiredSize)
            controller.enqueue("x")

        js.ReadableStream.new(O(pull=create_proxy(pull)), O(highWaterMark=3))
        idle = js.ReadableStream.new(O(pull=create_proxy(pulls.append)), O(highWaterMark=0))
        for _ in range(20):
            await js.Promise.resolve(None)
        return pulls, idle.locked

    assert run(go()) == ([3, 2, 1], False)


def test_a_start_or_pull_that_throws_fails_the_stream():
    def boom(_controller):
        raise ValueError("boom")

    async def go(name):
        return await failure(js.ReadableStream.new(O(**{name: create_proxy(boom)})).getReader().read())

    assert "ValueError: boom" in run(go("start"))
    assert "ValueError: boom" in run(go("pull"))


def test_a_cancel_that_throws():
    def boom(_reason):
        raise ValueError("boom")

    async def go():
        return await failure(js.ReadableStream.new(O(cancel=create_proxy(boom))).cancel())

    assert "ValueError: boom" in run(go())


def test_a_size_function_that_throws_fails_the_stream():
    def boom(_chunk):
        raise ValueError("boom")

    async def go():
        box = []
        stream = js.ReadableStream.new(
            O(start=create_proxy(box.append)), O(size=create_proxy(boom), highWaterMark=3)
        )
        box[0].enqueue("a")
        return await failure(stream.getReader().read())

    assert "ValueError: boom" in run(go())


def test_the_constructor_is_not_for_programs():
    assert error_of(js.ReadableStreamDefaultController.new) == "TypeError: Illegal constructor"

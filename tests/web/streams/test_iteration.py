"""Streams and iteration."""

from __future__ import annotations

from tests.web.support import chunks, create_proxy, failure, js, run, source, to_js


def test_the_iterator_object():
    async def go():
        iterator = source("a").values()
        assert iterator.constructor.name == "ReadableStreamAsyncIterator"
        first, second, third = iterator.next(), iterator.next(), iterator.next()
        steps = [await first, await second, await third]
        last = await iterator.return_(5)
        return [(step.value, step.done) for step in steps], (last.value, last.done)

    assert run(go()) == ([("a", False), (None, True), (None, True)], (5, True))


def test_returning_early_cancels_unless_prevented():
    async def go():
        results = []
        for prevent in (False, True):
            stream = source("a", "b")
            iterator = stream.values(preventCancel=prevent)
            await iterator.next()
            await iterator.return_()
            results.append((stream.locked, await chunks(stream)))
        return results

    assert run(go()) == [(False, []), (False, ["b"])]


def test_an_error_releases_the_stream():
    async def go():
        stream = source(error=js.Error.new("boom"))
        iterator = stream.values()
        return await failure(iterator.next()), stream.locked, (await iterator.next()).done

    assert run(go()) == ("Error: boom", False, True)


def test_an_async_generator_of_python():
    async def numbers():
        yield 1
        yield 2

    async def go():
        return await chunks(js.ReadableStream.from_(create_proxy(numbers())))

    assert run(go()) == [1, 2]


def test_an_async_generator_of_python_as_a_body():
    closed = []

    async def pieces():
        try:
            yield to_js(b"a")
            yield to_js(b"b")
        finally:
            closed.append(True)

    async def go():
        text = await js.Response.new(create_proxy(pieces())).text()
        reader = js.Response.new(create_proxy(pieces())).body.getReader()
        await reader.read()
        await reader.cancel()
        return text

    assert run(go()) == "ab"
    assert closed == [True, True]


def test_cancelling_ends_the_iterator():
    async def go():
        inner = source("a", "b")
        stream = js.ReadableStream.from_(inner)
        reader = stream.getReader()
        await reader.read()
        await reader.cancel("why")
        return inner.locked, await chunks(inner)

    assert run(go()) == (False, [])


def test_an_iterable_that_throws_fails_the_stream():
    def boom():
        yield "a"
        raise ValueError("boom")

    async def go():
        reader = js.ReadableStream.from_(create_proxy(boom())).getReader()
        return (await reader.read()).value, await failure(reader.read())

    value, message = run(go())
    assert value == "a"
    assert "ValueError: boom" in message
    assert run(chunks(js.ReadableStream.from_(to_js([])))) == []

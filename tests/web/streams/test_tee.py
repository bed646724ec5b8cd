"""Splitting a stream of chunks, against answers of the reference runtime."""

from __future__ import annotations

from tests.web.support import O, chunks, create_proxy, failure, js, run, source


def test_both_branches_get_every_chunk():
    async def go():
        stream = source("a", "b")
        left, right = stream.tee()
        return await chunks(left), await chunks(right), stream.locked

    assert run(go()) == (["a", "b"], ["a", "b"], True)


def test_one_branch_may_stop():
    async def go():
        left, right = source("a", "b", "c").tee()
        stopped = left.cancel("A")
        rest = await chunks(right)
        await stopped
        return rest

    assert run(go()) == ["a", "b", "c"]


def test_the_source_is_cancelled_with_both_reasons():
    reasons = []

    async def go():
        left, right = js.ReadableStream.new(
            O(cancel=create_proxy(lambda why: reasons.append(list(why))))
        ).tee()
        first, second = left.cancel("A"), right.cancel("B")
        await first
        await second

    run(go())
    assert reasons == [["A", "B"]]


def test_a_failure_reaches_both():
    async def go():
        left, right = source("a", error=js.Error.new("boom")).tee()
        readers = left.getReader(), right.getReader()
        waiting = [reader.read() for reader in readers]
        first = [(await promise).value for promise in waiting]
        return first, [await failure(reader.read()) for reader in readers]

    assert run(go()) == (["a", "a"], ["Error: boom", "Error: boom"])


def test_two_reads_wait_at_once():
    async def go():
        left, right = source("a", "b").tee()
        readers = left.getReader(), right.getReader()
        waiting = [reader.read() for reader in readers for _ in range(2)]
        return [(await promise).value for promise in waiting]

    assert run(go()) == ["a", "b", "a", "b"]


def test_reads_before_the_source_answers():
    async def go():
        box = []
        stream = js.ReadableStream.new(O(start=create_proxy(box.append)))
        left, right = stream.tee()
        readers = left.getReader(), right.getReader()
        waiting = [reader.read() for reader in readers]
        await js.Promise.resolve(None)
        again = readers[0].read()
        box[0].enqueue("a")
        box[0].enqueue("b")
        values = [(await promise).value for promise in [*waiting, again]]
        box[0].close()
        ends = [await reader.closed for reader in readers[:1]]
        return values, ends

    assert run(go()) == (["a", "a", "b"], [None])

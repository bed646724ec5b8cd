"""Promises and the driver of JavaScript-world coroutines."""

import asyncio

import pytest

from doris.js import ErrorObject, Promise, Throw, drain, gather, native, plain, start, type_error
from doris.js.promise import FULFILLED, PENDING, REJECTED, unhandled_rejection_hooks

from .ask import ask, refuses


def settled(promise):
    drain()
    return promise.state, promise.value


def test_settling_happens_once():
    promise, resolve, reject = Promise.deferred()
    assert promise.state == PENDING
    resolve(1)
    reject("late")
    resolve(2)
    assert settled(promise) == (FULFILLED, 1)
    assert Promise.resolved(promise) is promise


def test_following_another_promise():
    inner, resolve_inner, _ = Promise.deferred()
    outer = Promise()
    outer.resolve_with(inner)
    outer.reject_with("ignored")
    resolve_inner(5)
    assert settled(outer) == (FULFILLED, 5)


def test_a_promise_cannot_follow_itself():
    promise = Promise()
    promise.resolve_with(promise)
    assert settled(promise)[1].message == "Chaining cycle detected for promise #<Promise>"


def test_thenables():
    thenable = plain({"then": native("then", lambda ok=None, no=None: ok.js_call(None, 7))})
    assert settled(Promise.resolved(thenable)) == (FULFILLED, 7)

    def fail(*args):
        raise type_error("bad")

    failing = plain({"then": native("then", fail)})
    assert settled(Promise.resolved(failing))[0] == REJECTED
    assert settled(Promise.resolved(plain({"then": 5})))[0] == FULFILLED


def test_a_getter_that_throws_rejects():
    from doris.js.objects import Accessor

    def fail(this):
        raise type_error("bad getter")

    value = plain()
    value._props["then"] = Accessor(fail, None)
    assert settled(Promise.resolved(value))[1].message == "bad getter"


def test_coroutines_start_at_once():
    seen = []

    async def work():
        seen.append(1)
        value = await Promise.resolved(2)
        seen.append(value)
        return 3

    promise = start(work())
    assert seen == [1]
    assert settled(promise) == (FULFILLED, 3)
    assert seen == [1, 2]


def test_rejections_are_thrown_into_coroutines():
    async def work():
        try:
            await Promise.rejected(type_error("m"))
        except Throw as error:
            return error.value.message

    assert settled(start(work())) == (FULFILLED, "m")


def test_a_python_fault_rejects():
    async def work():
        raise ValueError("v")

    assert settled(start(work()))[1].js_get("type") == "ValueError"


def test_only_promises_and_futures_can_be_awaited():
    class Odd:
        def __await__(self):
            yield "odd"

    async def work():
        await Odd()

    assert "which is no Promise" in settled(start(work()))[1].message


def test_futures_of_asyncio_can_be_awaited():
    async def run():
        future = asyncio.get_running_loop().create_future()

        async def work():
            return await future

        promise = start(work())
        future.set_result(5)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return promise.state, promise.value

    assert asyncio.run(run()) == (FULFILLED, 5)


def test_gather():
    async def both():
        return await gather([Promise.resolved(1), Promise.resolved(2)])

    assert settled(start(both())) == (FULFILLED, [1, 2])
    assert settled(start(gather([]))) == (FULFILLED, [])

    async def one_fails():
        return await gather([Promise(), Promise.rejected("no")])

    assert settled(start(one_fails())) == (REJECTED, "no")


def test_unhandled_rejections_are_told(monkeypatch):
    told = []
    monkeypatch.setattr("doris.js.promise.unhandled_rejection_hooks", unhandled_rejection_hooks)
    unhandled_rejection_hooks.append(lambda promise, unhandled: told.append(unhandled))
    try:
        promise = Promise.rejected(ErrorObject("m"))
        promise.then_(lambda value: None, lambda reason: None)
        promise.then_(lambda value: None, lambda reason: None)
        drain()
    finally:
        unhandled_rejection_hooks.pop()
    assert told == [True, False]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("await js.Promise.new(lambda ok, no: ok(5))", 5),
        ("await js.Promise.resolve(1).then(lambda x: x + 1)", 2),
        ("await js.Promise.resolve(4).then(later)", 4),
        ("await js.Promise.reject(js.Error.new('m')).catch(lambda e: e.message)", "m"),
        ("(await js.Promise.all(to_js([js.Promise.resolve(1), 2]))).to_py()", [1, 2]),
        (
            "await js.Promise.race(to_js([1, 2])), await js.Promise.any(to_js([js.Promise.reject(1), 2]))",
            (1, 2),
        ),
        (
            "[s['status'] for s in (await js.Promise.allSettled(to_js([js.Promise.reject(1), 2]))).to_py()]",
            ["rejected", "fulfilled"],
        ),
        ("w = js.Promise.withResolvers()\nw.resolve(3)\nawait w.promise", 3),
        ("await js.Promise.resolve(create_proxy(later(3)))", 3),
        (
            "seen = []\nw = js.Promise.withResolvers()\nw.resolve(1)\n"
            "p = js.Reflect.get(js.Promise.prototype, 'finally')"
            ".call(w.promise, create_proxy(lambda: seen.append(1)))\n(await p, seen)",
            (1, [1]),
        ),
    ],
)
def test_from_python(question, answer):
    assert ask(question) == answer


def test_faults():
    refuses(
        "await js.Promise.any(to_js([js.Promise.reject(1)]))", "AggregateError: All promises were rejected"
    )
    refuses("await js.Promise.any(to_js([]))", "AggregateError: All promises were rejected")
    refuses("await js.Promise.all(to_js([js.Promise.reject(js.Error.new('m'))]))", "Error: m")
    refuses("js.Promise.new(5)", "TypeError: Promise resolver 5 is not a function")
    refuses("await js.Promise.new(lambda ok, no: no(js.TypeError.new('no')))", "TypeError: no")

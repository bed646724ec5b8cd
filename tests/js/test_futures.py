"""Promises as futures of the running loop."""

import asyncio

import pytest

from doris.futures import PyodideFuture
from doris.js import ErrorObject, Promise
from doris.js.futures import future_of

from .ask import names


def test_a_future_follows_its_promise():
    async def run():
        promise, resolve, _ = Promise.deferred()
        future = future_of(promise)
        resolve(1.0)
        return type(future), await future

    assert asyncio.run(run()) == (PyodideFuture, 1)


def test_a_cancelled_future_is_left_alone():
    async def run():
        promise, resolve, _ = Promise.deferred()
        failing, _, reject = Promise.deferred()
        futures = [future_of(promise), future_of(failing)]
        for future in futures:
            future.cancel()
        resolve(1)
        reject(ErrorObject("m"))
        await asyncio.sleep(0)
        return [future.cancelled() for future in futures]

    assert asyncio.run(run()) == [True, True]


def test_what_is_no_error_is_wrapped_in_one():
    async def run():
        await future_of(Promise.rejected("text"))

    with pytest.raises(
        names()["JsException"],
        match=r"A value of type string with tag .object String. was thrown as an error!",
    ):
        asyncio.run(run())


def test_there_must_be_a_loop():
    with pytest.raises(RuntimeError, match="no running event loop"):
        future_of(Promise.resolved(1))

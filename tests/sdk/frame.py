"""A pytest plugin for the inner run: the bindings and the internet that the suites' own frame would give.

Loaded by `-p tests.sdk.frame` beside `--worker`. `SELF` calls the Worker in the same isolate, `ASGI_HTTP`
the same project over HTTP; what the Worker fetches goes to a Worker that plays the internet. The last two
are at the addresses in `DORIS_SDK_LOOPBACK` and `DORIS_SDK_OUTSIDE`.
"""

from __future__ import annotations

import asyncio
import gzip
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import pytest

from doris import pytest_plugin
from doris.isolate import outside
from doris.js import (
    JSArray,
    JSObject,
    JSValue,
    Promise,
    Throw,
    Uint8Array,
    construct,
    get,
    method,
    opt,
    plain,
    to_string,
)
from doris.outbound import Answer as OutboundAnswer
from doris.outbound import Call
from doris.runtime.events import ScheduledController
from doris.runtime.runtime import Runtime
from doris.web import response as response_module
from tests.reference.http import Answer, send


class SelfFetcher(JSObject, name="Fetcher"):
    """A service binding to the Worker itself."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__()
        self._runtime = runtime

    @method
    def fetch(self, resource: JSValue = None, init: JSValue = None) -> Promise:
        request = construct(self._runtime.code.realm.global_object.js_get("Request"), resource, init)
        return self._promise(self._runtime.fetch(request))

    @method
    def scheduled(self, options: JSValue = None) -> Promise:
        cron, time = opt(options, "cron"), opt(options, "scheduledTime")

        async def run() -> JSObject:
            await self._runtime.scheduled(ScheduledController(to_string(cron), time))
            return plain({"outcome": "ok", "noRetry": False})

        return self._promise(run())

    def _promise(self, work: Any) -> Promise:
        promise, resolve, reject = Promise.deferred()

        def done(task: asyncio.Task[JSValue]) -> None:
            error = task.exception()
            if error is None:
                resolve(task.result())
            elif isinstance(error, Throw):
                reject(error.value)
            else:
                raise error

        self._runtime.loop.create_task(work).add_done_callback(done)
        return promise


class HttpFetcher(JSObject, name="Fetcher"):
    """A service over HTTP, as an external service of workerd is."""

    def __init__(self, runtime: Runtime, address: str) -> None:
        super().__init__()
        self._realm = runtime.code.realm
        self._address = address

    @method
    async def fetch(self, resource: JSValue = None, init: JSValue = None) -> JSObject:
        request = construct(self._realm.global_object.js_get("Request"), resource, init)
        url = urlsplit(to_string(get(request, "url")))
        headers = [tuple(pair.items) for pair in request.js_get("headers").js_iter()]
        answer = over_http(self._address, to_string(get(request, "method")), url.path, headers, b"")
        # fetch() undoes the declared encoding once; the header stays.
        body = gzip.decompress(answer.body) if answer.header("content-encoding") == "gzip" else answer.body
        lines = JSArray([JSArray([name, value]) for name, value in answer.headers])
        init_object = plain({"status": answer.status, "headers": lines})
        response: JSObject = construct(
            self._realm.global_object.js_get("Response"), Uint8Array.of_bytes(body), init_object
        )
        return response


def over_http(address: str, verb: str, path: str, headers: Any, body: bytes) -> Answer:
    """Send a request to a server of ours, whatever host it was meant for."""
    place = urlsplit(address)
    kept = [(name, value) for name, value in headers if name not in {"host", "content-length"}]
    with outside():  # a Worker may open no socket; we may
        return send(place.hostname or "", place.port or 80, verb, path, headers=kept, body=body or None)


def play_the_internet(address: str) -> Any:
    """The answer to any request that the Worker sends out."""

    def reply(call: Call) -> OutboundAnswer:
        path = urlsplit(call.url).path
        answer = over_http(address, call.method, path, call.headers.items(), call.body)
        return OutboundAnswer(answer.status, tuple(answer.headers), answer.body)

    return reply


@contextmanager
def production_python() -> Iterator[None]:
    """`sys.version_info` as in production: a test asks for it and skips itself on an older Python.

    The emulator behaves like production's Python on any.
    """
    own = sys.version_info
    sys.version_info = (3, 14, 2, "final", 0)  # type: ignore[assignment]
    try:
        yield
    finally:
        sys.version_info = own


@contextmanager
def filled_in_status_text() -> Iterator[None]:
    """Responses with the usual phrase as their `statusText`, which a test of SDK 1.9.5 expects.

    The workerd we are held to (1.20261117) leaves it empty, under every compatibility date, and so does the
    emulator: see `statusText` in tests/conformance/truth/responses.json.
    """
    own = response_module._made

    def made(*arguments: Any) -> response_module.Response:
        response = own(*arguments)
        response.reason = response.reason or HTTPStatus(response.status_code).phrase
        return response

    response_module._made = made
    try:
        yield
    finally:
        response_module._made = own


EXPECTED = {"test_bind_null": production_python, "test_response_unit_tests": filled_in_status_text}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[None]:
    """Give a test the surroundings that it was written for."""
    with EXPECTED.get(pyfuncitem.name, nullcontext)():
        return (yield)


@pytest.fixture(autouse=True)
def sdk_frame(request: pytest.FixtureRequest) -> None:
    """Before each test (which begins with fresh mocks): the bindings and the internet."""
    runtime = request.config.stash[pytest_plugin._projects].only()._opened()
    runtime.env.js_set("SELF", SelfFetcher(runtime))
    if loopback := os.environ.get("DORIS_SDK_LOOPBACK"):
        runtime.env.js_set("ASGI_HTTP", HttpFetcher(runtime, loopback))
    if outside := os.environ.get("DORIS_SDK_OUTSIDE"):
        runtime.outbound.mock(None, "*").reply(play_the_internet(outside))

"""`Worker`: what tests hold in their hands."""

from __future__ import annotations

import asyncio
import json as jsonlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from doris.clock import Clock
from doris.config import Project
from doris.js import (
    JSArray,
    JSObject,
    JSValue,
    Throw,
    Uint8Array,
    construct,
    from_json,
    plain,
    proxy_of,
    raised,
    to_js_value,
)
from doris.outbound import Outbound
from doris.runtime.cf import default_cf
from doris.runtime.events import ScheduledController
from doris.runtime.runtime import Runtime
from doris.web import Request

#: Where relative paths of `Worker.fetch` lie.
BASE_URL = "http://localhost/"


class Worker:
    """A running Worker project. Made by `doris.open`."""

    __module__ = "doris"

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    @property
    def project(self) -> Project:
        """What its wrangler file says."""
        return self._runtime.project

    @property
    def clock(self) -> Clock:
        """Its time: ``worker.clock.travel(hours=1)``."""
        return self._runtime.clock

    @property
    def outbound(self) -> Outbound:
        """The requests it sends out, and their mocks."""
        return self._runtime.outbound

    @property
    def env(self) -> Any:
        """Its variables and bindings, as its own code sees ``self.env``."""
        code = self._runtime.code
        return code.sdk.rpc._EnvWrapper(proxy_of(self._runtime.env))

    async def fetch(
        self,
        url: Any,
        *,
        method: str | None = None,
        headers: Mapping[str, str] | list[tuple[str, str]] | None = None,
        body: Any = None,
        json: Any = None,
        redirect: str = "manual",
        cf: Mapping[str, Any] | None = None,
    ) -> Any:
        """Send the Worker a request.

        Args:
            url: A path or a whole URL, or a ``workers.Request``.
            method: The HTTP method; default ``GET``, with a body ``POST``.
            headers: Header lines.
            body: Text, bytes, or an object of the SDK that can be a body (``FormData``, ``Blob``).
            json: A value to send as JSON instead of ``body``.
            redirect: What the request says about redirects; the answer is given as the Worker made it.
            cf: The request's ``cf`` properties.

        Returns:
            The SDK's own ``workers.Response``. A handler that fails gives the status 500, as a client would
            see it.

        Raises:
            JsException: The request itself cannot be made (a bad URL, method, header or body).
        """
        try:
            request = self._request(url, method, headers, body, json, redirect, cf)
        except Throw as failure:
            raise raised(failure) from None
        runtime = self._runtime
        try:
            response = await runtime.fetch(request)
        except Throw as failure:
            runtime.log_failure(failure)
            response = self._error_response(failure)
        return runtime.code.sdk.Response(proxy_of(response))

    async def scheduled(self, *, cron: str = "* * * * *", scheduled_time: float | None = None) -> None:
        """Fire a cron trigger.

        Args:
            cron: The cron expression that the handler sees.
            scheduled_time: Milliseconds since 1970; default: the clock's time.

        Raises:
            Exception: What the handler raised.
        """
        when = self.clock.now_ms() if scheduled_time is None else scheduled_time
        try:
            await self._runtime.scheduled(ScheduledController(cron, when))
        except Throw as failure:
            raise _original(failure) from failure

    async def queue(self, name: str, messages: list[Any]) -> Any:
        """Deliver messages of a queue. Not covered yet."""
        raise NotImplementedError("worker.queue(): queues are not covered yet")

    def durable_object(self, binding: str, name: str) -> Any:
        """A Durable Object from inside. Not covered yet."""
        raise NotImplementedError("worker.durable_object(): Durable Objects are not covered yet")

    async def wait_until(self) -> None:
        """Wait for the work behind ``ctx.waitUntil``."""
        await self._runtime.finish_background()

    def reload(self) -> None:
        """Load the Worker's code anew; its state stays."""
        self._runtime.reload()

    async def close(self) -> None:
        """Stop it. What waits behind ``ctx.waitUntil`` is finished first."""
        await self._runtime.stop()

    def _request(
        self, url: Any, method: str | None, headers: Any, body: Any, json: Any, redirect: str, cf: Any
    ) -> JSObject:
        construct_request = self._runtime.code.realm.global_object.js_get("Request")
        js_object = getattr(url, "js_object", None)
        if js_object is not None:
            request: JSObject = construct(construct_request, to_js_value(js_object))
            return request
        lines = [
            (str(name), str(value))
            for name, value in (headers.items() if hasattr(headers, "items") else headers or [])
        ]
        if json is not None:
            body = jsonlib.dumps(json)
            if not any(name.lower() == "content-type" for name, _ in lines):
                lines.append(("content-type", "application/json"))
        init: dict[str, JSValue] = {
            "method": str(method) if method is not None else "GET" if body is None else "POST",
            "headers": JSArray([JSArray(list(line)) for line in lines]),
            "redirect": redirect,
            "cf": from_json(dict(cf)) if cf is not None else None,
        }
        if body is not None:
            init["body"] = _js_body(body)
            if isinstance(body, str | bytes) and not any(
                name.lower() == "content-length" for name, _ in lines
            ):
                size = len(body.encode() if isinstance(body, str) else body)
                init["headers"].items.append(JSArray(["content-length", str(size)]))
        whole = urljoin(BASE_URL, str(url))
        if not any(name.lower() == "host" for name, _ in lines):
            init["headers"].items.append(JSArray(["host", urlsplit(whole).netloc.rpartition("@")[2]]))
        made: Request = construct(construct_request, whole, plain(init))
        made.message_headers.immutable = True  # a request that came in cannot be changed
        if cf is None:
            made.cf_object = default_cf()
        return made

    def _error_response(self, failure: Throw) -> JSObject:
        response: JSObject = construct(
            self._runtime.code.realm.global_object.js_get("Response"), str(failure), plain({"status": 500})
        )
        return response


def _js_body(body: Any) -> JSValue:
    if isinstance(body, bytes | bytearray | memoryview):
        return Uint8Array.of_bytes(bytes(body))
    return to_js_value(getattr(body, "js_object", body))


def _original(failure: Throw) -> BaseException:
    cause = failure.__cause__
    return cause if cause is not None else raised(failure)


def running_loop() -> asyncio.AbstractEventLoop:
    """The loop beneath all Workers: the running one, or the one that drives it."""
    loop: Any = asyncio.get_running_loop()
    host: asyncio.AbstractEventLoop = getattr(loop, "host", loop)
    return host

"""The global ``fetch``: from the Worker to a mock or to the network."""

from __future__ import annotations

import asyncio
import http.client
import ssl
from urllib.parse import urlsplit

from doris.clock import Clock
from doris.encoding import decoded
from doris.isolate import outside
from doris.js import (
    JSValue,
    NativeFunction,
    Promise,
    Realm,
    construct,
    error,
    get,
    start,
    to_string,
)
from doris.outbound import Answer, Call, Outbound, Refused
from doris.scope import refuse_at_module_scope
from doris.web import ReadableStream, Request, Response, read_all

_REDIRECTS = (301, 302, 303, 307, 308)
#: The Fetch standard's limit (HTTP-redirect fetch, step 7).
_MAX_REDIRECTS = 20


def make_fetch(realm: Realm, outbound: Outbound, clock: Clock) -> NativeFunction:
    """The function ``fetch`` of one Worker."""

    def fetch(_this: JSValue, resource: JSValue = None, init: JSValue = None, *_rest: JSValue) -> Promise:
        async def run() -> JSValue:
            refuse_at_module_scope()
            return await _send(realm, outbound, clock, Request.coerce((resource, init)))

        return start(run())

    return NativeFunction("fetch", fetch)


async def _send(realm: Realm, outbound: Outbound, clock: Clock, request: Request) -> Response:
    outgoing = await _call_of(request)
    addresses = [outgoing.url]
    for _ in range(_MAX_REDIRECTS + 1):
        answer = await _answer(outbound, clock, outgoing)
        location = dict(answer.headers).get("location")
        if answer.status not in _REDIRECTS or location is None or request.redirect_mode == "manual":
            return Response.from_http(
                answer.status, answer.reason, list(answer.headers), answer.body, url_list=tuple(addresses)
            )
        outgoing = _redirected(realm, outgoing, answer.status, location)
        addresses.append(outgoing.url)
    raise error("Too many redirects.", name="TypeError")


async def _call_of(request: Request) -> Call:
    body = request.take()
    if isinstance(body, ReadableStream):
        body = await read_all(body)
    content = body.encode() if isinstance(body, str) else body or b""
    headers = {name.lower(): value for name, value in request.message_headers.pairs()}
    return Call(request.method_name, request.address, headers, content)


def _redirected(realm: Realm, call_: Call, status: int, location: str) -> Call:
    url = to_string(get(construct(realm.global_object.js_get("URL"), location, call_.url), "href"))
    to_get = (status == 303 and call_.method != "HEAD") or (status in (301, 302) and call_.method == "POST")
    if not to_get:
        return Call(call_.method, url, call_.headers, call_.body)
    headers = {name: value for name, value in call_.headers.items() if not name.startswith("content-")}
    return Call("GET", url, headers, b"")


async def _answer(outbound: Outbound, clock: Clock, call_: Call) -> Answer:
    try:
        mock = outbound.decide(call_)
        if mock is not None:
            return mock.answer(call_)
    except Refused as refusal:
        raise error(str(refusal)) from None
    loop = asyncio.get_running_loop()
    host: asyncio.AbstractEventLoop = getattr(loop, "host", loop)
    done, resolve, reject = Promise.deferred()

    def finished(future: asyncio.Future[Answer]) -> None:
        failure = future.exception()
        if failure is None:
            resolve(future.result())
        else:
            reject(error(f"Network connection lost. ({failure})").value)

    with clock.held():
        with outside():  # a thread: only the emulator may start one
            work = host.run_in_executor(None, _over_the_network, call_)
        work.add_done_callback(finished)
        answer: Answer = await done
    return answer


def _over_the_network(call_: Call) -> Answer:
    url = urlsplit(call_.url)
    port = url.port
    connection: http.client.HTTPConnection
    if url.scheme == "https":
        connection = http.client.HTTPSConnection(
            url.hostname or "", port, context=ssl.create_default_context(), timeout=60
        )
    else:
        connection = http.client.HTTPConnection(url.hostname or "", port, timeout=60)
    try:
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        connection.request(call_.method, target, call_.body or None, call_.headers)
        response = connection.getresponse()
        body = decoded(response.read(), response.getheader("content-encoding") or "")
        headers = tuple(
            (name.lower(), value)
            for name, value in response.getheaders()
            if name.lower() != "transfer-encoding"
        )
        return Answer(response.status, headers, body, response.reason)
    finally:
        connection.close()

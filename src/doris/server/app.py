"""An ASGI application around a running Worker."""

from __future__ import annotations

import contextlib
import http
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from doris.encoding import Encoder, encoder_for
from doris.js import Throw
from doris.runtime.cf import default_cf
from doris.runtime.events import ScheduledController
from doris.runtime.runtime import Runtime
from doris.server.bodies import BodyTooLarge, Disconnected, IncomingBody, OutgoingBody
from doris.server.target import METHODS, host_name, request_url
from doris.web import ReadableStream, Request, response_parts
from doris.web.streams.native_source import NativeSource

Send = Callable[[dict[str, Any]], Awaitable[None]]
Log = Callable[[str], None]

#: Statuses whose answer has neither a body nor a length.
_NO_BODY = (101, 204, 205, 304)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class WorkerApp:
    """Serves one runtime over ASGI.

    Args:
        runtime: The running Worker.
        log: Gets a line for each request.
        hosts: Names the ``Host`` header may have; None allows any. On a loopback address only loopback names
            are allowed, so that no website can reach the server through a name of its own.
        before_request: Called before each request.
    """

    def __init__(
        self,
        runtime: Runtime,
        log: Log = lambda _line: None,
        hosts: tuple[str, ...] | None = _LOOPBACK,
        before_request: Callable[[], None] | None = None,
    ) -> None:
        self.runtime = runtime
        self._log = log
        self._hosts = hosts
        self._before_request = before_request or (lambda: None)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Send) -> None:
        """Answer one request. Other kinds of scopes are not served."""
        if scope["type"] != "http":
            raise NotImplementedError(f"doris serves http, not {scope['type']}")
        began = time.perf_counter()
        answer = _Answer(send)
        try:
            await self._answer(scope, receive, answer)
        except Disconnected:
            answer.status = 499
        finally:
            took = (time.perf_counter() - began) * 1000
            reason = _phrase(answer.status)
            self._log(
                f"{scope['method']} {_target(scope)} {answer.status}{reason and ' ' + reason} ({took:.0f} ms)"
            )

    async def _answer(self, scope: dict[str, Any], receive: Any, answer: _Answer) -> None:
        # Header values are UTF-8 to workerd, in both directions; what is no UTF-8 becomes U+FFFD.
        headers = [
            (name.decode("latin-1"), value.decode("utf-8", "replace")) for name, value in scope["headers"]
        ]
        fields = dict(headers)
        host = fields.get("host", "")
        url = request_url(scope["scheme"], host, _target(scope))
        if url is None:
            await answer.text(400, f"Bad Request: {_target(scope)!r} at the host {host!r} is no URL.")
            return
        if scope["method"] not in METHODS:
            await answer.text(501, "ERROR: Unrecognized request method.")
            return
        if self._hosts is not None and host_name(host) not in self._hosts:
            await answer.text(
                403, f"doris dev answers only to {', '.join(self._hosts)}, not to the host {host!r}."
            )
            return
        if scope["path"] in ("/cdn-cgi/handler/scheduled", "/cdn-cgi/mf/scheduled"):
            await self._scheduled(scope, answer)
            return
        self._before_request()
        announced = "content-length" in fields or "transfer-encoding" in fields
        length = int(fields["content-length"]) if fields.get("content-length", "").isdigit() else None
        incoming = IncomingBody(receive, length, self.runtime)
        try:
            body = await incoming.start(announced=announced)
        except BodyTooLarge:
            await answer.text(413, "Payload Too Large")
            return
        request = Request.from_http(scope["method"], url, headers, body, cf=default_cf())
        await self._fetch(request, incoming, answer, head=scope["method"] == "HEAD")

    async def _fetch(self, request: Request, incoming: IncomingBody, answer: _Answer, *, head: bool) -> None:
        try:
            response = await self.runtime.fetch(request)
            encode_body = getattr(response, "encode_body", "automatic")
            status, _reason, headers, content = response_parts(response)  # type: ignore[arg-type]
        except Throw as failure:
            if incoming.too_large:
                await answer.text(413, "Payload Too Large")
                return
            self.runtime.log_failure(failure)
            await answer.text(500, str(failure))
            return
        encoder = encoder_for(headers, encode_body)
        headers = _framed(headers, status, None if encoder is not None else _length(content), head=head)
        if isinstance(content, ReadableStream):
            await self._stream(
                OutgoingBody(content, self.runtime), encoder, status, headers, answer, head=head
            )
            return
        whole = content.encode() if isinstance(content, str) else content
        if encoder is not None and whole is not None:
            whole = encoder.piece(whole) + encoder.end()
        await answer.whole(status, headers, whole)

    async def _stream(
        self,
        body: OutgoingBody,
        encoder: Encoder | None,
        status: int,
        headers: list[tuple[str, str]],
        answer: _Answer,
        *,
        head: bool,
    ) -> None:
        await answer.start(status, headers)
        if head:
            await body.cancel("The client asked for the headers only.")
            await answer.end()
            return
        try:
            async for chunk in body:
                await answer.chunk(chunk if encoder is None else encoder.piece(chunk))
        except Exception as failure:
            await body.cancel("The client went away.")
            # The status line is out: all that is left is to break off; the client sees an incomplete body.
            self._log(f"the response's body broke off: {failure}")
            raise Disconnected from failure
        await answer.end(b"" if encoder is None else encoder.end())

    async def _scheduled(self, scope: dict[str, Any], answer: _Answer) -> None:
        """``/cdn-cgi/handler/scheduled?cron=…&time=…&format=json``: fire a cron trigger, as ``wrangler
        dev`` does.
        """
        query = parse_qs(scope["query_string"].decode("latin-1"))
        cron = query.get("cron", [""])[0]
        when = query.get("time", [""])[0]
        controller = ScheduledController(cron, float(when) if when.isdigit() else self.runtime.clock.now_ms())
        outcome = "ok"
        try:
            await self.runtime.scheduled(controller)
        except Throw as failure:
            self.runtime.log_failure(failure)
            outcome = "exception"
        status = 200 if outcome == "ok" else 500
        if query.get("format") == ["json"]:
            content = json.dumps({"outcome": outcome, "noRetry": not controller.retry}, separators=(",", ":"))
            headers = [("content-length", str(len(content))), ("content-type", "application/json")]
            await answer.whole(status, headers, content.encode())
        else:
            await answer.text(status, outcome)


class _Answer:
    """One response on its way to the server."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 500

    async def text(self, status: int, text: str) -> None:
        content = text.encode()
        headers = [("content-length", str(len(content))), ("content-type", "text/plain;charset=UTF-8")]
        await self.whole(status, headers, content)

    async def whole(self, status: int, headers: list[tuple[str, str]], content: bytes | None) -> None:
        await self.start(status, headers)
        await self._send({"type": "http.response.body", "body": content or b""})

    async def start(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.status = status
        lines = [(name.encode("latin-1"), value.encode()) for name, value in headers]
        await self._send({"type": "http.response.start", "status": status, "headers": lines})

    async def chunk(self, chunk: bytes) -> None:
        await self._send({"type": "http.response.body", "body": chunk, "more_body": True})

    async def end(self, last: bytes = b"") -> None:
        await self._send({"type": "http.response.body", "body": last})


def _length(content: str | bytes | ReadableStream | None) -> int | None:
    """How long a body is, if that is known; no body has the length 0."""
    if isinstance(content, ReadableStream):
        return content.source.length if isinstance(content.source, NativeSource) else None
    return len(content.encode() if isinstance(content, str) else content or b"")


def _framed(
    headers: list[tuple[str, str]], status: int, length: int | None, *, head: bool
) -> list[tuple[str, str]]:
    """The headers with the length that the body has, whatever the Worker wrote.

    To HEAD, a length is only what the Worker wrote. Source of the rule: the reference runtime.
    """
    if head:
        return headers
    kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
    if length is None or (length == 0 and status in _NO_BODY):
        return kept
    return [("content-length", str(length)), *kept]


def _target(scope: dict[str, Any]) -> str:
    path: str = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    query: str = scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def _phrase(status: int) -> str:
    with contextlib.suppress(ValueError):
        return http.HTTPStatus(status).phrase
    return ""


__all__ = ["WorkerApp"]

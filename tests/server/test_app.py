"""A Worker over ASGI."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from doris import config
from doris.clock import RealClock
from doris.runtime.runtime import Runtime, Settings
from doris.server import WorkerApp
from doris.server.bodies import MAX_BODY
from tests.projects import make_project, worker_source


@dataclass
class Answer:
    """What the server was told to send."""

    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)
    chunks: list[bytes] = field(default_factory=list)
    complete: bool = False

    @property
    def body(self) -> bytes:
        return b"".join(self.chunks)


class Client:
    """Calls an ASGI application as a server would."""

    def __init__(self, app: WorkerApp, lines: list[str]) -> None:
        self.app = app
        self.lines = lines

    async def request(
        self,
        path: str = "/",
        *,
        method: str = "GET",
        query: str = "",
        host: str = "127.0.0.1:8787",
        headers: tuple[tuple[str, str], ...] = (),
        body: list[bytes] | bytes | None = None,
    ) -> Answer:
        pieces = [body] if isinstance(body, bytes) else list(body or [])
        sent = [("host", host), *headers]
        if isinstance(body, bytes) and not any(name == "content-length" for name, _ in headers):
            sent.append(("content-length", str(len(body))))
        elif body is not None and not isinstance(body, bytes):
            sent.append(("transfer-encoding", "chunked"))
        scope = {
            "type": "http",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in sent],
        }
        answer = Answer()

        async def receive() -> dict[str, Any]:
            if not pieces:
                return {"type": "http.disconnect"}
            piece = pieces.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                answer.headers = [(name.decode(), value.decode()) for name, value in message["headers"]]
            else:
                answer.chunks.append(message["body"])
                answer.complete = not message.get("more_body", False)

        await self.app(scope, receive, send)
        return answer


Serving = Callable[..., Any]


@pytest.fixture
def serving(tmp_path: Path) -> Serving:
    """Serves a Worker whose ``fetch`` has the given body."""

    @asynccontextmanager
    async def served(
        body: str, *, before: str = "", source: str | None = None, **options: Any
    ) -> AsyncIterator[Client]:
        folder = make_project(tmp_path, source or worker_source(body, before=before))
        runtime = Runtime(config.load(folder), Settings(clock=RealClock()), asyncio.get_running_loop())
        runtime.start()
        lines: list[str] = []
        try:
            yield Client(WorkerApp(runtime, lines.append, **options), lines)
        finally:
            await runtime.stop()

    return served


ECHO = """
headers = [("x-url", request.url), ("x-method", str(request.method))]
return Response(await request.text(), headers=headers)
"""


async def test_a_request_and_its_answer(serving: Serving) -> None:
    async with serving(ECHO) as client:
        answer = await client.request("/a%20b", method="PUT", query="c=d", body=b"sent")
        assert answer.status == 200
        assert ("x-url", "http://127.0.0.1:8787/a%20b?c=d") in answer.headers
        assert ("content-length", "4") in answer.headers
        assert (answer.body, answer.complete) == (b"sent", True)
        assert client.lines[0].startswith("PUT /a%20b?c=d 200 OK (")


async def test_a_body_that_streams_in(serving: Serving) -> None:
    async with serving(ECHO) as client:
        answer = await client.request(method="POST", body=[b"one ", b"", b"two"])
        assert answer.body == b"one two"
        large = b"x" * 200_000
        assert (await client.request(method="POST", body=large)).body == large


async def test_a_client_that_goes_away_while_sending(
    serving: Serving, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving(ECHO) as client:
        answer = await client.request(method="POST", headers=(("content-length", "200000"),), body=[])
        assert answer.status == 500
        assert "Network connection lost." in answer.body.decode()
        broken_early = await client.request(method="POST", headers=(("content-length", "9"),), body=[])
        assert (broken_early.status, client.lines[-1].split()[2]) == (0, "499")


async def test_a_body_over_the_limit(serving: Serving, monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(ECHO) as client:
        announced = await client.request(
            method="POST", headers=(("content-length", str(MAX_BODY + 1)),), body=b"x"
        )
        assert (announced.status, announced.body) == (413, b"Payload Too Large")
        monkeypatch.setattr("doris.server.bodies.MAX_BODY", 5)
        streamed = await client.request(method="POST", body=[b"123", b"456"])
        assert (streamed.status, streamed.body) == (413, b"Payload Too Large")


STREAM = """
stream = js.TransformStream.new()
writer = stream.writable.getWriter()
async def write():
    for piece in ("one", "two"):
        await writer.write(js.TextEncoder.new().encode(piece))
    await (writer.abort("oops") if "broken" in request.url else writer.close())
self.ctx.waitUntil(write())
return Response(stream.readable, headers={"content-encoding": "gzip"} if "gzip" in request.url else None)
"""


async def test_a_body_that_streams_out(serving: Serving) -> None:
    async with serving(STREAM, before="import js") as client:
        answer = await client.request()
        assert (answer.chunks[:2], answer.body, answer.complete) == ([b"one", b"two"], b"onetwo", True)
        head = await client.request(method="HEAD")
        assert (head.body, head.complete) == (b"", True)
        packed = await client.request("/gzip")
        assert gzip.decompress(packed.body) == b"onetwo"


async def test_a_stream_that_breaks_ends_the_answer_early(serving: Serving) -> None:
    async with serving(STREAM, before="import js") as client:
        answer = await client.request("/broken")
        assert (answer.status, answer.complete) == (200, False)
        assert any(line.startswith("the response's body broke off") for line in client.lines)


async def test_no_body_and_encoded_bodies(serving: Serving) -> None:
    body = """
    if "204" in request.url: return Response(None, status=204)
    if "gzip" in request.url: return Response("packed", headers={"content-encoding": "gzip"})
    return Response(None)
    """
    async with serving(body) as client:
        assert ("content-length", "0") in (await client.request("/")).headers
        assert (await client.request("/204")).headers == []
        packed = await client.request("/gzip")
        assert gzip.decompress(packed.body) == b"packed"
        assert not any(name.lower() == "content-length" for name, _ in packed.headers)


async def test_a_handler_that_fails(serving: Serving, capsys: pytest.CaptureFixture[str]) -> None:
    async with serving("raise ValueError('boom')") as client:
        answer = await client.request()
        assert answer.status == 500
        assert answer.body.decode().rstrip().endswith("ValueError: boom")
    assert capsys.readouterr().err.rstrip().endswith("ValueError: boom")


async def test_a_method_that_there_is_not_does_not_reach_the_worker(serving: Serving) -> None:
    async with serving("return Response('x')") as client:
        answer = await client.request(method="FOO")
        assert (answer.status, answer.body) == (501, b"ERROR: Unrecognized request method.")


@pytest.mark.parametrize(
    ("host", "status"),
    [("LOCALHOST:8787", 200), ("127.0.0.1", 200), ("[::1]:8787", 200), ("evil.example", 403), ("", 400)],
)
async def test_on_loopback_only_loopback_names_are_answered(serving: Serving, host: str, status: int) -> None:
    async with serving("return Response('x')") as client:
        assert (await client.request(host=host)).status == status


async def test_elsewhere_any_name_is_answered(serving: Serving) -> None:
    async with serving("return Response('x')", hosts=None) as client:
        assert (await client.request(host="shop.example")).status == 200


SCHEDULED = """
from workers import WorkerEntrypoint
class Default(WorkerEntrypoint):
    async def scheduled(self, controller, env, ctx):
        print(controller.cron, controller.scheduledTime)
        if controller.cron == "fail":
            raise ValueError("cron")
        controller.noRetry()
"""


async def test_a_cron_trigger_can_be_fired(serving: Serving, capsys: pytest.CaptureFixture[str]) -> None:
    path = "/cdn-cgi/handler/scheduled"
    async with serving("", source=SCHEDULED) as client:
        answer = await client.request(path, query="cron=0+3+*+*+*&time=1000")
        assert (answer.status, answer.body) == (200, b"ok")
        assert capsys.readouterr().out == "0 3 * * * 1000\n"
        as_json = await client.request(path, query="format=json")
        assert (as_json.status, as_json.body) == (200, b'{"outcome":"ok","noRetry":true}')
        failed = await client.request(path, query="cron=fail")
        assert (failed.status, failed.body) == (500, b"exception")


async def test_other_scopes_are_not_served(serving: Serving) -> None:
    async with serving("return Response('x')") as client:
        with pytest.raises(NotImplementedError, match="doris serves http, not websocket"):
            await client.app({"type": "websocket"}, None, None)  # type: ignore[arg-type]


async def test_something_can_be_done_before_each_request(serving: Serving) -> None:
    seen: list[str] = []
    async with serving("return Response('x')", before_request=lambda: seen.append("x")) as client:
        await client.request()
    assert seen == ["x"]

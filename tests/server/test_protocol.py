"""What the connection takes and refuses, in bytes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from doris.server.protocol import Protocol

HOST = b"Host: localhost\r\n"


class Transport(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.closed = False

    def write(self, data: Any) -> None:
        self.written += bytes(data)

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


async def begin_and_wait(scope: Any, receive: Any, send: Any) -> None:
    """An application that shows its target and stops in the middle of its answer."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    target = scope["raw_path"] + b"?" + scope["query_string"]
    await send({"type": "http.response.body", "body": target, "more_body": True})
    await receive()
    await receive()


async def exchange(*pieces: bytes) -> Transport:
    """Send the pieces on one connection; what came back before anything else happens."""
    config = uvicorn.Config(begin_and_wait, http=Protocol, ws="none", lifespan="off", log_level="critical")
    state = ServerState()
    protocol = Protocol(config, state, {}, asyncio.get_running_loop())
    transport = Transport()
    protocol.connection_made(transport)
    for piece in pieces:
        protocol.data_received(piece)
        for _ in range(5):
            await asyncio.sleep(0)
    protocol.connection_lost(None)
    await asyncio.gather(*state.tasks, return_exceptions=True)
    return transport


@pytest.mark.parametrize(
    ("target", "seen"),
    [
        (b"/a%20b?c=%ff", b"/a%20b?c=%ff"),
        ("/é?q=é".encode(), b"/%C3%A9?q=%C3%A9"),
        ("/\N{GRINNING FACE}".encode(), b"/%F0%9F%98%80?"),
    ],
)
def test_utf8_in_the_request_line_is_percent_encoded(target: bytes, seen: bytes) -> None:
    transport = asyncio.run(exchange(b"GET " + target + b" HTTP/1.1\r\n" + HOST + b"\r\n"))
    assert transport.written.startswith(b"HTTP/1.1 200 OK\r\n")
    assert seen in transport.written


def test_header_lines_stay_as_they_are() -> None:
    transport = asyncio.run(exchange(b"GET / HTTP/1.1\r\n", HOST + b"x: \xc3\xa9\r\n\r\n"))
    assert transport.written.startswith(b"HTTP/1.1 200 OK\r\n")


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (b"GARBAGE\r\n\r\n", b"illegal request line: 'GARBAGE'"),
        (b"GET /\xff HTTP/1.1\r\n" + HOST + b"\r\n", b"illegal request line: 'GET /\\xff HTTP/1.1'"),
        (b"GET / HTTP/1.1\r\n\r\n", b"Missing mandatory Host: header"),
        (b"GET / HTTP/1.1\r\n" + HOST + b"no colon\r\n\r\n", b"illegal header line: 'no colon'"),
        (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: x\r\n\r\n", b"bad Content-Length"),
    ],
)
def test_what_is_no_http_is_refused_with_the_reason(request_: bytes, reason: bytes) -> None:
    transport = asyncio.run(exchange(request_))
    assert transport.written.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert transport.written.endswith(b"\r\n\r\nBad Request: " + reason)
    assert transport.closed


def test_a_body_that_turns_bad_after_the_answer_began_ends_the_connection() -> None:
    head = b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n"
    transport = asyncio.run(exchange(head, b"no length\r\n"))
    assert transport.written.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"400" not in transport.written
    assert transport.closed


def test_an_upgrade_is_the_workers_business(caplog: pytest.LogCaptureFixture) -> None:
    upgrade = b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    transport = asyncio.run(exchange(b"GET / HTTP/1.1\r\n" + HOST + upgrade))
    assert transport.written.startswith(b"HTTP/1.1 200 OK\r\n")
    assert not caplog.records

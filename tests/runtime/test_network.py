"""Requests that really go out, to a server on this machine."""

from __future__ import annotations

import gzip
import http.server
import threading
from collections.abc import Iterator

import pytest

from tests.runtime.conftest import Fetching


class Handler(http.server.BaseHTTPRequestHandler):
    """Echoes, or answers compressed."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.send_response(201, "Made")
        self.send_header("X-Seen", f"{self.path} {self.headers['x-a']}")
        packed = gzip.compress(body) if "gzip" in self.path else body
        if "gzip" in self.path:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def origin() -> Iterator[str]:
    """The origin of a server that echoes."""
    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


BODY = """
from workers import fetch
url = request.headers["x-url"]
answer = await fetch(url, method="POST", body="sent", headers={"x-a": "1"})
return Response(f"{answer.status} {answer.status_text} {answer.headers['x-seen']} {await answer.text()}")
"""


@pytest.mark.parametrize("path", ["/plain?q=1", "/gzip"])
async def test_an_allowed_request_reaches_the_network(fetching: Fetching, origin: str, path: str) -> None:
    async with fetching(BODY) as worker:
        worker.outbound.allow(origin)
        response = await worker.fetch("/", headers={"x-url": origin + path})
        assert await response.text() == f"201 Made {path} 1 sent"


async def test_a_lost_connection_is_an_error(fetching: Fetching, capsys: pytest.CaptureFixture[str]) -> None:
    async with fetching(BODY) as worker:
        worker.outbound.allow("http://127.0.0.1:1")
        response = await worker.fetch("/", headers={"x-url": "http://127.0.0.1:1/"})
        assert response.status == 500
        assert "Network connection lost." in await response.text()

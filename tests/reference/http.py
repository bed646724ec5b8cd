"""One HTTP/1.1 request over a socket of its own, and the whole answer."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Headers = Mapping[str, str] | list[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP: headers in order, names in lower case."""

    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        return json.loads(self.body)

    def header(self, name: str) -> str | None:
        values = [value for key, value in self.headers if key == name.lower()]
        return ", ".join(values) if values else None


def send(
    host: str,
    port: int,
    method: str,
    path: str,
    *,
    headers: Headers | None = None,
    body: bytes | str | None = None,
    timeout: float = 60.0,
) -> Answer:
    """Send one request with exactly these headers (and Host, and the body's length unless it is given).

    Redirects are not followed. Raises OSError and http.client.HTTPException as they come.
    """
    pairs = list(headers.items()) if isinstance(headers, Mapping) else list(headers or [])
    content = body.encode() if isinstance(body, str) else body
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in pairs:
            connection.putheader(name, value)
        if content is not None and not any(name.lower() == "content-length" for name, _ in pairs):
            connection.putheader("content-length", str(len(content)))
        connection.endheaders(content)
        response = connection.getresponse()
        got = [(name.lower(), value) for name, value in response.getheaders()]
        return Answer(response.status, response.reason, got, response.read())
    finally:
        connection.close()

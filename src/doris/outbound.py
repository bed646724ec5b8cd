"""Requests that a Worker sends out: refused in tests unless mocked or allowed, so that no test depends on the
network.

```python
import doris

async with doris.open("examples/05-d1") as worker:
    worker.outbound.get("https://api.example/users/1").respond(json={"name": "Ada"})
    worker.outbound.post("https://api.example/*").respond(status=503)
    worker.outbound.allow("https://example.com")
    assert worker.outbound.calls == []  # a doris.Call for each request that the Worker has sent
```
"""

from __future__ import annotations

import http.client
import json as jsonlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """One request that the Worker sent. Header names are lower case; ``body`` is bytes."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """The body, parsed as JSON."""
        return jsonlib.loads(self.body)


@dataclass(frozen=True)
class Answer:
    """What comes back. ``headers`` may repeat a name; ``reason`` is the text behind the status."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    reason: str = ""


class Refused(Exception):
    """No mock answers a request, and the network is not allowed."""


@dataclass
class Mock:
    """One expected request and its answer. `respond` says what it is; without, it is an empty 200."""

    method: str | None
    pattern: str | re.Pattern[str]
    calls: list[Call] = field(default_factory=list)
    _answer: Callable[[Call], Answer] = lambda _call: Answer()

    def respond(
        self,
        body: str | bytes | None = None,
        *,
        status: int = 200,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        error: str | None = None,
    ) -> Mock:
        """Say what comes back.

        Args:
            body: Text or bytes.
            status: The HTTP status.
            json: A value to send as JSON instead of ``body``.
            headers: Further headers.
            error: Fail like a lost connection, with this text, instead of answering.
        """
        lines = {name.lower(): value for name, value in (headers or {}).items()}
        content = body.encode() if isinstance(body, str) else body or b""
        if json is not None:
            content = jsonlib.dumps(json).encode()
            lines.setdefault("content-type", "application/json")
        elif isinstance(body, str):
            lines.setdefault("content-type", "text/plain;charset=UTF-8")

        def answer(_call: Call) -> Answer:
            if error is not None:
                raise Refused(error)
            return Answer(status, tuple(lines.items()), content, _phrase(status))

        self._answer = answer
        return self

    def reply(self, function: Callable[[Call], Answer]) -> Mock:
        """Let a function make the answer."""
        self._answer = function
        return self

    def matches(self, call: Call) -> bool:
        """Whether it answers this request."""
        return self.method in (None, call.method) and _matches(self.pattern, call.url)

    def answer(self, call: Call) -> Answer:
        """Record the request and give the answer."""
        self.calls.append(call)
        return self._answer(call)


class Outbound:
    """The outside world of one Worker. The newest mock that fits a request answers it.

    Args:
        allow_all: Let every request that no mock answers go to the network, as ``doris dev`` does.
    """

    def __init__(self, *, allow_all: bool = False) -> None:
        self._allow_all = allow_all
        self._mocks: list[Mock] = []
        self._allowed: list[str | re.Pattern[str]] = []
        #: Every request that was sent or refused, in order.
        self.calls: list[Call] = []

    def mock(self, method: str | None, url: str | re.Pattern[str]) -> Mock:
        """Expect a request.

        ``url`` is the whole URL, with ``*`` for anything, or a pattern; method None is any.
        """
        made = Mock(method.upper() if method else None, url)
        self._mocks.append(made)
        return made

    def get(self, url: str | re.Pattern[str]) -> Mock:
        """Expect a GET request."""
        return self.mock("GET", url)

    def post(self, url: str | re.Pattern[str]) -> Mock:
        """Expect a POST request."""
        return self.mock("POST", url)

    def put(self, url: str | re.Pattern[str]) -> Mock:
        """Expect a PUT request."""
        return self.mock("PUT", url)

    def patch(self, url: str | re.Pattern[str]) -> Mock:
        """Expect a PATCH request."""
        return self.mock("PATCH", url)

    def delete(self, url: str | re.Pattern[str]) -> Mock:
        """Expect a DELETE request."""
        return self.mock("DELETE", url)

    def allow(self, url: str | re.Pattern[str]) -> None:
        """Let requests go to the network whose URL begins with this text or matches this pattern."""
        self._allowed.append(url if isinstance(url, re.Pattern) else url.rstrip("*") + "*")

    def reset(self) -> None:
        """Forget mocks, permissions and recorded requests."""
        self._mocks.clear()
        self._allowed.clear()
        self.calls.clear()

    def decide(self, call: Call) -> Mock | None:
        """The mock for a request; None when it may go to the network.

        Raises:
            Refused: Neither.
        """
        self.calls.append(call)
        for mock in reversed(self._mocks):
            if mock.matches(call):
                return mock
        if self._allow_all or any(_matches(pattern, call.url) for pattern in self._allowed):
            return None
        raise Refused(
            f"fetch of {call.method} {call.url} was refused: tests do not reach the network. Mock it with "
            f'worker.outbound.{call.method.lower()}("{call.url}").respond(…) or allow it with '
            'worker.outbound.allow("…")'
        )


def _phrase(status: int) -> str:
    return http.client.responses.get(status, "")


def _matches(pattern: str | re.Pattern[str], url: str) -> bool:
    if isinstance(pattern, re.Pattern):
        return pattern.fullmatch(url) is not None
    parts = map(re.escape, pattern.split("*"))
    return re.fullmatch(".*".join(parts), url) is not None or pattern + "/" == url

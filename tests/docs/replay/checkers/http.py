"""`http`: a request that is sent as it stands, or the raw answer to the request just before."""

from __future__ import annotations

import json
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..elide import mismatch
from ..fence import Fence, ReplayError
from ..levels import Level

if TYPE_CHECKING:
    from ..page import Page

REQUEST = re.compile(r"^[A-Z]+ (/\S*|\*) HTTP/1\.[01]$")
ANSWER = re.compile(r"^HTTP/[\d.]+ \d{3}")
TRANSPORT = {"connection", "content-length", "date", "keep-alive", "server", "transfer-encoding"}
"""Headers that the server adds on its own: a page may leave them out. All others it has to show."""
PATIENCE = 30.0


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: its first line, its headers, its body."""

    status: str
    headers: list[tuple[str, str]]
    body: str


def check(page: Page, fence: Fence) -> Level:
    """Send the request, or compare the answer."""
    first = fence.body.split("\n")[0].rstrip()
    if REQUEST.match(first):
        page.done.answer = send(page, fence)
        following = page.following(fence)
        if following is None or not (following.language == "http" or "output" in following.classes):
            raise ReplayError(
                fence.place,
                "a request whose answer the page does not show: put it just below, as http or json",
            )
        return Level.RAN
    if not ANSWER.match(first):
        raise ReplayError(
            fence.place,
            f"`{first}` starts neither a request (GET /path HTTP/1.1) nor an answer (HTTP/1.1 200 OK)",
        )
    if page.done.answer is None:
        raise ReplayError(fence.place, "an answer, and no request stands before it")
    _compare(page, fence, parsed(fence.body), parsed(page.done.answer))
    return Level.RAN


def parsed(text: str) -> Answer:
    """Read an answer; the last one when several stand behind each other (redirects, 100 Continue)."""
    parts = re.split(r"(?m)^(?=HTTP/[\d.]+ \d{3})", text.replace("\r\n", "\n"))
    head, _, body = [part for part in parts if part.strip()][-1].partition("\n\n")
    status, *lines = head.rstrip("\n").split("\n")
    headers = [
        (name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)
    ]
    return Answer(status.rstrip(), headers, body.strip("\n"))


def send(page: Page, fence: Fence) -> str:
    """Send a request to the running `doris dev`, byte by byte as it stands; the raw answer."""
    if page.server is None or not page.server.runs:
        raise ReplayError(fence.place, "a request, and no `doris dev` runs on this page")
    page.settle(fence.place)
    head, _, body = fence.body.partition("\n\n")
    lines = [line.rstrip() for line in head.split("\n")]
    names = {line.partition(":")[0].strip().lower() for line in lines[1:]}
    content = body.rstrip("\n").encode()
    if "host" not in names:
        lines.append("Host: 127.0.0.1:8787")
    if content and not names & {"content-length", "transfer-encoding"}:
        lines.append(f"Content-Length: {len(content)}")
    if "connection" not in names:
        lines.append("Connection: close")
    port = page.ports.real(8787)
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + content)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    return _without_chunks(received)


def _without_chunks(received: bytes) -> str:
    head, _, body = received.partition(b"\r\n\r\n")
    if re.search(rb"(?im)^transfer-encoding:\s*chunked", head):
        whole, rest = b"", body
        while rest:
            size, _, rest = rest.partition(b"\r\n")
            length = int(size.split(b";")[0], 16)
            if not length:
                break
            whole, rest = whole + rest[:length], rest[length + 2 :]
        body = whole
    return (head.replace(b"\r\n", b"\n") + b"\n\n" + body).decode("utf-8", "replace")


def _compare(page: Page, fence: Fence, expected: Answer, got: Answer) -> None:
    shown = {name for name, _ in expected.headers}
    # Header order carries no meaning, and the two engines differ in it: compare in the page's order.
    order = [name for name, _ in expected.headers]
    kept = [(name, value) for name, value in got.headers if name in shown or name not in TRANSPORT]
    kept.sort(key=lambda header: order.index(header[0]) if header[0] in order else len(order))
    wanted = "\n".join([_status(expected.status), *(f"{name}: {value}" for name, value in expected.headers)])
    came = "\n".join([_status(got.status), *(f"{name}: {value}" for name, value in kept)])
    body, came_body = same_layout(expected.body, got.body)
    page.compare(
        fence,
        fence.place,
        "the answer to the request just before",
        f"{wanted}\n\n{body}",
        f"{came}\n\n{came_body}",
    )


def _status(line: str) -> str:
    """The status line. The reason has no meaning in HTTP, but what the page shows must be what comes."""
    return re.sub(r"^HTTP/[\d.]+", "HTTP/1.1", line)


def same_layout(expected: str, got: str) -> tuple[str, str]:
    """Both bodies, laid out alike when both are JSON: a page may break a long line."""
    try:
        value = json.loads(got)
    except ValueError:
        return expected, got
    try:
        return _laid_out(json.loads(expected)), _laid_out(value)
    except ValueError:
        return expected, got


def _laid_out(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def compare_json(page: Page, fence: Fence) -> None:
    """Hold a `{ .json .output }` block against the body of the last answer, or the last output."""
    previous = page.previous(fence)
    if previous is None:
        raise ReplayError(fence.place, "shows an output, and no block stands before it")
    got = page.done.outputs.get(previous.line)
    if got is None and page.done.answer is not None:
        got = parsed(page.done.answer).body
    if got is None:
        raise ReplayError(fence.place, "shows an output, and the block before it has none")
    expected, got = same_layout(fence.body, got)
    page.compare(fence, fence.place, "the output of the block just above", expected, got)


__all__ = ["check", "compare_json", "mismatch", "parsed", "same_layout"]

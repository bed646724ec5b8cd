"""Requests as they go over the wire, sent to the routes of worker/src/routes.py."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conformance.masks import mask
from tests.reference.http import Answer

ROUTES = Path(__file__).resolve().parent / "worker" / "src" / "routes.py"

# What the server in front adds, or what no two machines agree on.
IGNORED_HEADERS = {"date", "server", "connection", "keep-alive", "transfer-encoding", "cf-ray"}

MULTIPART = (
    b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xc3\xa9\r\n'
    b'--b\r\nContent-Disposition: form-data; name="f"; filename="x.txt"\r\nContent-Type: text/x\r\n\r\n'
    b"body\r\n--b--\r\n"
)


@dataclass(frozen=True)
class Case:
    """One request."""

    name: str
    path: str
    method: str = "GET"
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes | None = None


def plain_cases() -> list[Case]:
    """A GET of every route."""
    names = re.findall(r"@route\nasync def (\w+)\(", ROUTES.read_text(encoding="utf-8"))
    paths = [name.removesuffix("_").replace("_", "-") for name in names]
    return [Case(f"GET /{path}", f"/{path}") for path in paths]


JSON = [("content-type", "application/json")]
FORM = [("content-type", "application/x-www-form-urlencoded")]

OTHER_CASES = [
    Case("no such route", "/absent"),
    Case("path as it came", "/seen-url?a=b%20c&d=%zz&e=é".replace("é", "%C3%A9")),
    Case("dots in a path", "/a/../seen-url?x"),
    Case("double slash", "//seen-url"),
    Case("encoded path", "/seen%2Durl"),
    Case("HEAD", "/hello", "HEAD"),
    Case("HEAD of json", "/as-json", "HEAD"),
    Case("HEAD that raises", "/raises", "HEAD"),
    Case("OPTIONS", "/echo", "OPTIONS"),
    Case("DELETE", "/echo", "DELETE"),
    Case("PUT", "/echo", "PUT", [("content-type", "text/plain")], b"put"),
    Case("PATCH", "/echo", "PATCH", [], b"patch"),
    Case("an unknown method", "/echo", "PURGE"),
    Case("POST text", "/echo", "POST", [("content-type", "text/plain; charset=utf-8")], "é☃".encode()),
    Case("POST nothing", "/echo", "POST", [], b""),
    Case("POST bytes", "/echo-bytes", "POST", [], b"\x00\xff\xfe"),
    Case("POST invalid UTF-8 read as text", "/echo", "POST", [], b"\xff\xfea"),
    Case("POST a stream through", "/identity-stream", "POST", [], b"through"),
    Case("POST json", "/reads-json", "POST", JSON, b'{"a": [1, 1.0, null, "\xc3\xa9"]}'),
    Case("POST invalid json", "/reads-json", "POST", JSON, b'{"a": '),
    Case("POST empty json", "/reads-json", "POST", JSON, b""),
    Case("POST json of invalid UTF-8", "/reads-json", "POST", JSON, b'"\xff"'),
    Case("POST json with a BOM", "/reads-json", "POST", JSON, b"\xef\xbb\xbf[]"),
    Case("POST form", "/reads-form", "POST", FORM, b"a=1&b=%C3%A9+x&a=2"),
    Case(
        "POST multipart",
        "/reads-form",
        "POST",
        [("content-type", "multipart/form-data; boundary=b")],
        MULTIPART,
    ),
    Case(
        "POST multipart without boundary",
        "/reads-form",
        "POST",
        [("content-type", "multipart/form-data")],
        MULTIPART,
    ),
    Case("POST form of another type", "/reads-form", "POST", JSON, b"{}"),
    Case("POST read twice", "/reads-twice", "POST", [], b"x"),
    Case("headers twice", "/seen-headers", headers=[("X-B", "1"), ("x-a", "2"), ("X-B", "3")]),
    Case(
        "headers twice in JavaScript",
        "/seen-headers-in-js",
        headers=[("X-B", "1"), ("x-a", "2"), ("X-B", "3")],
    ),
    Case("header in Latin-1", "/seen-headers", headers=[("x-a", "caf\xe9")]),
    Case("empty header", "/seen-headers", headers=[("x-a", ""), ("x-b", "  padded  ")]),
    Case("conditional", "/hello", headers=[("if-none-match", '"x"')]),
    Case("range", "/hello", headers=[("range", "bytes=0-1")]),
    Case("expects", "/echo", "POST", [("expect", "100-continue")], b"x"),
    Case("/each without source", "/each", "POST", [], b""),
]


def cases() -> list[Case]:
    return plain_cases() + OTHER_CASES


def shown(answer: Answer) -> dict[str, Any]:
    """An answer as it is compared and recorded."""
    headers = sorted([name, value] for name, value in answer.headers if name not in IGNORED_HEADERS)
    body = answer.body.decode("utf-8", "backslashreplace")
    told = {"status": answer.status, "reason": answer.reason, "headers": headers, "body": body}
    if answer.status >= 500:
        told["body"] = error_of(body)
        told["headers"] = [pair for pair in headers if pair[0] != "content-length"]
    masked: dict[str, Any] = mask(told)
    return masked


def error_of(body: str) -> str:
    """The error that a failed request's page tells: the exception's last line, not the frames above it.

    Production shows a page of its own instead; the reference shows the traceback, and JavaScript's stack
    behind it.
    """
    python = body.partition("\n\n    at ")[0].partition("\n    at ")[0].rstrip()
    group = re.search(r"^  \| (\w*Group: .*)$", python, re.MULTILINE)
    if group is not None:
        return group[1]
    lines = [line for line in python.splitlines() if line and not line.startswith((" ", "|", "+"))]
    return lines[-1] if lines else ""

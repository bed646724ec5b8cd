"""``multipart/form-data``: parsing and serializing.

The rules are workerd's own (form-data), stricter and laxer than others at odd places: parameters must be
quoted, names are case-sensitive, an empty name or file name counts as none, LF may stand for CRLF, what
stands around the parts is ignored. For that reason there is no library below it.

Rules: RFC 7578 as workerd has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from doris.js import type_error

OCTET_STREAM = "application/octet-stream"

_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_DISPOSITION = re.compile(r"\s*([\w-]+)\s*", re.ASCII)
_PARAMETER = re.compile(r';\s*([\w-]+)\s*=\s*"((?:[^"\n\\]|\\[^\n])+)"\s*', re.ASCII)
_HEADER_LINE = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*?)[ \t]*\Z", re.DOTALL)


@dataclass(frozen=True)
class Part:
    """A field of a form. ``filename`` is None for a plain value."""

    name: str
    content: bytes
    filename: str | None = None
    content_type: str = ""


def parse(body: bytes, boundary: str) -> Iterator[Part]:
    """The parts of a message.

    Raises:
        Throw: a TypeError that says what is wrong with the message.
    """
    mark = b"--" + boundary.encode("utf-8", "surrogatepass")
    at = body.find(mark)
    if at < 0 or at + len(mark) == len(body):
        raise type_error("No initial boundary string (or you have a truncated message).")
    at += len(mark)
    while not (body.startswith(b"--", at)):
        at = _after_line_end(body, at)
        end = _HEADERS_END.search(body, at)
        if end is None:
            raise type_error("No multipart message header termination found.")
        headers = _headers(body[at : end.start()].decode("utf-8", "replace"))
        start, at = end.end(), body.find(b"\n" + mark, end.end())
        if at < 0 or at + 1 + len(mark) == len(body):
            raise type_error("No subsequent boundary string after multipart message.")
        content = body[start:at]
        yield _part(headers, content.removesuffix(b"\r"))
        at += 1 + len(mark)


def _after_line_end(body: bytes, at: int) -> int:
    if body.startswith(b"\n", at):
        return at + 1
    if body.startswith(b"\r\n", at):
        return at + 2
    raise type_error("Boundary string was not succeeded by CRLF, LF, or '--'.")


def _headers(text: str) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in re.split("\r?\n", text):
        match = _HEADER_LINE.match(line)
        if match is None:
            raise type_error("FormData part had invalid headers.")
        name = match[1].lower()
        headers[name] = f"{headers[name]}, {match[2]}" if name in headers else match[2]
    return headers


def _part(headers: dict[str, str], content: bytes) -> Part:
    disposition = headers.get("content-disposition")
    if disposition is None:
        raise type_error("No valid Content-Disposition header found in FormData part.")
    kind = _DISPOSITION.match(disposition)
    if kind is None:
        raise type_error("Invalid Content-Disposition header found in FormData part.")
    if kind[1] != "form-data":
        raise type_error(
            'Content-Disposition header for FormData part must have the value "form-data", '
            f'possibly followed by parameters. Got: "{kind[1]}"'
        )
    parameters = _parameters(disposition, kind.end())
    if "name" not in parameters:
        raise type_error("Content-Disposition header in FormData part is missing a name.")
    return Part(parameters["name"], content, parameters.get("filename"), headers.get("content-type", ""))


def _parameters(disposition: str, at: int) -> dict[str, str]:
    # The first parameter that is not of the expected form ends the reading; what follows is ignored.
    parameters: dict[str, str] = {}
    while (match := _PARAMETER.match(disposition, at)) is not None:
        parameters[match[1]] = re.sub(r"\\(.)", r"\1", match[2])
        at = match.end()
    return parameters


def serialize(parts: Iterable[Part], boundary: str) -> bytes:
    """A message.

    Raises:
        Throw: a TypeError for a name that ends with a backslash.
    """
    message = bytearray()
    for part in parts:
        message += f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(part.name)}"'.encode()
        if part.filename is not None:
            content_type = part.content_type or OCTET_STREAM
            message += f'; filename="{_quoted(part.filename)}"\r\nContent-Type: {content_type}'.encode()
        message += b"\r\n\r\n" + part.content + b"\r\n"
    message += f"--{boundary}--".encode()
    return bytes(message)


def _quoted(name: str) -> str:
    if name.endswith("\\"):
        raise type_error("Name or filename can't end with backslash")
    return name.replace("\\", "\\\\").replace('"', "%22").replace("\n", "%0A")

"""MIME types as Content-Type headers carry them.

Rules: the MIME Sniffing standard, sections 4.3 to 4.5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+\Z")
_QUOTABLE = re.compile(r"[\t\x20-\x7e\x80-\xff]*\Z")
_WHITESPACE = "\t\n\r "


@dataclass
class MimeType:
    """A parsed MIME type. Parameter names are in lower case."""

    essence: str
    parameters: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        text = self.essence
        for name, value in self.parameters.items():
            if _TOKEN.match(value) is None:
                value = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
            text += f";{name}={value}"
        return text


def parse(text: str) -> MimeType | None:
    """Parse a MIME type, None when it has no valid ``type/subtype``."""
    head, _, rest = text.strip(_WHITESPACE).partition(";")
    kind, slash, subtype = head.partition("/")
    subtype = subtype.rstrip(_WHITESPACE)
    if not slash or _TOKEN.match(kind) is None or _TOKEN.match(subtype) is None:
        return None
    return MimeType(f"{kind}/{subtype}".lower(), _parameters(rest))


def _parameters(text: str) -> dict[str, str]:
    parameters: dict[str, str] = {}
    while text:
        separator = re.search("[;=]", text)
        if separator is None:
            break
        name = text[: separator.start()].lstrip(_WHITESPACE).lower()
        text = text[separator.end() :]
        if separator[0] == ";":
            continue
        if text.startswith('"'):
            value, text = _quoted(text)
        else:
            value, _, text = text.partition(";")
            value = value.rstrip(_WHITESPACE)
            if not value:
                continue
        if _TOKEN.match(name) and _QUOTABLE.match(value):
            parameters.setdefault(name, value)
    return parameters


def _quoted(text: str) -> tuple[str, str]:
    # The text begins with a quote. What stands between the closing quote and the next semicolon is dropped.
    match = re.match(r'"((?:[^"\\]|\\.)*)(?:"|\\?\Z)', text, re.DOTALL)
    assert match is not None
    value = re.sub(r"\\(.)", r"\1", match[1], flags=re.DOTALL)
    return value, text[match.end() :].partition(";")[2]


def essence_of_header(value: str) -> str:
    """The type that a Content-Type header (perhaps several, combined) stands for, "" when none is valid."""
    found: MimeType | None = None
    for part in _split(value):
        candidate = parse(part)
        if candidate is None or candidate.essence == "*/*":
            continue
        if found is not None and candidate.essence == found.essence and "charset" not in candidate.parameters:
            charset = found.parameters.get("charset")
            if charset is not None:
                candidate.parameters["charset"] = charset
        found = candidate
    return "" if found is None else str(found)


def _split(value: str) -> list[str]:
    # At commas that do not stand in quotes.
    return [part for part in re.findall(r'(?:[^",]|"(?:[^"\\]|\\.)*"?)+', value) if part.strip(_WHITESPACE)]

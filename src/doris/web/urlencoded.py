"""``application/x-www-form-urlencoded``: parsing and serializing.

Rules: the URL standard, section 5.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote_plus, unquote_to_bytes

Pair = tuple[str, str]


def parse(text: str) -> list[Pair]:
    """The name and value pairs of a query string without its question mark."""
    pairs = []
    for part in text.split("&"):
        if part:
            name, _, value = part.partition("=")
            pairs.append((_decode(name), _decode(value)))
    return pairs


def _decode(text: str) -> str:
    text = text.replace("+", " ")
    return unquote_to_bytes(text).decode("utf-8", "replace") if "%" in text else text


def serialize(pairs: Iterable[Pair]) -> str:
    """A query string."""
    return "&".join(f"{_encode(name)}={_encode(value)}" for name, value in pairs)


def _encode(text: str) -> str:
    # Python's quoting leaves "~" alone; the standard leaves only letters, digits, "*", "-", "." and "_".
    return quote_plus(text, safe="*").replace("~", "%7E")

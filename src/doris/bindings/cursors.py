"""Cursors of listings: the last name of a page in base64, as KV and R2 of the reference have them."""

from __future__ import annotations

import base64
import re

_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")


def encode_cursor(name: str) -> str:
    """The cursor that stands for a name."""
    return base64.b64encode(name.encode()).decode()


def decode_cursor(cursor: str) -> str:
    """The name that the cursor stands for. Any text is a cursor: what is no base64 in it is passed over."""
    letters = _NOT_BASE64.sub("", cursor.partition("=")[0].replace("-", "+").replace("_", "/"))
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return base64.b64decode(letters + "=" * (-len(letters) % 4)).decode("utf-8", "replace")

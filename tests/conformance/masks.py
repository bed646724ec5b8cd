"""Hide what differs from run to run, or from machine to machine, before answers are compared or recorded."""

from __future__ import annotations

import re
from typing import Any

# D1 counts these in its own way, or measures them.
COUNTERS = {"rows_read", "rows_written", "duration", "sql_duration_ms", "size_after"}
FAR_FUTURE = 4102444800

TEXTS = (
    (re.compile(r"0x[0-9a-f]{4,}"), "0x…"),
    # Where miniflare lies, and where in it.
    (re.compile(r"file://\S*?/node_modules/"), "file://node_modules/"),
    (re.compile(r"\.worker\.js:\d+:\d+"), ".worker.js"),
    # Frames of a traceback: which files the runtime's own code is in, and where.
    (re.compile(r'( *)File "[^"\n]*", line \d+, in .*(\n\1  .*)*'), r"\1File …"),
    (re.compile(r"(  File …\n)+"), "  File …\n"),
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:PORT"),
)


def mask(value: Any, key: str | None = None) -> Any:
    """A copy of an answer without what varies."""
    if isinstance(value, dict):
        return {name: mask(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [mask(item) for item in value]
    if key in COUNTERS and isinstance(value, int | float | dict):
        return "(a number)"
    if key == "expiration" and value != FAR_FUTURE:
        return "(a time)"
    if isinstance(value, str):
        for pattern, replacement in TEXTS:
            value = pattern.sub(replacement, value)
    return value

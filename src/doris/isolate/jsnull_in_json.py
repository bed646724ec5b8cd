"""`json` writes ``jsnull`` as ``null``, as the reference runtime's does.

`json` is shared with the host, so its encoder is extended while isolates exist. Nothing else can meet a
``jsnull``.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any

from doris.js import null

_encoder: Any = json.JSONEncoder
_original: Callable[..., Any] = _encoder.default


@functools.wraps(_original)
def _default(self: json.JSONEncoder, value: Any) -> Any:
    return None if value is null else _original(self, value)


def install() -> None:
    """Let the encoder know ``jsnull``."""
    _encoder.default = _default


def remove() -> None:
    """Put the encoder back."""
    _encoder.default = _original

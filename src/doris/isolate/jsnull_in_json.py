"""`json` writes ``jsnull`` as ``null``, as the reference runtime's does, whatever ``default`` it is given.

`json` is shared with the host, so its two encoders are extended while isolates exist. Nothing else can meet a
``jsnull``.
"""

from __future__ import annotations

import functools
import json.encoder
from collections.abc import Callable
from typing import Any

from doris.js import null

_json: Any = json.encoder
#: The encoder in C (absent from some builds of Python) and the one in Python, as they came.
_ORIGINALS: dict[str, Callable[..., Any] | None] = {
    name: getattr(_json, name) for name in ("c_make_encoder", "_make_iterencode")
}


def install() -> None:
    """Let the encoders know ``jsnull``."""
    for name, make in _ORIGINALS.items():
        if make is not None:
            setattr(_json, name, _knowing(make))


def remove() -> None:
    """Put the encoders back."""
    for name, make in _ORIGINALS.items():
        setattr(_json, name, make)


def _knowing(make: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(make, updated=())
    def maker(markers: Any, default: Callable[[Any], Any], *rest: Any, **options: Any) -> Any:
        def null_or_default(value: Any) -> Any:
            return None if value is null else default(value)

        return make(markers, null_or_default, *rest, **options)

    return maker

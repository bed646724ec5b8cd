"""``json`` writes ``jsnull`` as ``null``: in production's Python it does.

The standard library is shared by all isolates, and by the host. So both of ``json``'s encoders are taught it
once, whatever
``default`` or class they are used with; what was serializable before is written as before.
"""

from __future__ import annotations

import functools
import json.encoder
from collections.abc import Callable
from typing import Any

from ..js.objects import null

_ENCODERS = ("c_make_encoder", "_make_iterencode")


def teach_json() -> None:
    """Teach the encoders, unless they know."""
    for name in _ENCODERS:
        make = getattr(json.encoder, name)
        # Python may be built without the encoder in C.
        if make is not None and not hasattr(make, "knows_jsnull"):
            setattr(json.encoder, name, _knowing(make))


def _knowing(make: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(make, updated=())
    def maker(markers: Any, default: Callable[[Any], Any], *rest: Any, **options: Any) -> Any:
        def null_or_default(value: Any) -> Any:
            return None if value is null else default(value)

        return make(markers, null_or_default, *rest, **options)

    maker.knows_jsnull = True  # type: ignore[attr-defined]
    return maker

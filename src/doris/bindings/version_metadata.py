"""The version metadata binding: a plain object with ``id``, ``tag`` and ``timestamp``.

Source: Cloudflare's documentation (*Version metadata binding*) and the reference runtime. Here a version is
one run of the Worker's configuration, so its id is a new one each time and its tag is empty.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from doris.js import DateObject, JSObject, call, get, plain


@dataclass(frozen=True)
class VersionMetadata:
    """The declaration: the binding's name in ``env``."""

    name: str


def version_metadata(now_ms: float) -> JSObject:
    """The object in ``env``. ``now_ms`` is when the version came to be, in milliseconds since 1970."""
    made = DateObject(now_ms)
    return plain({"id": str(uuid.uuid4()), "tag": "", "timestamp": call(get(made, "toISOString"), made)})

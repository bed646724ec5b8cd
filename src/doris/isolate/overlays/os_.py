"""`os` inside an isolate: no randomness while the Worker starts."""

from __future__ import annotations

import functools
import os
from types import ModuleType

from doris.isolate import entropy
from doris.isolate.overlays.base import copy_of


def make_os() -> ModuleType:
    """The overlay of `os`."""
    return copy_of(os, urandom=_urandom)


@functools.wraps(os.urandom)
def _urandom(size: int, /) -> bytes:
    entropy.check()
    return os.urandom(size)

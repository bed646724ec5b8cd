"""`os` inside an isolate: no randomness while the Worker starts."""

from __future__ import annotations

import functools
import os
from types import ModuleType

from doris.isolate import entropy
from doris.isolate.overlays.base import copy_of


def make_os() -> ModuleType:
    """The overlay of `os`."""
    overlay = copy_of(os, urandom=_urandom, system=_system)
    vars(overlay).pop("getrandom", None)  # the WebAssembly build has none
    return overlay


def _system(_command: str) -> int:
    """There is no shell: the C library says so with -1."""
    return -1


@functools.wraps(os.urandom)
def _urandom(size: int, /) -> bytes:
    entropy.check()
    return os.urandom(size)

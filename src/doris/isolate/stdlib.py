"""Where the standard library inside an isolate differs from the host's.

Most of it is the host's own, shared. Two kinds of modules are not:

- *overlays*: a copy of the host's module in which a few names differ (`time`, `datetime`, `os`, `threading`). There is one
  for all isolates; it asks for the current one when it is called.
- *own copies*: pure Python modules that import an overlay or lack what production lacks, executed once more (`random`, `uuid`,
  `hashlib`).

A stricter list of what production lacks grows here.
"""

from __future__ import annotations

import functools
from types import ModuleType

from doris.isolate import overlays

#: Modules that production does not have.
ABSENT = frozenset({"_hashlib", "_posixsubprocess"})

#: Pure Python modules of the standard library that each library executes for itself.
OWN_COPY = frozenset({"random", "secrets", "uuid", "hashlib", "hmac"})

_MAKERS = {
    "time": overlays.make_time,
    "datetime": overlays.make_datetime,
    "importlib": overlays.make_importlib,
    "os": overlays.make_os,
    "threading": overlays.make_threading,
}


@functools.cache
def overlays_at_start() -> dict[str, ModuleType]:
    """The overlays, by name."""
    return {name: make() for name, make in _MAKERS.items()}

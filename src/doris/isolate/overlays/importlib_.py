"""`importlib` inside an isolate: `import_module` looks where the ``import`` statement looks."""

from __future__ import annotations

import functools
import importlib
import importlib.util
from types import ModuleType

from doris.isolate.active import current
from doris.isolate.overlays.base import copy_of


def make_importlib() -> ModuleType:
    """The overlay of `importlib`."""
    return copy_of(importlib, import_module=_import_module)


@functools.wraps(importlib.import_module)
def _import_module(name: str, package: str | None = None) -> ModuleType:
    isolate = current()
    if isolate is not None:
        isolate.claim(importlib.util.resolve_name(name, package) if name.startswith(".") else name)
    return importlib.import_module(name, package)

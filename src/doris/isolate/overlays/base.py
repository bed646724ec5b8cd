"""How an overlay is made."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from doris.clock import Clock, RealClock
from doris.isolate.active import current

_real = RealClock()


def copy_of(module: ModuleType, **names: Any) -> ModuleType:
    """A module with the names of another, some of them different."""
    overlay = ModuleType(module.__name__, module.__doc__)
    vars(overlay).update(vars(module))
    vars(overlay).update(names)
    return overlay


def clock() -> Clock:
    """The clock of the current isolate; the machine's outside of all."""
    isolate = current()
    found: Clock | None = isolate.clock if isolate is not None else None
    return found or _real

"""How an overlay is made."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from doris.clock import Clock, RealClock, VirtualClock
from doris.isolate.active import current

_real = RealClock()
_stopped = VirtualClock(0)


def copy_of(module: ModuleType, **names: Any) -> ModuleType:
    """A module with the names of another, some of them different."""
    overlay = ModuleType(module.__name__, module.__doc__)
    vars(overlay).update(vars(module))
    vars(overlay).update(names)
    return overlay


def clock() -> Clock:
    """The clock of the current isolate; the machine's outside of all.

    While a Worker starts it is 1970, as in production, which runs module scope long before the first request.
    """
    isolate = current()
    if isolate is None:
        return _real
    if not isolate.in_request:
        return _stopped
    found: Clock | None = isolate.clock
    return found or _real

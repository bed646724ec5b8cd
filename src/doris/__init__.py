"""doris: a local emulator of Cloudflare Python Workers."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from doris.clock import Clock, RealClock, VirtualClock
    from doris.config import ConfigError
    from doris.errors import UserError
    from doris.outbound import Answer, Call, Mock, Outbound
    from doris.runtime.failures import WorkerError
    from doris.runtime.opening import open
    from doris.runtime.worker import Worker

__version__ = "0.1.0"

# Imported when they are first asked for: the command line and the pytest plugin are started more often than
# Workers.
_PLACES = {
    "Answer": "doris.outbound",
    "Call": "doris.outbound",
    "Clock": "doris.clock",
    "ConfigError": "doris.config",
    "Mock": "doris.outbound",
    "Outbound": "doris.outbound",
    "RealClock": "doris.clock",
    "UserError": "doris.errors",
    "VirtualClock": "doris.clock",
    "Worker": "doris.runtime.worker",
    "WorkerError": "doris.runtime.failures",
    "open": "doris.runtime.opening",
}

__all__ = [
    "Answer",
    "Call",
    "Clock",
    "ConfigError",
    "Mock",
    "Outbound",
    "RealClock",
    "UserError",
    "VirtualClock",
    "Worker",
    "WorkerError",
    "open",
]


def __getattr__(name: str) -> Any:
    place = _PLACES.get(name)
    if place is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(place), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

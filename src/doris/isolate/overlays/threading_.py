"""`threading` inside an isolate: everything but starting a thread."""

from __future__ import annotations

import threading
from types import ModuleType

from doris.isolate.overlays.base import copy_of


class Thread(threading.Thread):
    """A thread that cannot start: WebAssembly in a Worker has one."""

    def start(self) -> None:
        raise RuntimeError("can't start new thread")


class Timer(threading.Timer):
    """A timer needs a thread."""

    def start(self) -> None:
        raise RuntimeError("can't start new thread")


for _class in (Thread, Timer):
    _class.__module__ = "threading"


def make_threading() -> ModuleType:
    """The overlay of `threading`."""
    return copy_of(threading, Thread=Thread, Timer=Timer)

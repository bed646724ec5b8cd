"""A realm: one isolate's global object."""

from __future__ import annotations

import sys

from .errors import Throw
from .functions import native
from .globals import standard_globals
from .microtasks import queue_microtask
from .objects import JSObject, JSValue
from .operations import call


class GlobalObject(JSObject, name="ServiceWorkerGlobalScope"):
    """``globalThis`` of a Worker."""

    irregular = True
    is_global = True


class Realm:
    """One isolate's JavaScript side. ``import js`` shows the properties of ``global_object``."""

    def __init__(self) -> None:
        self.global_object = GlobalObject()
        for name, value in standard_globals().items():
            self.define(name, value)
        self.define("queueMicrotask", native("queueMicrotask", _queue))
        self.define("globalThis", self.global_object)
        self.define("self", self.global_object)

    def define(self, name: str, value: JSValue) -> None:
        """Put a property on the global object."""
        self.global_object.js_set(name, value)


def _queue(function: JSValue = None) -> None:
    queue_microtask(lambda: _run(function))


def _run(function: JSValue) -> None:
    """Nobody waits for what a microtask throws: it is an uncaught exception, which the runtime logs."""
    try:
        call(function)
    except Throw as error:
        print(f"Uncaught {error}", file=sys.stderr)

"""``console``: what JavaScript code prints goes to standard output and standard error."""

from __future__ import annotations

import sys

from doris.js import JSObject, JSValue, NativeFunction, PlainObject, plain, stringify, to_string


def make_console() -> PlainObject:
    """The ``console`` object. Warnings and errors go to standard error."""
    functions = {
        name: _printer(name, error=False) for name in ("log", "info", "debug", "trace", "dir", "table")
    }
    functions |= {name: _printer(name, error=True) for name in ("warn", "error")}
    return plain(functions)


def _printer(name: str, *, error: bool) -> NativeFunction:
    def print_all(_this: JSValue, *args: JSValue) -> None:
        print(*map(_shown, args), file=sys.stderr if error else sys.stdout)

    return NativeFunction(name, print_all)


def _shown(value: JSValue) -> str:
    if isinstance(value, JSObject) and value.js_class_name() in ("Object", "Array"):
        return stringify(value) or "undefined"
    return to_string(value)

"""Bindings that wrangler knows and doris does not emulate: they load, and any use says so."""

from __future__ import annotations

from doris.js import JSObject, JSValue, type_error
from doris.js.objects import PropertyKey

# Asked of any object by code that only wants to know what it holds: a promise, something for JSON, a known
# class.
_ASKED_OF_ANYTHING = ("constructor", "then", "toJSON")


class UncoveredBinding(JSObject, name="Object"):
    """Stands in ``env`` for a binding of a type that is not emulated."""

    irregular = True  # reading a member throws, so nobody may look at the members in passing

    def __init__(self, kind: str, binding: str) -> None:
        """``kind`` is the field of the wrangler file (``"ai"``), ``binding`` the name in ``env``."""
        super().__init__()
        self._kind = kind
        self._binding = binding

    def js_get(self, key: PropertyKey) -> JSValue:
        if not isinstance(key, str) or key in _ASKED_OF_ANYTHING:
            return super().js_get(key)
        raise type_error(
            f"env.{self._binding}.{key}: doris does not emulate bindings of type {self._kind!r} yet. "
            f"Give a replacement: doris.open(…, bindings={{{self._binding!r}: …}})"
        )

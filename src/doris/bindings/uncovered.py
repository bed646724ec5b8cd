"""Bindings that wrangler knows and doris does not emulate: they load, and any use says so."""

from __future__ import annotations

import functools

from doris.js import JSObject, JSValue, type_error
from doris.js.objects import PropertyKey

# Asked of any object by code that only wants to know what it holds: a promise, something for JSON, a known
# class.
_ASKED_OF_ANYTHING = ("constructor", "then", "toJSON")


# What `constructor.name` of a field's binding is in production: the SDK chooses its wrapper by it.
_CLASS_NAMES = {
    "queues": "WorkerQueue",
    "services": "Fetcher",
    "assets": "Fetcher",
    "durable_objects": "DurableObjectNamespace",
    "workflows": "WorkflowImpl",
}


class UncoveredBinding(JSObject, name="Object"):
    """Stands in ``env`` for a binding of a type that is not emulated."""

    irregular = True  # reading a member throws, so nobody may look at the members in passing

    @classmethod
    def of(cls, kind: str, binding: str) -> UncoveredBinding:
        """One of the class that the binding has in production.

        ``kind`` is the field of the wrangler file (``"ai"``), ``binding`` the name in ``env``.
        """
        return _class_of(_CLASS_NAMES.get(kind, "Object"))(kind, binding)

    def __init__(self, kind: str, binding: str) -> None:
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


@functools.cache
def _class_of(name: str) -> type[UncoveredBinding]:
    class Named(UncoveredBinding, name=name):
        irregular = True

    return Named

"""``WeakRef``."""

from __future__ import annotations

from .errors import type_error
from .members import constructor, method
from .objects import JSObject, JSValue


class WeakRefObject(JSObject, name="WeakRef"):
    """``WeakRef``; it keeps its target alive, which the specification allows and a program cannot rely on."""

    def __init__(self, target: JSObject) -> None:
        self.target = target

    @constructor
    def construct(cls, target: JSValue = None) -> JSValue:
        if not isinstance(target, JSObject):
            raise type_error("WeakRef: target must be an object")
        return WeakRefObject(target)

    @method
    def deref(self) -> JSValue:
        return self.target

"""JavaScript functions: those of the platform, interface objects and their prototypes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .members import Interface, adapt
from .objects import BigInt, JSObject, JSValue, PropertyKey, Symbol, null


class JSFunction(JSObject, name="Function"):
    """Anything callable. Subclasses give `js_call`, and `js_construct` where ``new`` is allowed."""

    function_name: str = ""
    is_callable = True
    #: What a proxy of this function can do; computed once, forgotten when a property is set.
    abilities: int | None = None

    def js_call(self, this: JSValue, *args: JSValue) -> JSValue:
        """Call with a ``this`` value and arguments."""
        raise NotImplementedError

    def js_construct(self, *args: JSValue) -> JSValue:
        """``new function(...)``."""
        from .errors import type_error

        raise type_error(f"{self.js_to_string()} is not a constructor")

    def js_get(self, key: PropertyKey) -> JSValue:
        if key == "name" and not (self._props and "name" in self._props):
            return self.function_name
        if key in FUNCTION_METHODS:
            return FUNCTION_METHODS[key]
        return super().js_get(key)

    def js_set(self, key: PropertyKey, value: JSValue) -> None:
        self.abilities = None
        super().js_set(key, value)

    def js_to_string(self) -> str:
        return f"function {self.function_name}() {{ [native code] }}"


class NativeFunction(JSFunction):
    """A function of the platform, written in Python: ``function(this, *args)``."""

    def __init__(self, name: str, function: Callable[..., JSValue]) -> None:
        self.function_name = name
        self.function = function

    def js_call(self, this: JSValue, *args: JSValue) -> JSValue:
        return self.function(this, *args)


def native(name: str, function: Callable[..., Any]) -> NativeFunction:
    """A platform function that does not look at ``this``; ``function(*args)``, an ``async def`` returns a
    Promise."""
    adapted = adapt(function, skip=0)
    return NativeFunction(name, lambda _this, *args: adapted(*args))


class InterfaceFunction(JSFunction):
    """The constructor of an interface, with its static members."""

    def __init__(self, interface: Interface) -> None:
        self.of = interface
        self.function_name = interface.name
        #: What calling without ``new`` does; None refuses it.
        self.plain_call: Callable[..., JSValue] | None = None
        for key, function in interface.statics.items():
            self.js_set(key, native(str(key), function))

    def js_get(self, key: PropertyKey) -> JSValue:
        if key == "prototype":
            return self.of.prototype
        own = self._props is not None and key in self._props
        if key == "name" and not own:
            return self.function_name
        if not own and self.of.parent is not None and self.of.parent.name != "Object":
            inherited = self.of.parent.function.js_get(key)
            if inherited is not None:
                return inherited
        return super().js_get(key)

    def js_call(self, this: JSValue, *args: JSValue) -> JSValue:
        if self.plain_call is not None:
            return self.plain_call(*args)
        from .errors import type_error

        if self.of.name == "Promise":
            raise type_error("Promise constructor cannot be invoked without 'new'")
        if self.of.python_class.__module__.startswith("doris.js."):  # the language's own, in V8's words
            raise type_error(f"Constructor {self.of.name} requires 'new'")
        raise type_error(
            f"Failed to construct '{self.of.name}': Please use the 'new' operator, "
            "this object constructor cannot be called as a function."
        )

    def js_construct(self, *args: JSValue) -> JSValue:
        if self.of.construct is None:
            from .errors import type_error

            raise type_error("Illegal constructor")
        return self.of.construct(*args)

    def js_is_own_enumerable(self, key: PropertyKey) -> bool:
        return False

    def js_to_string(self) -> str:
        return f"function {self.function_name}() {{ [native code] }}"


class PrototypeObject(JSObject):
    """``Interface.prototype``: shows the members, takes new ones."""

    def __init__(self, interface: Interface) -> None:
        self.of = interface

    def js_get(self, key: PropertyKey) -> JSValue:
        if self._props and key in self._props:
            return self._props[key]
        if key == "constructor":
            return self.of.function
        function = self.of.methods.get(key)
        if function is not None:
            return function
        return self.of._read_late(key)

    def js_has(self, key: PropertyKey) -> bool:
        return key in self.of.getters or self.js_get(key) is not None

    def js_own_keys(self) -> list[PropertyKey]:
        parent = self.of.parent
        inherited = set(parent.methods) | set(parent.getters) if parent else set()
        own = [key for key in [*self.of.methods, *self.of.getters] if key not in inherited]
        return ["constructor", *own, *(self._props or ())]

    def js_is_own_enumerable(self, key: PropertyKey) -> bool:
        return key != "constructor"


def _call(this: JSValue, new_this: JSValue = None, *args: JSValue) -> JSValue:
    return this.js_call(new_this, *args)


def _apply(this: JSValue, new_this: JSValue = None, args: JSValue = None) -> JSValue:
    from .objects import iterate

    return this.js_call(new_this, *(() if args is None or args is null else iterate(args)))


def _bind(this: JSValue, bound_this: JSValue = None, *bound: JSValue) -> JSValue:
    return NativeFunction(
        f"bound {this.function_name}", lambda _this, *args: this.js_call(bound_this, *bound, *args)
    )


FUNCTION_METHODS: dict[PropertyKey, NativeFunction] = {
    "call": NativeFunction("call", _call),
    "apply": NativeFunction("apply", _apply),
    "bind": NativeFunction("bind", _bind),
}


def _to_string(this: JSValue) -> str:
    """``Object.prototype.toString``: the tag, whatever the object's own toString says."""
    if isinstance(this, JSObject):
        return f"[object {this.js_class_name()}]"
    return "[object Null]" if this is null else f"[object {primitive_tag(this)}]"


def primitive_tag(value: JSValue) -> str:
    """The class name of a primitive's wrapper object."""
    from .operations import typeof

    return "BigInt" if isinstance(value, BigInt) else typeof(value).capitalize()


def _to_text(this: JSValue) -> str:
    from .operations import to_string

    return to_string(this)


def _value_of(this: JSValue) -> JSValue:
    return this


def _has_own_property(this: JSValue, key: JSValue = None) -> bool:
    from .operations import to_property_key

    return isinstance(this, JSObject) and to_property_key(key) in this.js_own_keys()


def _is_prototype_of(this: JSValue, value: JSValue = None) -> bool:
    return (
        isinstance(this, PrototypeObject)
        and isinstance(value, JSObject)
        and value.interface.is_subclass_of(this.of)
    )


_OBJECT_METHODS: dict[PropertyKey, NativeFunction] = {
    "toString": NativeFunction("toString", _to_string),
    "toLocaleString": NativeFunction("toLocaleString", _to_text),
    "valueOf": NativeFunction("valueOf", _value_of),
    "hasOwnProperty": NativeFunction("hasOwnProperty", _has_own_property),
    "propertyIsEnumerable": NativeFunction("propertyIsEnumerable", _has_own_property),
    "isPrototypeOf": NativeFunction("isPrototypeOf", _is_prototype_of),
}


def object_prototype_member(key: PropertyKey) -> JSValue:
    """A member of ``Object.prototype``; undefined when it has none of that name."""
    return _OBJECT_METHODS.get(key)


__all__ = [
    "InterfaceFunction",
    "JSFunction",
    "NativeFunction",
    "PrototypeObject",
    "Symbol",
    "native",
    "object_prototype_member",
]

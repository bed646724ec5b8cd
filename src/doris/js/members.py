"""Which members of a Python class JavaScript sees.

``@method``, ``@getter``, ``@setter``, ``@static`` and ``@constructor`` mark them; `build_interface`
collects the marks
into an `Interface` when the class is made. Arguments follow JavaScript: missing ones are undefined (None),
extra ones are
dropped. An ``async def`` becomes a function that returns a Promise and starts at once.

Source of the rules: Web IDL, sections 3.7 (interfaces) and 3.7.6 to 3.7.8 (attributes and operations).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, overload

from .objects import JSObject, JSValue, PropertyKey, Symbol

if TYPE_CHECKING:
    from .functions import InterfaceFunction, NativeFunction

F = TypeVar("F", bound=Callable[..., Any])

_MARK = "_js_member_"

ILLEGAL_INVOCATION = (
    "Illegal invocation: function called with incorrect `this` reference. See "
    "https://developers.cloudflare.com/workers/observability/errors/#illegal-invocation-errors for details."
)


def _marker(kind: str) -> Any:
    def mark(target: Any) -> Any:
        if isinstance(target, str):
            name = target

            def named(function: Callable[..., Any]) -> Any:
                return _marked(kind, name, function)

            return named
        return _marked(kind, _js_name(target), target)

    return mark


def _js_name(function: Any) -> str:
    # ``from_`` and ``delete_`` stand for names that Python reserves.
    name: str = function.__name__
    return name[:-1] if name.endswith("_") and not name.startswith("_") else name


def _marked(kind: str, name: str, function: Any) -> Any:
    if kind == "get":
        return getter_property(function, name)
    if kind in ("static", "constructor"):
        descriptor = _StaticMember(function)
        descriptor.mark = (kind, name)
        return descriptor
    setattr(function, _MARK, (kind, name))
    return function


class getter_property(property):
    """A property that JavaScript sees as an accessor called ``js_name``."""

    def __init__(self, fget: Callable[[Any], Any], js_name: str) -> None:
        super().__init__(fget)
        self.js_name = js_name


class _StaticMember(classmethod):  # type: ignore[type-arg]
    """A class method that JavaScript sees on the constructor function, or as the constructor."""

    mark: tuple[str, str]


@overload
def method(target: F) -> F: ...
@overload
def method(target: str) -> Callable[[F], F]: ...
def method(target: Any) -> Any:
    """Mark a method as visible to JavaScript, under its own name or the one given."""
    return _marker("method")(target)


def setter(name: str) -> Callable[[F], F]:
    """Mark a method as the setter of the accessor ``name``."""
    marked: Callable[[F], F] = _marker("set")(name)
    return marked


@overload
def getter(target: str) -> Callable[[Callable[[Any], Any]], Any]: ...
@overload
def getter(target: Callable[[Any], Any]) -> Any: ...
def getter(target: Any) -> Any:
    """Mark a method as the getter of an accessor; in Python it becomes a property."""
    return _marker("get")(target)


@overload
def static(target: str) -> Callable[[Callable[..., Any]], Any]: ...
@overload
def static(target: Callable[..., Any]) -> Any: ...
def static(target: Any) -> Any:
    """Mark a class method as a static member of the interface."""
    return _marker("static")(target)


def constructor(target: Callable[..., Any]) -> Any:
    """Mark the class method that ``new`` calls."""
    return _marker("constructor")(target)


class Interface:
    """What JavaScript knows of a class: its name, members, statics, constructor and the abilities of its
    instances."""

    def __init__(self, python_class: type[JSObject], name: str, parent: Interface | None) -> None:
        self.python_class = python_class
        self.name = name
        self.parent = parent
        self.methods: dict[PropertyKey, NativeFunction] = dict(parent.methods) if parent else {}
        self.getters: dict[PropertyKey, Callable[[Any], JSValue]] = dict(parent.getters) if parent else {}
        self.setters: dict[PropertyKey, Callable[[Any, JSValue], None]] = (
            dict(parent.setters) if parent else {}
        )
        self.statics: dict[PropertyKey, Callable[..., JSValue]] = {}
        self.construct: Callable[..., JSValue] | None = None
        #: Python names of the static members and the constructor, so that a subclass binds them to itself.
        self.static_names: dict[str, tuple[str, str]] = dict(parent.static_names) if parent else {}
        #: A specialisation that JavaScript cannot tell from its base: constructor and prototype are the
        #: base's.
        self.shared = False
        self._function: InterfaceFunction | None = None
        self._prototype: JSObject | None = None
        #: Abilities of a JsProxy of an instance without own properties; filled by `doris.js.proxy`.
        self.abilities: int | None = None

    @property
    def function(self) -> InterfaceFunction:
        """The constructor function (``Headers`` itself)."""
        if self.shared and self.parent is not None:
            return self.parent.function
        if self._function is None:
            self._function = functions.InterfaceFunction(self)
        return self._function

    @property
    def prototype(self) -> JSObject:
        """``Headers.prototype``."""
        if self.shared and self.parent is not None:
            return self.parent.prototype
        if self._prototype is None:
            self._prototype = functions.PrototypeObject(self)
        return self._prototype

    def read(self, instance: JSObject, key: PropertyKey) -> JSValue:
        """A member of an instance that its own properties do not have."""
        function = self.methods.get(key)
        if function is not None:
            return function
        get = self.getters.get(key)
        if get is not None:
            return get(instance)
        if key == "constructor":
            return self.function
        if key is Symbol.to_string_tag:
            return None if self.name in _UNTAGGED else self.name
        return self._read_late(key)

    def _read_late(self, key: PropertyKey) -> JSValue:
        # Members added to a prototype at run time (``Headers.prototype.x = …``), then those of
        # Object.prototype.
        if self._prototype is not None and self._prototype._props and key in self._prototype._props:
            return self._prototype._props[key]
        if self.parent is not None:
            return self.parent._read_late(key)
        return functions.object_prototype_member(key)

    def write(self, instance: JSObject, key: PropertyKey, value: JSValue) -> bool:
        """Run the setter for a key; True when the write is dealt with (a getter without setter ignores
        it)."""
        set_ = self.setters.get(key)
        if set_ is not None:
            set_(instance, value)
            return True
        if key in self.getters:
            from .errors import type_error

            # V8 shows an object by its class, unless it has a text of its own.
            own_text = "toString" in self.methods
            shown = f"[object {instance.js_class_name()}]" if own_text else f"#<{self.name}>"
            if self.python_class.__module__.startswith("doris.js."):
                raise type_error(f"Cannot set property {key} of {shown} which has only a getter")
            raise type_error(f"Cannot assign to read only property '{key}' of object '{shown}'")
        return False

    def has(self, instance: JSObject, key: PropertyKey) -> bool:
        """``key in instance``, own properties aside."""
        if key in self.methods or key in self.getters or key == "constructor":
            return True
        return self._read_late(key) is not None

    def is_subclass_of(self, other: Interface) -> bool:
        """Whether instances of this interface are instances of the other too."""
        interface: Interface | None = self
        while interface is not None:
            if interface is other:
                return True
            interface = interface.parent
        return False


_UNTAGGED = frozenset({"Object", "Array", "Function", "Error", "Date"})


def build_interface(cls: type[JSObject], name: str | None) -> None:
    """Collect the marked members of a class into ``cls.interface``."""
    parent: Interface | None = getattr(cls, "interface", None)
    interface = Interface(cls, name or (parent.name if parent else "Object"), parent)
    interface.shared = name is None and parent is not None
    cls.interface = interface
    for python_name, member in list(vars(cls).items()):
        if isinstance(member, _StaticMember):
            interface.static_names[python_name] = member.mark
        else:
            _collect(interface, cls, member)
    for python_name, (kind, js_name) in interface.static_names.items():
        function = adapt(getattr(cls, python_name), skip=0)
        if kind == "constructor":
            interface.construct = function
        else:
            interface.statics[js_name] = function


def _collect(interface: Interface, cls: type[JSObject], member: Any) -> None:
    if isinstance(member, getter_property):
        assert member.fget is not None
        interface.getters[member.js_name] = starting(member.fget)
        return
    mark = getattr(member, _MARK, None)
    if mark is None:
        return
    kind, name = mark
    if kind == "set":
        interface.setters[name] = member
    else:
        interface.methods[name] = functions.NativeFunction(name, _checking_this(adapt(member, skip=1), cls))


def _checking_this(function: Callable[..., JSValue], cls: type[JSObject]) -> Callable[..., JSValue]:
    def checked(this: JSValue, *args: JSValue) -> JSValue:
        if not isinstance(this, cls):
            from .errors import type_error

            raise type_error(ILLEGAL_INVOCATION)
        return function(this, *args)

    checked.__name__ = getattr(function, "__name__", "checked")
    return checked


def starting(function: Callable[..., Any]) -> Callable[..., Any]:
    """Turn an ``async def`` into a function that starts it and returns its Promise."""
    if not inspect.iscoroutinefunction(function):
        return function

    def started(*args: JSValue) -> JSValue:
        from .promise import start

        return start(function(*args))

    return started


def adapt(function: Callable[..., Any], skip: int) -> Callable[..., Any]:
    """Give a Python function JavaScript's calling convention: missing arguments undefined, extra ones
    dropped.

    ``skip`` is the number of leading parameters that are always given (1 for ``self``).
    """
    parameters = list(inspect.signature(function).parameters.values())[skip:]
    function = starting(function)
    if any(p.kind is p.VAR_POSITIONAL for p in parameters):
        needed = sum(1 for p in parameters if p.kind is not p.VAR_POSITIONAL and p.default is p.empty)
        if needed == 0:
            return function
        limit = None
    else:
        limit = len(parameters) + skip
        needed = sum(1 for p in parameters if p.default is p.empty)
    needed += skip

    def adapted(*args: JSValue) -> JSValue:
        count = len(args)
        if limit is not None and count > limit:
            args = args[:limit]
        elif count < needed:
            args = args + (None,) * (needed - count)
        return function(*args)

    adapted.__name__ = getattr(function, "__name__", "adapted")
    return adapted


from . import functions  # noqa: E402 - the two modules need each other; names are looked up when used

"""The JavaScript object model, as far as a Worker can see it.

A JavaScript value is a Python object here:

========== ==================================================
undefined  ``None``
null       the singleton `null`
boolean    ``bool``
number     ``int`` or ``float`` (both mean the same JavaScript type)
bigint     `BigInt`
string     ``str``
symbol     `Symbol`
object     an instance of a subclass of `JSObject`
========== ==================================================

An interface of the platform (``Headers``, ``D1Database``) is a Python class; `doris.js.members` has the
decorators that
say which of its methods JavaScript sees. Such a class has no idea of Python callers: all conversion happens
at one
boundary, in `doris.js.convert`.

Source of the rules: ECMAScript 2026, chapters 6 and 10.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Final

if TYPE_CHECKING:
    from .members import Interface

# A JavaScript value. The model is dynamic, so the type says "any"; the name says which world it belongs to.
JSValue = Any


class JsNull:
    """The type of JavaScript's ``null``; `null` is its only instance. Falsy; Pyodide shows it as
    ``jsnull``."""

    __slots__ = ()
    _instance: ClassVar[JsNull | None] = None

    def __new__(cls) -> JsNull:
        if cls._instance is None:
            cls._instance = object.__new__(cls)
        return cls._instance

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "jsnull"

    @property
    def typeof(self) -> str:
        """``typeof null``."""
        return "object"


null: Final = JsNull()
undefined: Final = None


class BigInt(int):
    """A JavaScript bigint; Python code sees it as ``pyodide.ffi.JsBigInt``. Arithmetic with a bigint gives
    a bigint."""

    __slots__ = ()


def _keeping_bigint(name: str) -> Callable[..., Any]:
    plain = getattr(int, name)

    def operation(self: BigInt, *others: int) -> Any:
        result = plain(self, *others)
        return BigInt(result) if isinstance(result, int) else result

    operation.__name__ = name
    return operation


BigInt.__name__ = BigInt.__qualname__ = "JsBigInt"
BigInt.__module__ = "pyodide.ffi"
for _name in [
    "abs",
    "add",
    "and",
    "floordiv",
    "invert",
    "lshift",
    "mod",
    "neg",
    "or",
    "pow",
    "pos",
    "rshift",
    "sub",
    "xor",
    "mul",
]:
    setattr(BigInt, f"__{_name}__", _keeping_bigint(f"__{_name}__"))


class Symbol:
    """A JavaScript symbol. The well-known ones are class attributes."""

    __slots__ = ("description",)
    iterator: ClassVar[Symbol]
    async_iterator: ClassVar[Symbol]
    to_string_tag: ClassVar[Symbol]

    def __init__(self, description: str | None = None) -> None:
        self.description = description

    def __repr__(self) -> str:
        return f"Symbol({self.description or ''})"


Symbol.iterator = Symbol("Symbol.iterator")
Symbol.async_iterator = Symbol("Symbol.asyncIterator")
Symbol.to_string_tag = Symbol("Symbol.toStringTag")

PropertyKey = str | Symbol


class Accessor:
    """An own property with a getter and a setter, as ``Object.defineProperty`` makes it."""

    __slots__ = ("get", "set")

    def __init__(
        self, get: Callable[[JSObject], JSValue] | None, set: Callable[[JSObject, JSValue], None] | None
    ) -> None:
        self.get = get
        self.set = set


class JSObject:
    """Base of every JavaScript object.

    Subclasses name their interface: ``class Headers(JSObject, name="Headers")``. Without ``name`` the
    interface of the
    base class is kept (a Python-side specialisation that JavaScript cannot tell apart).
    """

    interface: ClassVar[Interface]
    #: Own properties, made on first write.
    _props: dict[PropertyKey, JSValue] | None = None
    #: An explicit prototype (``Object.create``); None means the interface's own.
    _proto: JSObject | JsNull | None = None
    _frozen: bool = False
    #: Whether the object can be called; a class attribute of functions, a property of proxies.
    is_callable: bool = False

    def __init_subclass__(cls, name: str | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        from .members import build_interface

        build_interface(cls, name)

    # -- the essential internal methods ([[Get]], [[Set]], …) ------------------------------------------------

    def js_get(self, key: PropertyKey) -> JSValue:
        """``object[key]``; undefined (None) when there is no such property."""
        props = self._props
        if props is not None and key in props:
            value = props[key]
            if type(value) is Accessor:
                return value.get(self) if value.get is not None else None
            return value
        if self._proto is not None:
            return self._proto.js_get(key) if isinstance(self._proto, JSObject) else None
        return self.interface.read(self, key)

    def js_set(self, key: PropertyKey, value: JSValue) -> None:
        """``object[key] = value``."""
        props = self._props
        if props is not None:
            existing = props.get(key)
            if type(existing) is Accessor:
                if existing.set is not None:
                    existing.set(self, value)
                return
        if self.interface.write(self, key, value):
            return
        if self._frozen:
            from .errors import type_error

            if props is not None and key in props:
                raise type_error(
                    f"Cannot assign to read only property '{key}' of object '#<{self.interface.name}>'"
                )
            raise type_error(f"Cannot add property {key}, object is not extensible")
        if props is None:
            props = self._props = {}
        props[key] = value

    def js_delete(self, key: PropertyKey) -> bool:
        """``delete object[key]``; true as JavaScript has it, also when there was nothing to delete."""
        if self._frozen and self._props is not None and key in self._props:
            from .errors import type_error

            raise type_error(f"Cannot delete property '{key}' of #<{self.interface.name}>")
        if self._props is not None:
            self._props.pop(key, None)
        return True

    def js_has(self, key: PropertyKey) -> bool:
        """``key in object``."""
        if self._props is not None and key in self._props:
            return True
        if self._proto is not None:
            return isinstance(self._proto, JSObject) and self._proto.js_has(key)
        return self.interface.has(self, key)

    def js_own_keys(self) -> list[PropertyKey]:
        """Own property keys in JavaScript's order: array indices ascending, then strings as inserted, then
        symbols."""
        if not self._props:
            return []
        return order_keys(list(self._props))

    def js_is_own_enumerable(self, key: PropertyKey) -> bool:
        """Whether ``Object.keys`` shows the key."""
        return self._props is not None and key in self._props

    # -- what JavaScript shows of it -------------------------------------------------------------------------

    def js_class_name(self) -> str:
        """The name between ``[object `` and ``]``."""
        return self.interface.name

    def js_to_string(self) -> str:
        """``String(object)``."""
        return f"[object {self.js_class_name()}]"

    def __repr__(self) -> str:
        return f"<JavaScript {self.interface.name}>"


def is_array_index(key: PropertyKey) -> bool:
    """Whether the key is a canonical array index (``"0"``, ``"17"``, not ``"01"``)."""
    return (
        isinstance(key, str)
        and key.isascii()
        and key.isdigit()
        and (key == "0" or key[0] != "0")
        and len(key) <= 10
    )


def order_keys(keys: list[PropertyKey]) -> list[PropertyKey]:
    """Sort keys as ``OrdinaryOwnPropertyKeys`` does."""
    if not any(type(key) is not str or key[:1].isdigit() for key in keys):
        return keys
    indices = sorted((key for key in keys if is_array_index(key)), key=int)  # type: ignore[arg-type]
    strings = [key for key in keys if isinstance(key, str) and not is_array_index(key)]
    symbols = [key for key in keys if isinstance(key, Symbol)]
    return [*indices, *strings, *symbols]


def iterate(value: JSValue) -> Iterator[JSValue]:
    """Run JavaScript's iteration protocol over a value and give its items.

    Raises:
        Throw: a TypeError when the value is not iterable.
    """
    from .errors import type_error
    from .operations import call, get, is_callable, to_boolean, typeof

    if isinstance(value, str):
        yield from value
        return
    direct = getattr(value, "js_iter", None) if isinstance(value, JSObject) else None
    if direct is not None and not (value._props and Symbol.iterator in value._props):
        yield from direct()
        return
    method = get(value, Symbol.iterator) if isinstance(value, JSObject) else None
    if not is_callable(method):
        shown = typeof(value) if not isinstance(value, JSObject) else value.js_class_name().lower()
        raise type_error(f"{shown} is not iterable")
    iterator = call(method, value)
    step = get(iterator, "next")
    while True:
        result = call(step, iterator)
        if to_boolean(get(result, "done")):
            return
        yield get(result, "value")

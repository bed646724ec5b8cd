"""``structuredClone``, and copying through JSON.

Rules: the HTML standard, section 2.7, with V8's and workerd's error texts. Interfaces of the platform say
themselves whether they can be copied: those that can have a method `structured_copy`."""

from __future__ import annotations

from typing import Any

from doris.js import (
    ArrayBuffer,
    BufferView,
    DateObject,
    ErrorObject,
    JSArray,
    JSFunction,
    JSObject,
    JSValue,
    MapObject,
    PlainObject,
    PyProxy,
    SetObject,
    Symbol,
    Throw,
    dom_exception,
    is_callable,
    opt,
    parse_json,
    stringify,
    to_string,
    type_error,
)

from .arguments import Where, argument, sequence


def clone_json(value: JSValue) -> JSValue:
    """A copy through JSON, without what JSON cannot say.

    Raises:
        Throw: a TypeError for a cycle or a bigint, a SyntaxError for what has no JSON at all.
    """
    text = stringify(value)
    return parse_json("undefined" if text is None else text)


def structured_clone(value: JSValue) -> JSValue:
    """A deep copy that keeps identities and cycles.

    Raises:
        Throw: a DataCloneError for what cannot be copied.
    """
    return _Cloner().clone(value)


def structured_clone_function(*args: JSValue) -> JSValue:
    """The global function ``structuredClone(value, {transfer})``."""
    where = Where("ServiceWorkerGlobalScope", "structuredClone")
    value = where.required(args, 0, "Value")
    transfer = opt(argument(args, 1), "transfer")
    buffers = [] if transfer is None else list(sequence(transfer))
    if not all(isinstance(buffer, ArrayBuffer) for buffer in buffers):
        raise type_error("Object is not transferable")
    clone = structured_clone(value)
    for buffer in buffers:
        buffer.data = bytearray()
    return clone


#: Namespace objects of the language are ordinary objects without enumerable properties.
_NAMESPACES = frozenset({"JSON", "Math", "Reflect", "Atomics", "Intl", "WebAssembly"})


class _Cloner:
    def __init__(self) -> None:
        self._seen: dict[int, tuple[JSValue, JSValue]] = {}

    def clone(self, value: JSValue) -> JSValue:
        if isinstance(value, Symbol):
            raise _data_clone_error(f"{value!r} could not be cloned.")
        if not isinstance(value, JSObject):
            return value
        if id(value) in self._seen:
            return self._seen[id(value)][1]
        return self._clone_object(value)

    def _remember(self, value: JSObject, copy: Any) -> Any:
        self._seen[id(value)] = value, copy  # the original is kept alive, so that its id stays its own
        return copy

    def _clone_object(self, value: JSObject) -> JSValue:
        if isinstance(value, JSArray):
            array = self._remember(value, JSArray([]))
            array.items.extend(self.clone(item) for item in value.items)
            return array
        if isinstance(value, MapObject):
            pairs = self._remember(value, MapObject())
            for key, item in list(value.table.values()):
                pairs.set(self.clone(key), self.clone(item))
            return pairs
        if isinstance(value, SetObject):
            items = self._remember(value, SetObject())
            for item in list(value.table.values()):
                items.add(self.clone(item))
            return items
        if isinstance(value, PlainObject):
            made = self._remember(value, PlainObject())
            for key in value.js_own_keys():
                if isinstance(key, str) and value.js_is_own_enumerable(key):
                    made.js_set(key, self.clone(value.js_get(key)))
            return made
        return self._clone_other(value)

    def _clone_other(self, value: JSObject) -> JSValue:
        if isinstance(value, ArrayBuffer):
            return self._remember(value, ArrayBuffer(bytes(value.data)))
        if isinstance(value, BufferView):
            return self._remember(value, type(value)(self.clone(value.of), value.offset, value.size))
        if isinstance(value, DateObject):
            return self._remember(value, DateObject(value.time))
        if isinstance(value, ErrorObject):
            return self._remember(value, self._clone_error(value))
        if value.interface.name in _NAMESPACES:
            return PlainObject()
        copy = getattr(value, "structured_copy", None)
        if copy is not None:
            return self._remember(value, copy())
        raise _refusal(value)

    def _clone_error(self, value: ErrorObject) -> JSValue:
        copy = ErrorObject.__new__(type(value))
        copy._props = {}
        for key in ("stack", "message", "name", "cause"):
            if value._props is not None and key in value._props:
                copy._props[key] = self.clone(value._props[key])
        return copy


def _refusal(value: JSObject) -> Throw:
    if isinstance(value, PyProxy):
        shown = "function(){}" if is_callable(value) else "[object Object]"
        return _data_clone_error(f"{shown} could not be cloned.")
    if isinstance(value, JSFunction):
        return _data_clone_error(f"{to_string(value)} could not be cloned.")
    if type(value).__module__.startswith("doris.js."):
        return _data_clone_error(f"#<{value.interface.name}> could not be cloned.")
    return not_serializable(value.interface.name)


def not_serializable(interface: str) -> Throw:
    """The DataCloneError for an interface of the platform that cannot be copied."""
    return _data_clone_error(
        f'Could not serialize object of type "{interface}". This type does not support serialization.'
    )


def _data_clone_error(message: str) -> Throw:
    return dom_exception(message, "DataCloneError")

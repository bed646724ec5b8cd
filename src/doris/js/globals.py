"""The standard built-ins: ``Object``, ``Reflect`` and the rest of what ECMAScript puts on the global
object."""

from __future__ import annotations

import math
import urllib.parse
from collections.abc import Callable
from typing import Any

from . import buffers, errors
from .dataview import DataView
from .dates import DateObject
from .equality import same_value_zero
from .errors import error, type_error
from .functions import InterfaceFunction, JSFunction, native
from .jsarray import JSArray
from .jsonobject import make_json
from .maps import MapObject, SetObject, WeakMapObject
from .numbers import (
    BooleanObject,
    NumberObject,
    StringObject,
    bigint_function,
    boolean_function,
    make_math,
    number_function,
    parse_float,
    parse_int,
    string_function,
    symbol_function,
)  # fmt: skip
from .objects import Accessor, JSObject, JSValue, iterate, null
from .operations import (
    call,
    construct,
    get,
    is_callable,
    is_number,
    own_keys,
    to_number,
    to_property_key,
    to_string,
)
from .plain import IteratorObject, PlainObject, plain
from .promise import Promise
from .typedarrays import TYPED_ARRAYS
from .weakrefs import WeakRefObject

OBJECT: InterfaceFunction = PlainObject.interface.function


def _object(value: JSValue = None) -> JSValue:
    if isinstance(value, bool):
        return BooleanObject(value)
    if is_number(value):
        return NumberObject(value)
    if isinstance(value, str):
        return StringObject(value)
    return value if isinstance(value, JSObject) else PlainObject()


def _from_entries(entries: JSValue = None) -> JSValue:
    made = PlainObject()
    for entry in iterate(entries):
        made.js_set(to_property_key(get(entry, "0")), get(entry, "1"))
    return made


def _assign(target: JSValue = None, *sources: JSValue) -> JSValue:
    for source in sources:
        for key in own_keys(source):
            target.js_set(key, get(source, key))
    return target


def _not_nullish(value: JSValue) -> JSValue:
    if value is None or value is null:
        raise type_error("Cannot convert undefined or null to object")
    return value


def _prototype_of(value: JSValue = None) -> JSValue:
    if not isinstance(value, JSObject):
        return null
    return value._proto if value._proto is not None else value.interface.prototype


def _set_prototype_of(value: JSValue = None, prototype: JSValue = None) -> JSValue:
    value._proto = prototype
    return value


def _create(prototype: JSValue = None, properties: JSValue = None) -> JSValue:
    made = PlainObject()
    made._proto = prototype
    if isinstance(properties, JSObject):
        for key in own_keys(properties):
            _define(made, key, get(properties, key))
    return made


def _define(target: JSValue = None, key: JSValue = None, descriptor: JSValue = None) -> JSValue:
    getter, setter = get(descriptor, "get"), get(descriptor, "set")
    name = to_property_key(key)
    if getter is None and setter is None:
        if target._props is None:
            target._props = {}
        target._props[name] = get(descriptor, "value")
        return target
    read = (lambda this: call(getter, this)) if is_callable(getter) else None
    write = (lambda this, value: call(setter, this, value) and None) if is_callable(setter) else None
    if target._props is None:
        target._props = {}
    target._props[name] = Accessor(read, write)
    return target


def _freeze(value: JSValue = None) -> JSValue:
    if isinstance(value, JSObject):
        value._frozen = True
    return value


def _group_keys(value: JSValue = None) -> JSValue:
    return JSArray(own_keys(_not_nullish(value)))


def _all_names(value: JSValue = None) -> JSValue:
    return JSArray([key for key in _not_nullish(value).js_own_keys() if isinstance(key, str)])


_OBJECT_STATICS: dict[str, Callable[..., Any]] = {
    "keys": _group_keys,
    "values": lambda value=None: JSArray([get(value, key) for key in own_keys(_not_nullish(value))]),
    "entries": lambda value=None: JSArray(
        [JSArray([key, get(value, key)]) for key in own_keys(_not_nullish(value))]
    ),
    "fromEntries": _from_entries,
    "assign": _assign,
    "create": _create,
    "freeze": _freeze,
    "isFrozen": lambda value=None: not isinstance(value, JSObject) or value._frozen,
    "seal": _freeze,
    "getPrototypeOf": _prototype_of,
    "setPrototypeOf": _set_prototype_of,
    "getOwnPropertyNames": _all_names,
    "defineProperty": _define,
    "hasOwn": lambda value=None, key=None: to_property_key(key) in _not_nullish(value).js_own_keys(),
    "is": same_value_zero,
}

for _name, _function in _OBJECT_STATICS.items():
    OBJECT.js_set(_name, native(_name, _function))
OBJECT.plain_call = _object
PlainObject.interface.construct = _object


def _reflect() -> JSObject:
    functions: dict[str, Callable[..., Any]] = {
        "get": lambda target=None, key=None: get(target, to_property_key(key)),
        "set": lambda target=None, key=None, value=None: target.js_set(to_property_key(key), value) is None,
        "has": lambda target=None, key=None: target.js_has(to_property_key(key)),
        "ownKeys": lambda target=None: JSArray(target.js_own_keys()),
        "apply": lambda function=None, this=None, args=None: call(function, this, *iterate(args)),
        "construct": lambda function=None, args=None: construct(function, *iterate(args)),
        "getPrototypeOf": _prototype_of,
        "deleteProperty": lambda target=None, key=None: target.js_delete(to_property_key(key)),
    }
    return plain({name: native(name, function) for name, function in functions.items()})


def _encoder(safe: str) -> Callable[..., str]:
    def encode(text: JSValue = None) -> str:
        try:
            return urllib.parse.quote(to_string(text), safe=safe)
        except UnicodeEncodeError:
            raise error("URI malformed", name="URIError") from None

    return encode


def _decoder(kept: str) -> Callable[..., str]:
    def decode(text: JSValue = None) -> str:
        source = to_string(text)
        try:
            decoded = bytearray()
            index = 0
            while index < len(source):
                if source[index] != "%":
                    decoded += source[index].encode()
                    index += 1
                    continue
                byte = int(source[index + 1 : index + 3].ljust(2, "!"), 16)
                decoded += source[index : index + 3].encode() if chr(byte) in kept else bytes([byte])
                index += 3
            return decoded.decode()
        except (ValueError, UnicodeError):
            raise error("URI malformed", name="URIError") from None

    return decode


def _no_code_from_strings(*_: JSValue) -> JSValue:
    raise error("Code generation from strings disallowed for this context", name="EvalError")


def standard_globals() -> dict[str, JSValue]:
    """What ECMAScript itself puts on a global object (the same objects for every isolate)."""
    interfaces: list[type[JSObject]] = [
        JSArray, MapObject, SetObject, WeakMapObject, WeakRefObject, DateObject, Promise, IteratorObject,
        JSFunction,
        buffers.ArrayBuffer, DataView, *TYPED_ARRAYS, errors.ErrorObject,
        errors.TypeErrorObject,
        errors.RangeErrorObject, errors.SyntaxErrorObject, errors.ReferenceErrorObject,
        errors.EvalErrorObject,
        errors.URIErrorObject, errors.AggregateErrorObject, errors.DOMExceptionObject,
    ]  # fmt: skip
    JSFunction.interface.construct = JSFunction.interface.function.plain_call = _no_code_from_strings
    functions: dict[str, Callable[..., Any]] = {
        "eval": _no_code_from_strings,
        "parseInt": parse_int,
        "parseFloat": parse_float,
        "isNaN": lambda value=None: (number := to_number(value)) != number,
        "isFinite": lambda value=None: math.isfinite(to_number(value)),
        "encodeURIComponent": _encoder("-_.!~*'()"),
        "encodeURI": _encoder("-_.!~*'();/?:@&=+$,#"),
        "decodeURIComponent": _decoder(""),
        "decodeURI": _decoder(";/?:@&=+$,#"),
    }
    table: dict[str, JSValue] = {cls.interface.name: cls.interface.function for cls in interfaces}
    table |= {name: native(name, function) for name, function in functions.items()}
    for kind in (
        errors.ErrorObject,
        errors.TypeErrorObject,
        errors.RangeErrorObject,
        errors.SyntaxErrorObject,
    ):
        kind.interface.function.plain_call = kind.interface.construct
    JSArray.interface.function.plain_call = JSArray.interface.construct
    DateObject.interface.function.plain_call = lambda *_: DateObject(DateObject.now_ms()).js_to_string()
    return table | {
        "Object": OBJECT, "Number": number_function(), "String": string_function(),
        "Boolean": boolean_function(),
        "BigInt": bigint_function(), "Symbol": symbol_function(), "Math": make_math(), "JSON": make_json(),
        "Reflect": _reflect(),
        "NaN": math.nan, "Infinity": math.inf, "undefined": None,
    }  # fmt: skip


__all__ = ["OBJECT", "standard_globals"]

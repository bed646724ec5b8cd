"""Calling JavaScript objects from a test, the way JavaScript would."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doris.js import (
    ArrayBuffer,
    BufferView,
    JSArray,
    JSObject,
    JSValue,
    MapObject,
    PlainObject,
    Promise,
    Throw,
    call,
    drain,
    get,
    null,
    own_keys,
    plain,
    to_string,
)


def js(value: Any) -> JSValue:
    """A JavaScript value of a Python literal: None is null, a dict a plain object, a list an array."""
    if value is None:
        return null
    if isinstance(value, JSObject):
        return value
    if isinstance(value, Mapping):
        return plain({key: js(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return JSArray([js(item) for item in value])
    return value


def settled(value: JSValue) -> JSValue:
    """The value of a promise, once the microtasks have run. Raises the `Throw` of a rejected one."""
    if not isinstance(value, Promise):
        return value
    drain()
    assert value.state != "pending"
    if value.state == "rejected":
        raise Throw(value.value)
    return value.value


def invoke(target: JSValue, name: str, *args: Any) -> JSValue:
    """``await target.name(...args)``. Arguments go through `js`."""
    return settled(call(get(target, name), target, *[js(arg) for arg in args]))


def py(value: JSValue) -> Any:
    """A Python literal of a JavaScript value: null is None, undefined is the string "undefined"."""
    if value is None:
        return "undefined"
    if value is null:
        return None
    if isinstance(value, PlainObject):
        return {key: py(get(value, key)) for key in own_keys(value)}
    if isinstance(value, JSArray):
        return [py(item) for item in value.items]
    if isinstance(value, MapObject):
        return {key: py(item) for key, item in value.table.values()}
    if isinstance(value, ArrayBuffer | BufferView):
        return bytes(value.data) if isinstance(value, ArrayBuffer) else value.tobytes()
    return value


def answer(target: JSValue, name: str, *args: Any) -> Any:
    """``await target.name(...args)`` as a Python literal; what is thrown as the text of its error."""
    try:
        return py(invoke(target, name, *args))
    except Throw as thrown:
        return to_string(thrown.value)


def cause(target: JSValue, name: str, *args: Any) -> str:
    """The cause of the error that the call throws, as text."""
    try:
        invoke(target, name, *args)
    except Throw as thrown:
        return to_string(get(thrown.value, "cause"))
    raise AssertionError("nothing was thrown")

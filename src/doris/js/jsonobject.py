"""``JSON``.

Source of the rules: ECMAScript 2026, section 25.5.
"""

from __future__ import annotations

import json
import math
from typing import Any

from .errors import range_error, syntax_error, type_error
from .functions import native
from .jsarray import JSArray
from .jsonerrors import v8_message
from .objects import BigInt, JSObject, JSValue, null
from .operations import call, get, is_callable, is_number, number_to_string, own_keys, to_string
from .plain import PlainObject
from .pyproxy import PyProxy


def from_json(value: Any) -> JSValue:
    """A JavaScript value from what Python's ``json`` made (None is null)."""
    if value is None:
        return null
    if isinstance(value, dict):
        made = PlainObject()
        for key, item in value.items():
            made.js_set(key, from_json(item))
        return made
    if isinstance(value, list):
        return JSArray([from_json(item) for item in value])
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53:
        return float(value)
    return value


def parse_json(text: str) -> JSValue:
    """``JSON.parse``.

    Raises:
        Throw: a SyntaxError with V8's text.
    """
    try:
        return from_json(json.loads(text, parse_constant=_no_constant))
    except ValueError:
        raise syntax_error(v8_message(text)) from None
    except RecursionError:
        raise range_error("Maximum call stack size exceeded") from None


def _no_constant(name: str) -> Any:
    raise json.JSONDecodeError("no constants", name, 0)


def stringify(value: JSValue, replacer: JSValue = None, space: JSValue = None) -> str | None:
    """``JSON.stringify``; None (undefined) for what has no JSON form.

    Raises:
        Throw: a TypeError for a cycle or a bigint.
    """
    indent = _indent(space)
    allowed = [to_string(item) for item in replacer.items] if isinstance(replacer, JSArray) else None
    function = replacer if is_callable(replacer) else None
    return _serialise("", value, PlainObject({"": value}), function, allowed, indent, "", [])


def _indent(space: JSValue) -> str:
    if is_number(space):
        return " " * min(10, max(0, int(space)))
    return space[:10] if isinstance(space, str) else ""


def _serialise(
    key: str,
    value: JSValue,
    holder: JSObject,
    function: JSValue,
    allowed: list[str] | None,
    gap: str,
    indent: str,
    stack: list[JSObject],
) -> str | None:
    if isinstance(value, JSObject) and is_callable(to_json := get(value, "toJSON")):
        value = call(to_json, value, key)
    if function is not None:
        value = call(function, holder, key, value)
    if not isinstance(value, JSObject):
        return _primitive(value)
    if is_callable(value):
        return None
    if isinstance(value, PyProxy):
        value = value.json_view()
    if any(item is value for item in stack):
        raise type_error(_cycle(stack, value, key))
    inner = indent + gap
    stack.append(value)
    try:
        if isinstance(value, JSArray):
            parts = [
                _serialise(str(i), item, value, function, allowed, gap, inner, stack) or "null"
                for i, item in enumerate(value.items)
            ]
            return _wrapped("[", parts, "]", gap, inner, indent)
        between = ": " if gap else ":"
        parts = []
        for name in own_keys(value) if allowed is None else allowed:
            item = _serialise(name, get(value, name), value, function, allowed, gap, inner, stack)
            if item is not None:
                parts.append(_quote(name) + between + item)
        return _wrapped("{", parts, "}", gap, inner, indent)
    finally:
        stack.pop()


def _cycle(stack: list[JSObject], value: JSObject, key: str) -> str:
    names = [item.interface.name for item in stack]
    start = next(i for i, item in enumerate(stack) if item is value)
    lines = [f"    --> starting at object with constructor '{names[start]}'"]
    lines.append(f"    --- property '{key}' closes the circle")
    return "Converting circular structure to JSON\n" + "\n".join(lines)


def _wrapped(opening: str, parts: list[str], closing: str, gap: str, inner: str, indent: str) -> str:
    if not parts:
        return opening + closing
    if not gap:
        return opening + ",".join(parts) + closing
    return f"{opening}\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}{closing}"


def _primitive(value: JSValue) -> str | None:
    if value is null:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, BigInt):
        raise type_error("Do not know how to serialize a BigInt")
    if is_number(value):
        return number_to_string(value) if math.isfinite(value) else "null"
    return _quote(value) if isinstance(value, str) else None


def _quote(text: str) -> str:
    return (
        json.dumps(text, ensure_ascii=False)
        if not any("\ud800" <= c <= "\udfff" or c == "\x7f" for c in text)
        else _quote_slowly(text)
    )


def _quote_slowly(text: str) -> str:
    return (
        '"'
        + "".join(
            f"\\u{ord(c):04x}"
            if "\ud800" <= c <= "\udfff"
            else c
            if c == "\x7f"
            else json.dumps(c, ensure_ascii=False)[1:-1]
            for c in text
        )
        + '"'
    )


class _JSONObject(JSObject, name="JSON"):
    pass


def make_json() -> JSObject:
    """The ``JSON`` object."""
    made = _JSONObject()
    made.js_set("parse", native("parse", _parse))
    made.js_set("stringify", native("stringify", stringify))
    return made


def _parse(text: JSValue = None, reviver: JSValue = None) -> JSValue:
    value = parse_json(to_string(text))
    return _revive(PlainObject({"": value}), "", reviver) if is_callable(reviver) else value


def _revive(holder: JSObject, key: str, reviver: JSValue) -> JSValue:
    value = holder.js_get(key)
    if isinstance(value, JSObject):
        for name in own_keys(value):
            item = _revive(value, name, reviver)
            if item is None:
                value.js_delete(name)
            else:
                value.js_set(name, item)
    return call(reviver, holder, key, value)

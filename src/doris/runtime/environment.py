"""``env``: variables and bindings as one JavaScript object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from doris.js import JSObject, PlainObject, from_json, to_js_value


def fill_env(
    env: PlainObject, variables: Mapping[str, Any], bindings: Mapping[str, JSObject], given: Mapping[str, Any]
) -> None:
    """Put JSON variables, bindings and what a test gives in their place into an ``env``.

    A given one may be any Python object, or a binding of another Worker (an object of the SDK that wraps
    one).
    """
    for name, value in variables.items():
        env.js_set(name, from_json(value))
    for name, binding in bindings.items():
        env.js_set(name, binding)
    for name, replacement in given.items():
        env.js_set(name, to_js_value(getattr(replacement, "_binding", replacement)))

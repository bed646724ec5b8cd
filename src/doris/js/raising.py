"""Which Python exception a JavaScript throw becomes.

Source of the rules: the reference runtime (Pyodide 314, ``wrapException``).
"""

from __future__ import annotations

from .errors import ErrorObject, PythonErrorObject, Throw
from .functions import primitive_tag
from .objects import JSObject, JSValue
from .operations import get, to_string, typeof
from .proxy import proxy_of


def raised(thrown: Throw) -> BaseException:
    """The Python exception for a JavaScript throw.

    An Error becomes a JsException; a PythonError that never left this isolate gives the original exception
    back; anything
    else that was thrown is wrapped by Pyodide in an Error of its own.
    """
    value = thrown.value
    if isinstance(value, PythonErrorObject):
        return value.exception
    if isinstance(value, JSObject):
        proxy = proxy_of(value)
        if isinstance(proxy, BaseException):
            return proxy
    return proxy_of(_not_an_error(value))  # type: ignore[no-any-return]


def _not_an_error(value: JSValue) -> JSObject:
    # Pyodide refuses to raise what is no Error and raises an Error that describes it (``wrapException``).
    shown = to_string(value) if not isinstance(value, JSObject) else value.js_to_string()
    kind = typeof(value)
    name = value.js_get("constructor") if isinstance(value, JSObject) else None
    label = to_string(get(name, "name")) if isinstance(name, JSObject) else "undefined"
    text = (
        f"A value of type {kind} with tag {_tag(value)} was thrown as an error!\n"
        f'String interpolation of the thrown value gives """{shown}""".\n'
        f'The value\'s toString method returns """{shown}""".\n'
        f"The thrown value has constructor name {label}."
    )
    failure = ErrorObject(text)
    failure.js_set("error", value)
    return failure


def _tag(value: JSValue) -> str:
    if isinstance(value, JSObject):
        return f"[object {value.js_class_name()}]"
    return {"string": "[object String]", "number": "[object Number]", "boolean": "[object Boolean]"}.get(
        typeof(value), f"[object {primitive_tag(value)}]"
    )

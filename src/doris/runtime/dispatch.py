"""Events into Python: what workerd and its Python side do between an event and the handler's result.

Source of the rules: workerd's ``python-entrypoint-helper`` and ``introspection``.
"""

from __future__ import annotations

import inspect
from typing import Any

from doris.js import JSObject, JSValue, error, get, is_callable, to_js_value, to_py_value, type_error
from doris.runtime.code import Code

#: Handlers whose signature may be shorter than the call.
_RELAXED = ("fetch", "on_fetch", "test")
NO_RESPONSE = "Incorrect type for Promise: the Promise did not resolve to 'Response'."


async def call_entrypoint(
    code: Code, name: str, method: str, args: tuple[JSValue, ...], ctx: JSValue, env: JSValue
) -> JSValue:
    """Make an instance of an entrypoint class and call one of its methods; the JavaScript value it gives.

    Arguments and result are converted as for RPC. ``fetch`` may leave out its parameters, ``scheduled`` may
    not.
    """
    code.isolate.begin_request()
    entrypoint = getattr(code.main, name, None)
    if not callable(entrypoint):
        raise type_error(f"There is no '{name}' class defined in the Python Worker's main module")
    instance = entrypoint(to_py_value(ctx), to_py_value(env))
    if method == "fetch" and not code.compat["python_no_global_handlers"]:
        method = "on_fetch"
    function = getattr(instance, method, None)
    if not callable(function):
        raise type_error(f"Method {method} does not exist")
    values = [code.sdk.python_from_rpc(to_py_value(arg)) for arg in args]
    result = relaxed_call(function, *values) if method in _RELAXED else function(*values)
    if inspect.isawaitable(result):
        result = await result
    return to_js_value(code.sdk.python_to_rpc(result))


async def call_legacy(code: Code, event: str, args: tuple[JSValue, ...]) -> JSValue:
    """Call a global handler ``on_EVENT`` with raw JavaScript arguments."""
    code.isolate.begin_request()
    handler = code.legacy_handler(event)
    if handler is None:
        main = code.project.main
        name = main.name if main is not None else ""
        if code.compat["python_no_global_handlers"]:
            raise error(f"Handler does not export a {event}() function.")
        raise error(
            f'Python entrypoint "{name}" does not export a handler named "on_{event}"', name="PythonUserError"
        )
    result = relaxed_call(handler, *[to_py_value(arg) for arg in args])
    if inspect.isawaitable(result):
        result = await result
    value = to_js_value(result)
    inner = get(value, "js_response") if isinstance(value, JSObject) else None
    return value if inner is None else inner


def relaxed_call(function: Any, *args: Any) -> Any:
    """Call a function with as many of the arguments as it takes, as JavaScript would.

    Source of the rules: ``pyodide.code.relaxed_call``.
    """
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return function(*args)
    kinds = [parameter.kind for parameter in signature.parameters.values()]
    if inspect.Parameter.VAR_POSITIONAL in kinds:
        return function(*args)
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return function(*args[: sum(kind in positional for kind in kinds)])


def as_response(value: JSValue) -> JSObject:
    """The result of a fetch handler.

    Raises:
        Throw: a TypeError with the platform's text when it is no Response.
    """
    if isinstance(value, JSObject) and value.interface.name == "Response" and not is_callable(value):
        return value
    raise type_error(NO_RESPONSE)

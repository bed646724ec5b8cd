"""Calling a JavaScript function from Python.

Keyword arguments make one trailing options object. PyProxies made for the arguments are borrowed: they are
destroyed when the
call ends, or, when it returns a promise, when that settles. A promise comes back as a future of the running
loop.

Source of the rules: the reference runtime (Pyodide 314, ``JsMethod_Vectorcall``).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .convert import to_js_value_tracked, to_py_value
from .errors import Throw
from .futures import future_of
from .objects import JSObject, JSValue
from .operations import call, construct
from .plain import PlainObject
from .promise import Promise
from .pyproxy import BORROWED, BORROWED_ASYNC, PyProxy
from .raising import raised


def call_from_python(
    function: JSObject, this: JSValue, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Any:
    """``function.call(this, ...args)``.

    Raises:
        JsException: what the function throws.
    """
    return _invoke(lambda js_args: call(function, this, *js_args), args, kwargs)


def construct_from_python(function: JSObject, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """``new function(...args)``.

    Raises:
        JsException: what the constructor throws.
    """
    return _invoke(lambda js_args: construct(function, *js_args), args, kwargs)


def _invoke(run: Callable[[list[JSValue]], JSValue], args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    borrowed: list[PyProxy] = []
    js_args = [_converted(arg, borrowed) for arg in args]
    if kwargs:
        js_args.append(PlainObject({key: _converted(value, borrowed) for key, value in kwargs.items()}))
    try:
        result = run(js_args)
    except Throw as error:
        _destroy(borrowed, BORROWED)
        raise raised(error) from None
    if isinstance(result, Promise):
        # First the future: a result that was an argument is converted before the arguments are released.
        loop = asyncio._get_running_loop()
        answer = future_of(result) if loop is not None else to_py_value(result)
        if borrowed:
            result.then_(
                lambda _value: _destroy(borrowed, BORROWED_ASYNC),
                lambda _reason: _destroy(borrowed, BORROWED_ASYNC),
            )
        return answer
    converted = to_py_value(result)
    if borrowed:
        _destroy(borrowed, BORROWED)
    return converted


def _converted(value: Any, borrowed: list[PyProxy]) -> JSValue:
    converted, proxy = to_js_value_tracked(value)
    if proxy is not None:
        borrowed.append(proxy)
    return converted


def _destroy(proxies: list[PyProxy], message: str) -> None:
    for proxy in proxies:
        proxy.destroy(message)

"""Questions to a realm of its own: Python expressions, evaluated as a Worker's code would be, without a
Worker."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

import pytest

from doris import pyodide
from doris.js import Realm
from doris.pyodide import ffi


def names() -> dict[str, Any]:
    """What a question finds defined: ``js``, all of ``pyodide.ffi``, `O` for a plain object, `J` for parsed
    JSON."""
    served = pyodide.modules(Realm())
    js = served["js"]
    found = {name: getattr(ffi, name) for name in ffi.__all__}

    def plain_object(**fields: Any) -> Any:
        return ffi.to_js(fields, dict_converter=js.Object.fromEntries)

    return (
        found
        | {"js": js, "asyncio": asyncio, "O": plain_object, "J": js.JSON.parse, "inf": float("inf")}
        | globals_of()
    )


def globals_of() -> dict[str, Any]:
    """Classes that questions hand to JavaScript."""

    class Point:
        x = 1

        def double(self) -> int:
            return self.x * 2

        def __repr__(self) -> str:
            return "<Point>"

    async def later(value: Any) -> Any:
        await asyncio.sleep(0)
        return value

    def boom(*args: Any) -> None:
        raise ValueError("boom")

    return {"Point": Point, "later": later, "boom": boom}


def ask(question: str) -> Any:
    """The value of an expression, in which ``await`` is allowed; statements before the last line prepare
    it."""
    *before, last = question.strip().split("\n")
    scope = names()

    async def run() -> Any:
        for line in before:
            await _value(line, scope, "exec")
        return await _value(last, scope, "eval")

    return asyncio.run(run())


async def _value(line: str, scope: dict[str, Any], mode: str) -> Any:
    import ast

    code = compile(line.strip(), "<question>", mode, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    result = eval(code, scope)
    return await result if code.co_flags & inspect.CO_COROUTINE else result


def refuses(question: str, text: str, kind: type[BaseException] = ffi.JsException) -> None:
    """Assert that a question raises this kind of exception with exactly this text."""
    with pytest.raises(kind) as caught:
        ask(question)
    assert str(caught.value) == text

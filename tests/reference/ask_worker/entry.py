"""A Worker that runs the Python it is sent, inside the runtime, and tells the result: a tool for asking questions."""

import ast
import asyncio
import contextlib
import io
import json

import js
import pyodide.ffi
import workers
from describe import answer, describe, describe_error
from pyodide.code import eval_code_async
from pyodide.ffi import to_js
from workers import Response, WorkerEntrypoint


def js_object(**fields):
    """`{…}` of JavaScript from keyword arguments."""
    return to_js(fields, dict_converter=js.Object.fromEntries)


def names_for(worker, request):
    names = {name: getattr(pyodide.ffi, name) for name in dir(pyodide.ffi) if not name.startswith("_")}
    names |= {name: getattr(workers, name) for name in workers.__all__}
    names |= {
        "js": js,
        "asyncio": asyncio,
        "json": json,
        "workers": workers,
        "O": js_object,
        "describe": describe,
    }
    names |= {"J": lambda value: js.JSON.parse(json.dumps(value))}
    names |= {"env": worker.env, "ctx": worker.ctx, "request": request, "worker": worker, "answer": answer}
    return names


async def run(source, names):
    value = await eval_code_async(source, globals=names)
    if callable(main := names.get("main")):
        value = await main(names["env"])
    return value


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        source = await request.text()
        names = names_for(self, request)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            if request.url.endswith("/each"):
                told = await self.each(source, names)
            else:
                told = {"result": await answer(lambda: run(source, names))}
        if printed.getvalue():
            told["printed"] = printed.getvalue()
        return Response(
            json.dumps(told, indent=1, ensure_ascii=False), headers={"content-type": "application/json"}
        )

    async def each(self, source, names):
        """One answer for every top-level statement: an expression's value, or the error."""
        told = {}
        try:
            statements = ast.parse(source).body
        except SyntaxError as error:
            return {"result": describe_error(error)}
        for statement in statements:
            text = ast.get_source_segment(source, statement)
            result = await answer(lambda text=text: eval_code_async(text, globals=names))
            if isinstance(statement, ast.Expr) or (isinstance(result, dict) and "raises" in result):
                told[text] = result
        return told

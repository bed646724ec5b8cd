"""Run the source of a probe inside the runtime and answer each of its questions.

A probe is plain Python, run from top to bottom with `await` allowed everywhere. Each expression that stands
for itself is a question: its answer is the value, or the error. Any other statement that raises is answered
by its error too.
"""

import ast
import asyncio
import contextlib
import inspect
import io
import json
import random

import js
import pyodide.ffi
import workers
from describe import answer, constructor_name, describe, describe_error
from pyodide.ffi import to_js

PATIENCE = 0.5
NO_ANSWER = {"$": "no answer"}


def js_object(**fields):
    """A plain JavaScript object from keyword arguments."""
    return to_js(fields, dict_converter=js.Object.fromEntries)


def js_value(value):
    """The JavaScript value that JSON makes of a Python one."""
    return js.JSON.parse(json.dumps(value))


def names_for(worker, request, seed):
    """What a probe finds defined."""
    names = {name: getattr(pyodide.ffi, name) for name in dir(pyodide.ffi) if not name.startswith("_")}
    names |= {name: getattr(workers, name) for name in workers.__all__}
    names |= {"js": js, "asyncio": asyncio, "json": json, "workers": workers}
    names |= {"O": js_object, "J": js_value, "answer": answer, "describe": describe, "kind": constructor_name}
    names |= {"env": worker.env, "ctx": worker.ctx, "request": request, "worker": worker}
    names |= {"chance": random.Random(seed), "__name__": "probe"}
    return names


async def run(statement, names):
    """Run one statement; the value of an expression is returned."""
    is_expression = isinstance(statement, ast.Expr)
    tree = ast.Expression(statement.value) if is_expression else ast.Module([statement], [])
    mode = "eval" if is_expression else "exec"
    code = compile(tree, "<probe>", mode, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    result = eval(code, names)
    if not code.co_flags & inspect.CO_COROUTINE:
        return result
    # What never answers must not hold up the others, nor be taken by the runtime for a Worker that hangs.
    try:
        async with asyncio.timeout(PATIENCE) as patience:
            return await result
    except TimeoutError:
        if patience.expired():
            return NO_ANSWER
        raise


async def each(source, names):
    """The answers by the text of their questions; what is asked twice is numbered."""
    told = {}
    tree = ast.parse(source)
    documented = ast.get_docstring(tree) is not None
    for statement in tree.body[1 if documented else 0 :]:
        text = ast.get_source_segment(source, statement)
        result = await answer(lambda statement=statement: run(statement, names))
        if isinstance(statement, ast.Expr) or (isinstance(result, dict) and "raises" in result):
            again = sum(question.split("  # again")[0] == text for question in told)
            told[text if not again else f"{text}  # again {again}"] = result
    return told


async def last(source, names):
    """The value of the last expression, or what `main(env)` returns."""
    value = None
    for statement in ast.parse(source).body:
        value = await run(statement, names)
    if callable(main := names.get("main")):
        value = await main(names["env"])
    return value


async def evaluate(worker, request, *, every, seed):
    """Answer a probe as JSON text."""
    source = await request.text()
    names = names_for(worker, request, seed)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            told = (
                await each(source, names) if every else {"result": await answer(lambda: last(source, names))}
            )
        except SyntaxError as error:
            told = {"result": describe_error(error)}
    if printed.getvalue():
        told["printed"] = printed.getvalue()
    return json.dumps(told, indent=1, ensure_ascii=False)

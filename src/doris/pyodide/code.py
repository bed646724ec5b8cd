"""``pyodide.code``: running Python source, with the value of its last expression as the result."""

from __future__ import annotations

import ast
import inspect
from types import CodeType
from typing import Any


def _compiled(source: str, filename: str, flags: int) -> tuple[CodeType | None, CodeType | None]:
    tree = ast.parse(source, filename)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not source.rstrip().endswith(";"):
        statement = tree.body.pop()
        assert isinstance(statement, ast.Expr)
        last = compile(ast.Expression(statement.value), filename, "eval", flags=flags)
    body = compile(tree, filename, "exec", flags=flags) if tree.body else None
    return body, last


def eval_code(
    source: str,
    globals: dict[str, Any] | None = None,
    locals: dict[str, Any] | None = None,
    *,
    filename: str = "<exec>",
) -> Any:
    """Run source and give the value of its last expression; None when it ends with a statement or a
    semicolon."""
    names = {} if globals is None else globals
    body, last = _compiled(source, filename, 0)
    if body is not None:
        exec(body, names, locals)
    return eval(last, names, locals) if last is not None else None


async def eval_code_async(
    source: str,
    globals: dict[str, Any] | None = None,
    locals: dict[str, Any] | None = None,
    *,
    filename: str = "<exec>",
) -> Any:
    """`eval_code` with top-level ``await``."""
    names = {} if globals is None else globals
    result = None
    for part in _compiled(source, filename, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT):
        if part is not None:
            result = eval(part, names, locals)
            if part.co_flags & inspect.CO_COROUTINE:
                result = await result
    return result


def find_imports(source: str) -> list[str]:
    """The top-level packages that source imports, sorted; an empty list when it does not parse."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None and node.level == 0:
            found.add(node.module.partition(".")[0])
    return sorted(found)


__all__ = ["eval_code", "eval_code_async", "find_imports"]

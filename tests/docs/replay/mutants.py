"""Make mutants of a Python text: each has one statement fewer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

SIMPLE = (
    ast.Assign,
    ast.AugAssign,
    ast.Break,
    ast.Continue,
    ast.Delete,
    ast.Expr,
    ast.Import,
    ast.ImportFrom,
    ast.Raise,
    ast.Return,
)
"""Statements that one line does. A compound one (`if`, `def`) is held by the statements inside it.

An `assert` is not among them: it is what notices, and nothing notices for it.
"""


@dataclass(frozen=True)
class Mutant:
    """A text without one statement. `line` and `code` are the first line of what was deleted."""

    line: int
    code: str
    text: str


def mutants(text: str) -> Iterator[Mutant]:
    """One mutant for each statement of the text. Raises SyntaxError when it is no Python."""
    tree = compile(
        text, "mutant", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True
    )
    nodes = [node for node in ast.walk(tree) if isinstance(node, SIMPLE) and not _does_nothing(node)]
    lines = text.split("\n")
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset)):
        yield Mutant(node.lineno, lines[node.lineno - 1].strip(), _without(lines, node))


def _does_nothing(node: ast.stmt) -> bool:
    """Docstrings and other constants, and imports that only change how the file is read."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _without(lines: list[str], node: ast.stmt) -> str:
    """The text with `pass` in place of a statement; every other line keeps its number."""
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    # The columns of ast count bytes.
    before = lines[first].encode()[: node.col_offset].decode()
    behind = lines[last].encode()[node.end_col_offset :].decode()
    return "\n".join([*lines[:first], f"{before}pass{behind}", *[""] * (last - first), *lines[last + 1 :]])

"""What the code of a Worker shows without being run: its ``Default``, and the bindings it takes from
``env``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ENTRYPOINTS = {"WorkerEntrypoint", "DurableObject", "WorkflowEntrypoint"}
_NOT_SOURCE = {"python_modules", "node_modules", "tests", "__pycache__", "site-packages"}


@dataclass(frozen=True, slots=True)
class Use:
    """A name that is taken from ``env``."""

    name: str
    file: Path
    line: int
    column: int


def source_files(folder: Path) -> list[Path]:
    """The Python files in and below the main module's folder: what wrangler uploads, without tests and
    packages.
    """
    return sorted(
        file
        for file in folder.rglob("*.py")
        if file.is_file()
        and not any(part in _NOT_SOURCE or part.startswith(".") for part in file.relative_to(folder).parts)
    )


def may_define(tree: ast.Module, name: str) -> bool:
    """Does the module define ``name`` at its top, or import everything from somewhere?"""
    for node in _top_statements(tree.body):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                found = [node.name]
            case ast.Import() | ast.ImportFrom():
                found = [alias.asname or alias.name for alias in node.names]
            case ast.Assign() | ast.AnnAssign():
                found = [
                    n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
                ]
            case _:
                found = []
        if name in found or "*" in found:
            return True
    return False


def has_class_for_others(tree: ast.Module) -> bool:
    """Does the module define a Durable Object or a workflow? Other Workers may use those as they are."""
    classes = (node for node in tree.body if isinstance(node, ast.ClassDef))
    return any(_bases(node) & {"DurableObject", "WorkflowEntrypoint"} for node in classes)


def _top_statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a module, those under ``if``, ``try`` and ``with`` included."""
    for node in body:
        yield node
        for field in ("body", "orelse", "finalbody"):
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield from _top_statements(getattr(node, field, []))
        for handler in getattr(node, "handlers", []):
            yield from _top_statements(handler.body)


def used_bindings(tree: ast.Module, file: Path) -> list[Use]:
    """The names that the code takes from ``env``, as far as it can be told without running it, in its order.

    In a class that derives from ``WorkerEntrypoint``, ``DurableObject`` or ``WorkflowEntrypoint``, every
    ``self.env.NAME``. Elsewhere something called ``env`` may well be another thing, so only names in capitals
    count: ``env.NAME``, ``request.scope["env"].NAME``. ``env["NAME"]`` and ``getattr(env, "NAME")`` are the
    same. A name that the module asks for with ``hasattr``, or with a default, may be missing.
    """
    found: set[Use] = set()
    classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    entrypoints = (node for node in classes if _bases(node) & _ENTRYPOINTS)
    for scope, sure in [*((node, True) for node in entrypoints), (tree, False)]:
        for node in ast.walk(scope):
            name, owner = _taken(node)
            if name is None or owner is None or not _is_env(owner):
                continue
            certain = sure and isinstance(owner, ast.Attribute) and _is_name(owner.value, "self")
            if certain or name.isupper():
                found.add(Use(name, file, node.lineno, node.col_offset + 1))  # type: ignore[attr-defined]
    optional = set(_asked_for(tree))
    return sorted((use for use in found if use.name not in optional), key=lambda use: (use.line, use.column))


def _asked_for(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="hasattr"), args=[_, ast.Constant(value=str(name))]):
                yield name
            case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(value=str(name)), _]):
                yield name
            case ast.Compare(left=ast.Constant(value=str(name)), ops=[ast.In() | ast.NotIn()]):
                yield name


def _bases(node: ast.ClassDef) -> set[str]:
    return {str(getattr(base, "id", None) or getattr(base, "attr", None)) for base in node.bases}


def _taken(node: ast.AST) -> tuple[str | None, ast.expr | None]:
    """The name that an expression takes from an object, and the object."""
    match node:
        case ast.Attribute(value=owner, attr=name, ctx=ast.Load()):
            return name, owner
        case ast.Subscript(value=owner, slice=ast.Constant(value=str(name)), ctx=ast.Load()):
            return name, owner
        case ast.Call(func=ast.Name(id="getattr"), args=[owner, ast.Constant(value=str(name))], keywords=[]):
            return name, owner
    return None, None


def _is_env(node: ast.expr) -> bool:
    match node:
        case ast.Name(id="env") | ast.Attribute(attr="env"):
            return True
        case ast.Subscript(slice=ast.Constant(value="env")):
            return True
    return False


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name

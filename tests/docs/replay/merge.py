"""Put a fragment into a Python file as a reader does who is told "change this function": by name.

Functions, classes and assignments of the fragment take the place of those with the same name, members of a
class likewise; new ones go behind the last one; imports go behind the last import. Nothing else of the file
changes, comments included.
"""

from __future__ import annotations

import ast

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def merged(text: str, fragment: str) -> str:
    """The file with the fragment put in. Raises SyntaxError when one of the two is no Python."""
    for node in ast.parse(fragment).body:
        piece = _source(fragment, node)
        text = _merge_one(text, node, piece, fragment)
    return text


def _merge_one(text: str, node: ast.stmt, piece: list[str], fragment: str) -> str:
    tree = ast.parse(text)
    if isinstance(node, ast.Import | ast.ImportFrom):
        return _put_import(text, tree, piece)
    name = _name(node)
    old = _find(tree.body, name)
    if isinstance(old, ast.ClassDef) and isinstance(node, ast.ClassDef):
        for member in node.body:
            text = _merge_member(text, node.name, member, _source(fragment, member))
        return text
    if old is not None:
        return _replace(text, old, piece)
    return text.rstrip("\n") + "\n\n\n" + "\n".join(piece) + "\n"


def _merge_member(text: str, class_name: str, member: ast.stmt, piece: list[str]) -> str:
    owner = _find(ast.parse(text).body, class_name)
    assert isinstance(owner, ast.ClassDef)
    old = _find(owner.body, _name(member))
    if old is not None:
        return _replace(text, old, piece)
    lines = text.split("\n")
    end = owner.end_lineno or 0
    return "\n".join([*lines[:end], "", *piece, *lines[end:]])


def _put_import(text: str, tree: ast.Module, piece: list[str]) -> str:
    lines = text.split("\n")
    if "\n".join(piece) in text:
        return text
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    end = (imports[-1].end_lineno or 0) if imports else 0
    return "\n".join([*lines[:end], *piece, *lines[end:]])


def _replace(text: str, old: ast.stmt, piece: list[str]) -> str:
    lines = text.split("\n")
    return "\n".join([*lines[: _start(old) - 1], *piece, *lines[old.end_lineno or 0 :]])


def _find(body: list[ast.stmt], name: str | None) -> ast.stmt | None:
    return next((node for node in body if name is not None and _name(node) == name), None)


def _name(node: ast.stmt) -> str | None:
    if isinstance(node, Definition):
        return node.name
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    return None


def _source(text: str, node: ast.stmt) -> list[str]:
    return text.split("\n")[_start(node) - 1 : node.end_lineno]


def _start(node: ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])

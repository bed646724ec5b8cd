"""All pages: the Markdown of docs/, and each docstring that the reference pages show."""

from __future__ import annotations

import ast
import inspect
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import levels
from .engine import Emulator, Engine
from .fence import Fence, Refused, repository
from .lexer import lex, lex_file
from .page import Page


@dataclass(frozen=True)
class Source:
    """Where blocks come from: a page, or one docstring of a module (a page of its own)."""

    name: str
    blocks: tuple[Fence | Refused, ...]

    @property
    def file(self) -> str:
        return self.name.partition("::")[0]


class Pages:
    """Replays pages when they are first asked for, and writes down their levels."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.replayed: dict[tuple[str, str], Page] = {}

    def replay(self, source: Source, engine: Engine | None = None) -> Page:
        """The replay of a page on an engine, done once."""
        engine = engine or Emulator()
        key = (source.name, engine.name)
        if key not in self.replayed:
            root = self.folder / f"{len(self.replayed)}-{engine.name}"
            page = Page(source.name, list(source.blocks), root, engine)
            if source.file.startswith("src/"):  # docstrings are written from the root of the repository
                shutil.copytree(repository() / "examples", page.cwd / "examples")
            self.replayed[key] = page
            page.run()
            if engine.complete:
                levels.keep(source.name, page.rows)
        return self.replayed[key]


def sources() -> list[Source]:
    """Every page and every docstring that has a block."""
    found = [*markdown_pages(), *docstrings()]
    return [source for source in found if source.blocks]


def markdown_pages() -> Iterator[Source]:
    """The pages below docs/."""
    root = repository()
    for file in sorted((root / "docs").rglob("*.md")):
        yield Source(file.relative_to(root).as_posix(), tuple(lex_file(file)))


def docstrings() -> Iterator[Source]:
    """The docstrings of src/ that have a fence. Lines are those of the source file."""
    root = repository()
    for file in sorted((root / "src").rglob("*.py")):
        name = file.relative_to(root).as_posix()
        for qualified, line, text in docstrings_of(file.read_text(encoding="utf-8")):
            if "```" not in text and "~~~" not in text:
                continue
            # The lexer counts lines from the start of its text: empty lines put them where they stand in the
            # file.
            blocks = [block for block in lex("\n" * (line - 1) + text, name) if isinstance(block, Fence)]
            yield Source(f"{name}::{qualified}", tuple(blocks))


def docstrings_of(source: str) -> Iterator[tuple[str, int, str]]:
    """The docstrings of a module: qualified name, first line, text without its indentation."""

    def walk(node: ast.AST, names: tuple[str, ...]) -> Iterator[tuple[str, int, str]]:
        body = getattr(node, "body", [])
        documented = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if documented and body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            text = body[0].value.value
            if isinstance(text, str):
                yield ".".join(names) or "module", body[0].lineno, inspect.cleandoc(text)
        for child in body if isinstance(body, list) else []:
            if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield from walk(child, (*names, child.name))

    yield from walk(ast.parse(source), ())

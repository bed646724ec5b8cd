from __future__ import annotations

import ast
from pathlib import Path

import pytest

from doris.cli.code import has_class_for_others, may_define, source_files, used_bindings


def test_source_files(tmp_path: Path) -> None:
    for name in ("entry.py", "lib/a.py", "tests/test_a.py", ".venv/b.py", "python_modules/c.py", "data.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert source_files(tmp_path) == [tmp_path / "entry.py", tmp_path / "lib" / "a.py"]


@pytest.mark.parametrize(
    "text",
    [
        "class Default: ...",
        "from app import Default",
        "from app import App as Default",
        "from app import *",
        "Default = make()",
        "Default: type = make()",
        "A, (B, Default) = make()",
        "async def Default(): ...",
        "if x:\n  pass\nelse:\n  class Default: ...",
        "try:\n  pass\nexcept E:\n  from app import Default",
        "try:\n  pass\nfinally:\n  Default = 1",
        "with x:\n  Default = 1",
    ],
)
def test_default_is_there(text: str) -> None:
    assert may_define(ast.parse(text), "Default")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "class default: ...",
        "def f():\n  class Default: ...",
        "class A:\n  Default = 1",
        "print(Default)",
        "x.Default = 1",
    ],
)
def test_default_is_not_there(text: str) -> None:
    assert not may_define(ast.parse(text), "Default")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("class Room(DurableObject): ...", True),
        ("class Order(workers.WorkflowEntrypoint): ...", True),
        ("class Default(WorkerEntrypoint): ...", False),
        ("class A(make()): ...", False),
    ],
)
def test_classes_for_others(text: str, answer: bool) -> None:
    assert has_class_for_others(ast.parse(text)) is answer


def used(text: str) -> list[tuple[str, int, int]]:
    return [(use.name, use.line, use.column) for use in used_bindings(ast.parse(text), Path("entry.py"))]


def test_every_name_in_an_entrypoint_counts() -> None:
    text = """
class Default(WorkerEntrypoint):
    async def fetch(self, request):
        await self.env.DB.prepare("x")
        self.env.lower, self.env["WITH_BRACKETS"], getattr(self.env, "by_name")
"""
    assert used(text) == [
        ("DB", 4, 15),
        ("lower", 5, 9),
        ("WITH_BRACKETS", 5, 25),
        ("by_name", 5, 52),
    ]


def test_elsewhere_only_capitals_count() -> None:
    text = """
from workers import env
env.DB, env.get, self.env.get_template, request.scope["env"].KV, env["lower"], this.env["SECRET_2"]
"""
    assert [name for name, *_ in used(text)] == ["DB", "KV", "SECRET_2"]


@pytest.mark.parametrize(
    "text",
    [
        "getattr(env, 'MAYBE', None)",
        "env.WRITTEN = 1",
        "del env['GONE']",
        "os.environ['HOME']",
        "environment.DB",
        "env[NAME]",
        "scope['other'].DB",
        "if hasattr(env, 'MAYBE'):\n  env.MAYBE",
        "if 'MAYBE' in env:\n  env.MAYBE",
        "class A(Base):\n  def f(self):\n    self.env.lower",
    ],
)
def test_what_does_not_count(text: str) -> None:
    assert used(text) == []

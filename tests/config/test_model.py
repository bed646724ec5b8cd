from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from doris.config import Project, load


def test_database_by_name_or_binding(read: Callable[..., Project]) -> None:
    project = read(
        'd1_databases = [{ binding = "A", database_name = "B" }, { binding = "B", database_id = "1" }, '
        '{ binding = "C", preview_database_id = "p", database_id = "2" }]'
    )
    first, second, third = project.d1_databases
    assert [project.d1_database(name) for name in ("A", "B", "C", "D")] == [first, first, third, None]
    assert [database.local_id for database in project.d1_databases] == ["A", "1", "p"]
    assert [database.title for database in (first, second)] == ["B", "B"]


def test_local_ids(read: Callable[..., Project]) -> None:
    project = read(
        'kv_namespaces = [{ binding = "A" }, { binding = "B", id = "1" }, '
        '{ binding = "C", id = "1", preview_id = "p" }]\n'
        'r2_buckets = [{ binding = "X" }, { binding = "Y", bucket_name = "the-bucket" }]'
    )
    assert [namespace.local_id for namespace in project.kv_namespaces] == ["A", "1", "p"]
    assert [bucket.local_id for bucket in project.r2_buckets] == ["X", "the-bucket"]


def test_binding_names() -> None:
    project = load(Path(__file__).parent / "projects" / "everything.jsonc")
    assert list(project.binding_names()) == [
        *(
            "TEXT",
            "NUMBER",
            "WHOLE",
            "OBJECT",
            "LIST",
            "CACHE",
            "KV",
            "DB",
            "OTHER",
            "FILES",
            "JOBS",
            "ROOMS",
        ),
        *("ELSEWHERE", "AUTH", "ORDERS", "LIMITER", "ASSETS", "VERSION", "AI", "INDEX", "MAIL", "ODD"),
    ]
    others = [(other.type, other.name) for other in project.other_bindings]
    assert others == [("ai", "AI"), ("vectorize", "INDEX"), ("send_email", "MAIL"), ("unsafe", "ODD")]
    assert project.exports == ()


def test_exports_say_what_they_store(read: Callable[..., Project]) -> None:
    project = read('[exports.A]\ntype = "durable-object"\nstorage = "sqlite"\n[exports.B]\ntype = "worker"')
    assert [(export.name, export.storage) for export in project.exports] == [("A", "sqlite"), ("B", None)]


def test_secrets_lie_over_vars() -> None:
    project = Project(file=Path("f"), root=Path(), vars={"A": 1, "B": [2]}, secrets={"A": "secret"})
    assert project.variables == {"A": "secret", "B": [2]}
    assert list(project.binding_names()) == ["A", "B"]

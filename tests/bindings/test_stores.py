from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from doris import config
from doris.bindings import Stores, UncoveredBinding, make_bindings, uncovered_bindings
from doris.bindings.d1 import D1Database
from doris.bindings.kv import KvNamespace
from doris.bindings.kv_store import Entry
from doris.bindings.r2 import R2Bucket
from doris.bindings.ratelimit import Ratelimit
from doris.js import PlainObject, get
from tests.bindings.calling import answer, invoke

WRANGLER: dict[str, Any] = {
    "name": "w",
    "main": "src/entry.py",
    "compatibility_date": "2026-11-01",
    "compatibility_flags": ["python_workers"],
    "d1_databases": [
        {"binding": "DB", "database_name": "db", "database_id": "one"},
        {"binding": "SAME", "database_name": "db", "database_id": "one"},
        {"binding": "OTHER", "database_name": "other", "database_id": "two"},
    ],
    "kv_namespaces": [
        {"binding": "KV", "id": "a"},
        {"binding": "KV2", "id": "a"},
        {"binding": "KV3", "id": "b"},
    ],
    "r2_buckets": [
        {"binding": "R2", "bucket_name": "files"},
        {"binding": "SAME_R2", "bucket_name": "files"},
        {"binding": "OTHER_R2", "bucket_name": "more"},
    ],
    "queues": {"producers": [{"binding": "Q", "queue": "jobs"}]},
    "services": [{"binding": "SELF", "service": "w"}],
    "durable_objects": {"bindings": [{"name": "ROOMS", "class_name": "Room"}]},
    "migrations": [{"tag": "v1", "new_sqlite_classes": ["Room"]}],
    "ratelimits": [{"name": "RL", "namespace_id": "1", "simple": {"limit": 5, "period": 60}}],
    "assets": {"directory": "public", "binding": "ASSETS"},
    "version_metadata": {"binding": "VERSION"},
    "ai": {"binding": "AI"},
}


@pytest.fixture
def project(tmp_path: Path) -> config.Project:
    (tmp_path / "wrangler.jsonc").write_text(json.dumps(WRANGLER), encoding="utf-8")
    return config.load(tmp_path)


def now() -> float:
    return 1_700_000_000_000.0


def statement(db: object, sql: str) -> object:
    return invoke(db, "prepare", sql)


def test_every_declared_binding_is_made(project: config.Project) -> None:
    stores = Stores(project, now)
    bindings = make_bindings(project, stores)
    covered = {"DB": D1Database, "SAME": D1Database, "OTHER": D1Database}
    covered |= {"KV": KvNamespace, "KV2": KvNamespace, "KV3": KvNamespace}
    covered |= {"R2": R2Bucket, "SAME_R2": R2Bucket, "OTHER_R2": R2Bucket}
    covered |= {"RL": Ratelimit, "VERSION": PlainObject}
    for name, binding in bindings.items():
        assert isinstance(binding, covered.get(name, UncoveredBinding))
    assert set(bindings) == {*covered, "Q", "SELF", "ROOMS", "ASSETS", "AI"}
    assert set(bindings) == set(project.binding_names())
    stores.close()


def test_what_is_not_emulated_can_be_told_beforehand(project: config.Project) -> None:
    expected = {("queues", "Q"), ("services", "SELF"), ("durable_objects", "ROOMS")}
    expected |= {("assets", "ASSETS"), ("ai", "AI")}
    assert set(uncovered_bindings(project)) == expected


def test_what_is_not_emulated_says_so_when_used(project: config.Project) -> None:
    stores = Stores(project, now)
    bindings = make_bindings(project, stores)
    assert answer(bindings["Q"], "send", "k") == (
        "TypeError: env.Q.send: doris does not emulate bindings of type 'queues' yet. "
        "Give a replacement: doris.open(…, bindings={'Q': …})"
    )
    assert answer(bindings["AI"], "run").startswith(
        "TypeError: env.AI.run: doris does not emulate bindings of type 'ai'"
    )
    assert bindings["Q"].js_get("then") is None
    # The SDK chooses its wrapper by the class.
    names = {name: binding.interface.name for name, binding in bindings.items()}
    assert (names["Q"], names["AI"]) == ("WorkerQueue", "Object")
    assert (names["SELF"], names["ROOMS"]) == ("Fetcher", "DurableObjectNamespace")
    assert bindings["Q"].js_get("constructor") is bindings["Q"].interface.function
    stores.close()


def test_bindings_with_one_id_share_their_data(project: config.Project) -> None:
    stores = Stores(project, now)
    bindings = make_bindings(project, stores)
    invoke(statement(bindings["DB"], "CREATE TABLE t(at DEFAULT CURRENT_TIMESTAMP)"), "run")
    invoke(statement(bindings["SAME"], "INSERT INTO t DEFAULT VALUES"), "run")
    assert answer(statement(bindings["DB"], "SELECT * FROM t"), "raw") == [["2023-11-14 22:13:20"]]
    assert answer(statement(bindings["OTHER"], "SELECT * FROM t"), "raw").startswith(
        "Error: D1_ERROR: no such table"
    )
    invoke(bindings["KV"], "put", "k", "v")
    assert [answer(bindings[name], "get", "k") for name in ("KV2", "KV3")] == ["v", None]
    invoke(bindings["R2"], "put", "k", "v")
    found = [invoke(bindings[name], "head", "k") for name in ("SAME_R2", "OTHER_R2")]
    assert [type(item).__name__ for item in found] == ["HeadResult", "JsNull"]
    stores.close()


def test_bookmarks_are_shared_too(project: config.Project) -> None:
    stores = Stores(project, now)
    bindings = make_bindings(project, stores)
    seen = []
    for name in ("DB", "SAME", "DB"):
        session = invoke(bindings[name], "withSession")
        invoke(statement(session, "SELECT 1"), "run")
        seen.append(invoke(session, "getBookmark"))
    assert seen == sorted(set(seen))
    stores.close()


def test_reset_begins_anew_with_the_same_objects(project: config.Project) -> None:
    stores = Stores(project, now)
    bindings = make_bindings(project, stores)
    database = stores.d1(project.d1_databases[0])
    invoke(statement(bindings["DB"], "CREATE TABLE t(a)"), "run")
    invoke(bindings["KV"], "put", "k", "v")
    invoke(bindings["R2"], "put", "k", "v")
    upload = invoke(bindings["R2"], "createMultipartUpload", "k")
    for _ in range(5):
        assert answer(bindings["RL"], "limit", {"key": "k"}) == {"success": True}
    stores.reset()
    assert answer(bindings["R2"], "head", "k") is None
    assert "does not exist" in answer(upload, "uploadPart", 1, "x")
    assert answer(bindings["RL"], "limit", {"key": "k"}) == {"success": True}
    invoke(bindings["R2"], "put", "k", "w")
    assert database.run("SELECT * FROM sqlite_schema").rows == []
    assert answer(bindings["KV"], "get", "k") is None
    invoke(bindings["KV"], "put", "k", "w")
    assert answer(bindings["KV"], "get", "k") == "w"
    stores.close()


def test_what_is_kept_is_there_again(project: config.Project, tmp_path: Path) -> None:
    kept = tmp_path / "state"
    first = Stores(project, now, kept)
    first.d1(project.d1_databases[0]).run("CREATE TABLE t(a)")
    first.kv(project.kv_namespaces[0]).put("k", Entry(b"v"))
    bindings = make_bindings(project, first)
    invoke(bindings["R2"], "put", "k", "v")
    for _ in range(5):
        invoke(bindings["RL"], "limit", {"key": "k"})
    first.close()
    second = Stores(project, now, kept)
    assert second.d1(project.d1_databases[0]).run("SELECT name FROM sqlite_schema").rows == [("t",)]
    assert second.kv(project.kv_namespaces[0]).get("k") == Entry(b"v")
    bindings = make_bindings(project, second)
    assert answer(invoke(bindings["R2"], "get", "k"), "text") == "v"
    assert answer(bindings["RL"], "limit", {"key": "k"}) == {"success": False}
    second.close()
    found = sorted(path.relative_to(kept).as_posix() for path in kept.rglob("*.sqlite"))
    expected = ["d1/one", "kv/a", "r2/files", "ratelimit/1"]
    assert {f"v1/{name}.sqlite" for name in expected} <= set(found)


def test_writes_to_one_object_are_limited_on_demand(project: config.Project) -> None:
    stores = Stores(project, now, limit_r2_writes=True)
    bucket = make_bindings(project, stores)["R2"]
    invoke(bucket, "put", "k", "v")
    assert answer(bucket, "put", "k", "w").endswith("for the same object. (10058)")
    stores.close()


def test_each_run_is_a_version_of_its_own(project: config.Project) -> None:
    stores = Stores(project, now)
    versions = [make_bindings(project, stores)["VERSION"] for _ in range(2)]
    assert len({get(version, "id") for version in versions}) == 2
    assert {get(version, "timestamp") for version in versions} == {"2023-11-14T22:13:20.000Z"}
    stores.close()

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from doris.bindings.d1_backend import D1Backend, D1Failure, Query
from doris.js import JSArray, null, plain
from doris.sql import Database


def bookmark(backend: D1Backend, sql: str) -> str | None:
    return backend.query([Query(sql)], bookmark=True)[1]


@pytest.mark.parametrize("length", [2_000_000, 500_001])
def test_values_up_to_the_documented_size(backend: D1Backend, length: int) -> None:
    answers, _ = backend.query([Query("SELECT length(?) AS n", ["x" * length])], bookmark=False)
    assert answers[0].rows == [(length,)]


@pytest.mark.parametrize("value", ["x" * 2_000_001, "é" * 1_000_001, JSArray([0] * 2_000_001)])
def test_values_over_the_documented_size(backend: D1Backend, value: object) -> None:
    with pytest.raises(D1Failure, match=r"^string or blob too big: SQLITE_TOOBIG$"):
        backend.query([Query("SELECT length(?)", [value])], bookmark=False)


@pytest.mark.parametrize(
    "query", [Query(5), Query(null), Query("SELECT ?", [plain()]), Query("SELECT 1", [None])]
)
def test_malformed_queries(backend: D1Backend, query: Query) -> None:
    with pytest.raises(D1Failure, match=r"^Failed to parse body as JSON, got: ZodError"):
        backend.query([query], bookmark=False)


def test_no_bookmark_unless_asked_for(backend: D1Backend) -> None:
    assert backend.query([Query("SELECT 1")], bookmark=False)[1] is None


def test_bookmarks_have_the_real_form_and_rise(backend: D1Backend) -> None:
    seen = [bookmark(backend, "SELECT 1") for _ in range(20)]
    assert seen[0] == "00000000-00000000-00000000-00000000000000000000000000000000"
    assert seen == sorted(set(seen), key=str)


def test_reading_does_not_write(backend: D1Backend) -> None:
    before = backend.database.total_changes
    bookmark(backend, "SELECT 1")
    assert backend.database.total_changes == before
    assert backend.database.execute("PRAGMA user_version") == [(0,)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "d1.sqlite"


@pytest.fixture
def reopen(path: Path) -> Iterator[object]:
    opened: list[Database] = []

    def open_() -> D1Backend:
        opened.append(Database(path))
        return D1Backend(opened[-1], lambda: 0.0)

    yield open_
    for database in opened:
        database.close()


def test_bookmarks_go_on_after_a_restart(reopen: type[D1Backend]) -> None:
    first = reopen()  # type: ignore[call-arg]
    last = None
    for sql in ("CREATE TABLE t(a)", "SELECT 1", "INSERT INTO t VALUES (1)"):
        last = bookmark(first, sql)
    second = reopen()  # type: ignore[call-arg]
    later = bookmark(second, "SELECT 1")
    assert last is not None
    assert later is not None
    assert later > last


def test_forgetting(backend: D1Backend) -> None:
    bookmark(backend, "CREATE TABLE t(a)")
    backend.database.erase()
    backend.forget()
    assert bookmark(backend, "SELECT 1") == "00000000-00000000-00000000-00000000000000000000000000000000"

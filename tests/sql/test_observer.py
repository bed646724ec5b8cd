"""The estimates of rows read and written, on statements whose true numbers the reference runtime gave."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from doris.sql import Database


@pytest.fixture
def db() -> Iterator[Database]:
    database = Database()
    database.run("CREATE TABLE t(id INTEGER PRIMARY KEY, a)")
    database.run("CREATE TABLE u(id INTEGER PRIMARY KEY AUTOINCREMENT, e UNIQUE)")
    database.run("INSERT INTO t(a) VALUES (1), (2), (3)")
    database.run("INSERT INTO u(e) VALUES ('a'), ('b')")
    yield database
    database.close()


@pytest.mark.parametrize(
    ("sql", "read", "written"),
    [
        ("SELECT 1", 0, 0),
        ("SELECT * FROM t", 3, 0),
        ("SELECT * FROM t WHERE a = 2", 3, 0),
        ("SELECT * FROM t WHERE id = 2", 1, 0),
        ("SELECT * FROM u WHERE e = 'b'", 1, 0),
        ("SELECT count(*) FROM t", 3, 0),
        ("SELECT COUNT(*) FROM t", 3, 0),
        ("SELECT max(id) FROM t", 1, 0),
        ("INSERT INTO t(a) VALUES (4), (5)", 0, 2),
        ("INSERT INTO u(e) VALUES ('c')", 1, 3),
        ("UPDATE t SET a = 0 WHERE id > 1", 2, 2),
        ("DELETE FROM t WHERE id = 1", 1, 1),
        ("EXPLAIN SELECT * FROM t", 0, 0),
    ],
)
def test_rows(db: Database, sql: str, read: int, written: int) -> None:
    result = db.run(sql)
    assert (result.rows_read, result.rows_written) == (read, written)

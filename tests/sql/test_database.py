from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from doris.sql import Database, DatabaseFileError, SqlError
from doris.sql import database as database_module
from doris.sql.database import is_reading
from doris.sql.stdlib_driver import StdlibDriver

MOMENT = 1_700_000_000.123
Opener = Callable[..., Database]


@pytest.fixture(params=["apsw", "stdlib"])
def open_(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    """Opens databases on either library; the rules below hold on both."""
    if request.param == "stdlib":
        monkeypatch.setattr(database_module, "open_driver", StdlibDriver)
    opened: list[Database] = []

    def opener(path: Path | None = None) -> Database:
        opened.append(Database(path, now=lambda: MOMENT))
        return opened[-1]

    yield opener
    for database in opened:
        database.close()


@pytest.fixture
def db(open_: Opener) -> Database:
    return open_()


@pytest.fixture
def apsw_db() -> Iterator[Database]:
    database = Database(now=lambda: MOMENT)
    yield database
    database.close()


def error_of(db: Database, sql: str, *parameters: str | float | None) -> str:
    with pytest.raises(SqlError) as caught:
        db.run(sql, parameters)
    return str(caught.value)


def run_together(db: Database, *statements: str) -> None:
    with db.transaction():
        for statement in statements:
            db.run(statement)


def test_the_last_statement_answers(db: Database) -> None:
    db.run("CREATE TABLE t(a, b TEXT)")
    result = db.run("INSERT INTO t VALUES (1, 'x'); INSERT INTO t VALUES (2, 'y'); SELECT * FROM t")
    assert result.columns == ["a", "b"]
    assert result.rows == [(1, "x"), (2, "y")]


def test_values_keep_their_type(db: Database) -> None:
    values = (None, 1, 2.5, "é\0☃", b"\x00\xff")
    assert db.run("SELECT ?, ?, ?, ?, ?", values).rows == [values]


def test_columns_are_named_without_rows(db: Database) -> None:
    db.run("CREATE TABLE t(a, b)")
    assert db.run("SELECT b, a AS c FROM t").columns == ["b", "c"]
    assert db.run("INSERT INTO t VALUES (1, 2)").columns == []


def test_column_names_follow_the_schema(db: Database) -> None:
    db.run("CREATE TABLE t(a)")
    assert db.run("SELECT * FROM t").columns == ["a"]
    db.run("ALTER TABLE t ADD COLUMN b")
    assert db.run("SELECT * FROM t").columns == ["a", "b"]


@pytest.mark.parametrize(
    "sql", ["", " ", ";", "-- x", "/* x */", "SELECT 1;;", "SELECT 1; -- x", "SELECT 1\0 SELECT 2"]
)
def test_what_is_no_statement_is_refused(db: Database, sql: str) -> None:
    assert error_of(db, sql) == "SQL code did not contain a statement."


def test_a_leading_semicolon_is_passed_over(db: Database) -> None:
    assert db.run("; SELECT 1").rows == [(1,)]


def test_a_vertical_tab_is_space_only_behind_a_semicolon(apsw_db: Database) -> None:
    assert apsw_db.run("SELECT 1; \v\n").rows == [(1,)] == apsw_db.run("SELECT 2;\vSELECT 1").rows
    assert error_of(apsw_db, "SELECT 1\v") == 'unrecognized token: "\v" at offset 8: SQLITE_ERROR'


def test_semicolons_in_a_comment_end_nothing(db: Database) -> None:
    assert db.run("SELECT 1 -- ;;").rows == [(1,)]


def test_only_the_last_statement_has_parameters(db: Database) -> None:
    assert db.run("SELECT 1; SELECT ?", ("x",)).rows == [("x",)]
    assert error_of(db, "SELECT ?; SELECT 1", "x").startswith("When executing multiple SQL statements")


@pytest.mark.parametrize("parameters", [(), (1,), (1, 2, 3)])
def test_parameters_must_be_as_many_as_the_statement_has(db: Database, parameters: tuple[int, ...]) -> None:
    assert error_of(db, "SELECT ?, ?", *parameters) == "Wrong number of parameter bindings for SQL query."


def test_names_and_numbers_bind_by_position(db: Database) -> None:
    assert db.run("SELECT :a || @b || :a", ("x", "y")).rows == [("xyx",)]
    assert db.run("SELECT ?2, ?1", ("x", "y")).rows == [("y", "x")]


def test_an_error_in_a_later_row(db: Database) -> None:
    sql = "SELECT iif(value = 2, abs(-9223372036854775808), 1) FROM json_each('[1, 2]')"
    assert error_of(db, sql) == "integer overflow: SQLITE_ERROR"


def test_explain_tells_and_changes_nothing(db: Database) -> None:
    db.run("CREATE TABLE t(a)")
    assert db.run("EXPLAIN DELETE FROM t").columns[:2] == ["addr", "opcode"]
    assert db.run("EXPLAIN QUERY PLAN SELECT * FROM t").rows[0][3] == "SCAN t"


def test_errors_say_where(apsw_db: Database) -> None:
    assert error_of(apsw_db, "SELECT nope") == "no such column: nope at offset 7: SQLITE_ERROR"
    assert error_of(apsw_db, "SELECT 1;\n\n nope") == 'near "nope": syntax error at offset 0: SQLITE_ERROR'
    assert error_of(apsw_db, "  nope") == 'near "nope": syntax error at offset 2: SQLITE_ERROR'


def test_constraint_errors_carry_the_extended_code(db: Database) -> None:
    db.run("CREATE TABLE t(a UNIQUE)")
    db.run("INSERT INTO t VALUES (1)")
    expected = "UNIQUE constraint failed: t.a: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_UNIQUE)"
    assert error_of(db, "INSERT INTO t VALUES (1)") == expected


@pytest.mark.parametrize(
    "sql",
    ["BEGIN", "begin immediate", "COMMIT", "END", "ROLLBACK", "SAVEPOINT a", "RELEASE a", "SELECT 1; BEGIN"],
)
def test_transactions_are_refused(db: Database, sql: str) -> None:
    assert error_of(db, sql).startswith(
        "To execute a transaction, please use the state.storage.transaction() or"
    )


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH ':memory:' AS other",
        "PRAGMA user_version",
        "CREATE TABLE _cf_mine(a)",
        "CREATE TEMP TABLE t(a)",
        "SELECT * FROM pragma_database_list",
    ],
)
def test_what_only_the_platform_may_do_is_refused(db: Database, sql: str) -> None:
    assert error_of(db, sql) == "not authorized: SQLITE_AUTH"


def test_a_table_cannot_take_the_platforms_names(db: Database) -> None:
    db.run("CREATE TABLE t(a)")
    with pytest.raises(SqlError, match=r"^not authorized: SQLITE_AUTH$"):
        run_together(db, "ALTER TABLE t RENAME TO _cf_t")
    db.run("ALTER TABLE t RENAME TO u")
    assert db.run("SELECT name FROM sqlite_schema").rows == [("u",)]


def test_functions(apsw_db: Database) -> None:
    assert error_of(apsw_db, "SELECT sqlite_version()").startswith(
        "not authorized to use function: sqlite_version"
    )
    assert error_of(apsw_db, "SELECT median(1)") == "no such function: median at offset 7: SQLITE_ERROR"
    assert error_of(apsw_db, "SELECT nope(1)") == "no such function: nope at offset 7: SQLITE_ERROR"


def test_the_platforms_own_sql_is_free(db: Database) -> None:
    db.execute("CREATE TABLE _cf_own(a)")
    db.execute("INSERT INTO _cf_own VALUES (?)", (1,))
    assert db.execute("SELECT * FROM _cf_own") == [(1,)]
    db.execute("PRAGMA user_version = 5")
    assert db.execute("PRAGMA user_version") == [(5,)]
    assert error_of(db, "SELECT * FROM _cf_own").startswith("access to _cf_own.a is prohibited")
    with pytest.raises(SqlError, match="no such table: nope"):
        db.execute("SELECT * FROM nope")


def test_a_statement_that_the_platform_ran_stays_forbidden(db: Database) -> None:
    db.execute("PRAGMA user_version")
    assert error_of(db, "PRAGMA user_version") == "not authorized: SQLITE_AUTH"


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        (f"SELECT '{'x' * 99_992}'", "statement too long: SQLITE_TOOBIG"),
        ("SELECT " + ",".join("1" * 101), "too many columns in result set"),
        ("SELECT " + "+".join("1" * 102), "Expression tree is too large (maximum depth 100)"),
        (" UNION ALL ".join(["SELECT 1"] * 6), "too many terms in compound SELECT"),
        ("SELECT max(" + ",".join("1" * 33) + ")", "too many arguments on function max"),
        (f"SELECT 'a' LIKE '{'x' * 51}'", "LIKE or GLOB pattern too complex"),
        ("SELECT ?101", "variable number must be between ?1 and ?100"),
    ],
)
def test_limits(db: Database, sql: str, message: str) -> None:
    assert error_of(db, sql).startswith(message)


@pytest.mark.parametrize(
    "sql",
    [
        f"SELECT '{'x' * 99_991}'",
        "SELECT " + ",".join("1" * 100),
        "SELECT " + "+".join("1" * 100),
        " UNION ALL ".join(["SELECT 1"] * 5),
        "SELECT max(" + ",".join("1" * 32) + ")",
        f"SELECT 'a' LIKE '{'x' * 50}'",
    ],
)
def test_up_to_the_limits(db: Database, sql: str) -> None:
    assert len(db.run(sql).rows) >= 1


def test_stored_rows_are_shorter_than_computed_values(db: Database) -> None:
    db.run("CREATE TABLE t(a)")
    assert db.run("SELECT length(zeroblob(3000000))").rows == [(3_000_000,)]
    assert error_of(db, "INSERT INTO t VALUES (zeroblob(2000001))") == "string or blob too big: SQLITE_TOOBIG"
    assert db.run("SELECT length(zeroblob(3000000))").rows == [(3_000_000,)]


def test_time_comes_from_the_clock(db: Database) -> None:
    db.run("CREATE TABLE t(id INTEGER PRIMARY KEY, at TEXT DEFAULT CURRENT_TIMESTAMP)")
    db.run("INSERT INTO t(id) VALUES (1)")
    assert db.run("SELECT at FROM t").rows == [("2023-11-14 22:13:20",)]
    sql = "SELECT datetime('now'), date(), time('NOW', '+1 hour'), unixepoch(), strftime('%f', 'now'), "
    sql += "current_date"
    expected = ("2023-11-14 22:13:20", "2023-11-14", "23:13:20", 1_700_000_000, "20.123", "2023-11-14")
    assert db.run(sql).rows == [expected]
    assert db.run("SELECT date('2024-01-31', '+1 month')").rows == [("2024-03-02",)]


def test_a_transaction_is_undone_by_an_exception(db: Database) -> None:
    db.run("CREATE TABLE t(a)")
    with pytest.raises(SqlError):
        run_together(db, "INSERT INTO t VALUES (1)", "nope")
    assert db.run("SELECT * FROM t").rows == []


def test_an_inner_transaction_is_undone_alone(db: Database) -> None:
    db.run("CREATE TABLE t(a)")
    with db.transaction():
        db.run("INSERT INTO t VALUES (1)")
        with pytest.raises(SqlError):
            run_together(db, "INSERT INTO t VALUES (2)", "nope")
        with db.transaction():
            db.run("INSERT INTO t VALUES (3)")
    assert db.run("SELECT * FROM t").rows == [(1,), (3,)]


def test_a_transaction_that_sqlite_itself_undid(db: Database) -> None:
    db.run("CREATE TABLE t(a UNIQUE)")
    with pytest.raises(SqlError, match="UNIQUE"):
        run_together(db, "INSERT INTO t VALUES (1)", "INSERT OR ROLLBACK INTO t VALUES (1)")
    assert db.run("SELECT * FROM t").rows == []


def test_vacuum_is_refused_in_a_transaction(apsw_db: Database) -> None:
    with pytest.raises(SqlError, match=r"^cannot VACUUM from within a transaction: SQLITE_ERROR$"):
        run_together(apsw_db, "VACUUM")


def test_text_that_is_no_utf8(apsw_db: Database) -> None:
    sql = "SELECT CAST(x'ff41' AS TEXT), 1, NULL, 2.5, x'ff', 'ok', ?;"
    assert apsw_db.run(sql, ("p",)).rows == [("\ufffdA", 1, None, 2.5, b"\xff", "ok", "p")]
    assert apsw_db.run("VALUES (char(55296))").rows == [("\ufffd" * 3,)]
    apsw_db.run("CREATE TABLE t(a)")
    expected = "text that is not UTF-8 can only be read with SELECT"
    assert error_of(apsw_db, "INSERT INTO t VALUES (CAST(x'ff' AS TEXT)) RETURNING a") == expected


def test_the_standard_library_reads_it_too(db: Database) -> None:
    assert db.run("SELECT CAST(x'ff41' AS TEXT)").rows == [("\ufffdA",)]


def test_counters(db: Database) -> None:
    assert (db.last_row_id, db.total_changes) == (0, 0)
    db.run("CREATE TABLE t(a)")
    db.run("INSERT INTO t VALUES (1), (2)")
    assert (db.last_row_id, db.total_changes) == (2, 2)
    db.run("UPDATE t SET a = 3")
    assert (db.last_row_id, db.total_changes) == (2, 4)
    assert db.size == 8192


def test_statistics_are_those_of_workerd(apsw_db: Database) -> None:
    apsw_db.run("CREATE TABLE t(a); CREATE INDEX i ON t(a); INSERT INTO t VALUES (1); ANALYZE")
    names = apsw_db.run("SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'").rows
    assert names == [("sqlite_stat1",)]


def test_a_file_keeps_what_was_committed(open_: Opener, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "d.sqlite"
    first = open_(path)
    first.run("CREATE TABLE t(a)")
    first.run("INSERT INTO t VALUES (1)")
    assert first.execute("PRAGMA journal_mode") == [("wal",)]
    assert first.execute("PRAGMA synchronous") == [(2,)]  # FULL
    second = open_(path)
    assert second.run("SELECT * FROM t").rows == [(1,)]


def test_a_committed_write_outlives_a_killed_process(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    script = (
        "import os, sys\nfrom pathlib import Path\nfrom doris.sql import Database\n"
        "db = Database(Path(sys.argv[1]))\n"
        "db.run('CREATE TABLE t(a)')\n"
        "with db.transaction():\n    db.run('INSERT INTO t VALUES (1)')\n"
        "open_ended = db.transaction()\nopen_ended.__enter__()\ndb.run('INSERT INTO t VALUES (2)')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert done.returncode != 0
    database = Database(path)
    assert database.run("SELECT * FROM t").rows == [(1,)]
    database.close()


def test_a_file_that_is_no_database(open_: Opener, tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    path.write_bytes(b"this is text, and a good deal longer than the header of a database file is" * 20)
    with pytest.raises(DatabaseFileError) as caught:
        open_(path)
    assert str(caught.value).splitlines() == [
        f"{path}: cannot be used as a database: file is not a database: SQLITE_NOTADB",
        "  Move it away, or keep the state in another folder (--persist-to).",
    ]


def test_a_folder_is_no_database(open_: Opener, tmp_path: Path) -> None:
    with pytest.raises(DatabaseFileError, match="unable to open database file"):
        open_(tmp_path)


def test_a_file_stands_where_the_folder_should_be(open_: Opener, tmp_path: Path) -> None:
    (tmp_path / "d1").write_text("", encoding="utf-8")
    with pytest.raises(DatabaseFileError, match=r"d\.sqlite: cannot be used as a database: (File|Not a)"):
        open_(tmp_path / "d1" / "d.sqlite")


def test_erasing_in_memory_and_in_a_file(open_: Opener, tmp_path: Path) -> None:
    for database in (open_(), open_(tmp_path / "d.sqlite")):
        database.run("CREATE TABLE t(a)")
        database.run("INSERT INTO t VALUES (1)")
        database.execute("PRAGMA user_version = 7")
        database.erase()
        assert database.run("SELECT * FROM sqlite_schema").rows == []
        assert (database.last_row_id, database.total_changes) == (0, 0)
        assert database.execute("PRAGMA user_version") == [(0,)]


def test_without_limits() -> None:
    database = Database(limits={})
    assert database.execute("SELECT length(zeroblob(20000000))") == [(20_000_000,)]
    database.close()


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 1", True),
        (" values (1);\n", True),
        ("-- x\nEXPLAIN DELETE FROM t", True),
        ("PRAGMA foreign_keys", True),
        ("PRAGMA Optimize", False),
        ("INSERT INTO t VALUES (1)", False),
        ("SELECT 1; INSERT INTO t VALUES (1)", False),
        ("WITH x AS (SELECT 1) DELETE FROM t", False),
    ],
)
def test_is_reading(sql: str, expected: bool) -> None:
    assert is_reading(sql) is expected


def test_the_standard_library_stands_in_for_apsw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apsw", None)
    monkeypatch.delitem(sys.modules, "doris.sql.apsw_driver", raising=False)
    driver = database_module.open_driver(None, lambda: 0.0, lambda *_: True)
    assert isinstance(driver, StdlibDriver)
    assert driver.execute("SELECT sqlite_version()", ()) == [(sqlite3.sqlite_version,)]
    driver.close()

from __future__ import annotations

from typing import Any

import pytest

from doris.bindings.d1 import D1Database
from doris.bindings.d1_backend import D1Backend
from doris.js import JSValue, Uint8Array, call, get, native, plain, to_string
from tests.bindings.calling import answer, cause, invoke, py, settled

NO_STATEMENTS = "Error: D1_ERROR: No SQL statements detected."


def prepare(db: JSValue, sql: Any, *values: Any) -> JSValue:
    statement = invoke(db, "prepare", sql)
    return invoke(statement, "bind", *values) if values else statement


@pytest.fixture
def notes(db: D1Database) -> D1Database:
    invoke(prepare(db, "CREATE TABLE notes(id INTEGER PRIMARY KEY, title TEXT, stars REAL)"), "run")
    invoke(
        prepare(db, "INSERT INTO notes(title, stars) VALUES (?, ?), (?, ?)", "milk", 1, "bread", None), "run"
    )
    return db


def test_names(db: D1Database) -> None:
    statement = prepare(db, "SELECT ?", 1)
    session = invoke(db, "withSession")
    names = [get(get(value, "constructor"), "name") for value in (db, statement, session)]
    assert names == ["D1Database", "D1PreparedStatement", "D1DatabaseSession"]
    assert [to_string(value) for value in (db, statement, session)] == [
        "[object WrappedBinding]",
        "[object Object]",
        "[object Object]",
    ]


def test_a_statement_shows_what_it_holds(db: D1Database) -> None:
    statement = prepare(db, "SELECT ?, ?, ?", True, None, Uint8Array.of_bytes(b"ab"))
    assert get(statement, "statement") == "SELECT ?, ?, ?"
    assert py(get(statement, "params")) == [1, None, [97, 98]]
    assert py(get(prepare(db, "SELECT 1"), "params")) == []


def test_run_and_all_answer_alike(notes: D1Database) -> None:
    expected = {
        "success": True,
        "meta": {
            "served_by": "miniflare.db",
            "served_by_primary": True,
            "total_attempts": 1,
            "timings": {"sql_duration_ms": 0},
            "duration": 0,
            "changes": 0,
            "last_row_id": 2,
            "changed_db": False,
            "size_after": 8192,
            "rows_read": 2,
            "rows_written": 0,
        },
        "results": [{"id": 1, "title": "milk", "stars": 1}, {"id": 2, "title": "bread", "stars": None}],
    }
    for method in ("run", "all"):
        result = answer(prepare(notes, "SELECT * FROM notes"), method)
        assert result == expected
        assert list(result) == ["success", "meta", "results"]
        assert list(result["meta"]) == list(expected["meta"])  # type: ignore[call-overload]


def test_duration_is_measured_by_the_clock(backend: D1Backend, clock: Any) -> None:
    ticking = D1Backend(backend.database, lambda: clock() + next(ticks))
    ticks = iter([0.0, 1.25, 10.0, 12.5])
    db = D1Database(ticking)
    assert answer(prepare(db, "SELECT 1"), "run")["meta"]["duration"] == 1.25
    assert answer(prepare(db, "SELECT 1"), "run")["meta"]["timings"] == {"sql_duration_ms": 2.5}


def test_meta_of_writes(notes: D1Database) -> None:
    def meta(sql: str) -> tuple[Any, ...]:
        found = answer(prepare(notes, sql), "run")["meta"]
        return found["changes"], found["last_row_id"], found["changed_db"]

    assert meta("INSERT INTO notes(title) VALUES ('a'), ('b')") == (2, 4, True)
    assert meta("UPDATE notes SET stars = 0") == (4, 4, True)
    assert meta("DELETE FROM notes WHERE id > 100") == (0, 4, False)
    assert meta("CREATE TABLE other(a)") == (0, 4, True)


@pytest.mark.parametrize(
    ("sql", "column", "expected"),
    [
        ("SELECT * FROM notes", None, {"id": 1, "title": "milk", "stars": 1}),
        ("SELECT * FROM notes", "title", "milk"),
        ("SELECT stars FROM notes WHERE id = 2", "stars", None),
        ("SELECT * FROM notes WHERE 0", None, None),
        ("SELECT * FROM notes WHERE 0", "nope", None),
        ("SELECT * FROM notes", "nope", "Error: D1_COLUMN_NOTFOUND: Column not found (nope)"),
        ("SELECT * FROM notes", "TITLE", "Error: D1_COLUMN_NOTFOUND: Column not found (TITLE)"),
        ("SELECT * FROM notes", 0, "Error: D1_COLUMN_NOTFOUND: Column not found (0)"),
        ("UPDATE notes SET stars = 5", None, None),
    ],
)
def test_first(notes: D1Database, sql: str, column: Any, expected: Any) -> None:
    args = () if column is None else (column,)
    assert answer(prepare(notes, sql), "first", *args) == expected


def test_first_with_null_looks_for_a_column_of_that_name(notes: D1Database) -> None:
    statement = prepare(notes, "SELECT 1 AS a")
    assert answer(statement, "first", None) == "Error: D1_COLUMN_NOTFOUND: Column not found (null)"
    assert cause(statement, "first", None) == "Error: Column not found"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), [[1, 2]]),
        ((None,), [[1, 2]]),
        (({"columnNames": True},), [["a", "a"], [1, 2]]),
        (({"columnNames": 0},), [[1, 2]]),
        ((5,), [[1, 2]]),
    ],
)
def test_raw(db: D1Database, options: tuple[Any, ...], expected: Any) -> None:
    assert answer(prepare(db, "SELECT 1 AS a, 2 AS a"), "raw", *options) == expected


def test_raw_without_rows(db: D1Database) -> None:
    assert answer(prepare(db, "SELECT 1 AS a WHERE 0"), "raw", {"columnNames": True}) == [["a"]]
    assert answer(prepare(db, "SELECT 1 AS a WHERE 0"), "raw") == []


def test_of_columns_with_one_name_the_last_wins(db: D1Database) -> None:
    assert answer(prepare(db, "SELECT 1 AS a, 2 AS b, 3 AS a"), "first") == {"a": 3, "b": 2}


def test_columns_that_look_like_indices_come_first(db: D1Database) -> None:
    assert list(answer(prepare(db, "SELECT 1 AS x, 2 AS '7', 3 AS '2'"), "first")) == ["2", "7", "x"]


def test_numbers_are_bound_as_real(db: D1Database) -> None:
    sql = "SELECT ?1 AS n, typeof(?1) AS type, ?1 / 2 AS half, ?1 || '' AS text"
    assert answer(prepare(db, sql, 5), "first") == {"n": 5, "type": "real", "half": 2.5, "text": "5.0"}


def test_bind_makes_a_new_statement(db: D1Database) -> None:
    statement = prepare(db, "SELECT ? AS a")
    one, two = invoke(statement, "bind", 1), invoke(statement, "bind", 2)
    assert [answer(one, "first", "a"), answer(two, "first", "a"), answer(one, "first", "a")] == [1, 2, 1]
    assert answer(invoke(one, "bind", 3), "first", "a") == 3
    assert answer(statement, "first").endswith("Wrong number of parameter bindings for SQL query.")


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELEC 1", 'near "SELEC": syntax error at offset 0: SQLITE_ERROR'),
        ("SELECT * FROM nope", "no such table: nope: SQLITE_ERROR"),
        (
            "INSERT INTO notes(id) VALUES (1)",
            "UNIQUE constraint failed: notes.id: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_PRIMARYKEY)",
        ),
        ("", "No SQL statements detected."),
        (" -- only this\n  -- and this", "No SQL statements detected."),
        ("/* this is a statement */", "SQL code did not contain a statement."),
        ("VACUUM", "cannot VACUUM from within a transaction: SQLITE_ERROR"),
    ],
)
def test_errors_carry_their_cause(notes: D1Database, sql: str, message: str) -> None:
    statement = prepare(notes, sql)
    for method in ("run", "all", "first", "raw"):
        assert answer(statement, method) == f"Error: D1_ERROR: {message}"
        assert cause(statement, method) == f"Error: {message}"


@pytest.mark.parametrize("sql", [5, None, {"a": 1}])
def test_sql_that_is_no_string(db: D1Database, sql: Any) -> None:
    expected = "Error: D1_ERROR: Failed to parse body as JSON, got: ZodError"
    assert answer(prepare(db, sql), "all").splitlines()[0] == expected


def test_statements_that_fail_change_nothing(notes: D1Database) -> None:
    assert answer(prepare(notes, "DELETE FROM notes; nope"), "run").startswith("Error: D1_ERROR")
    assert answer(prepare(notes, "SELECT count(*) AS n FROM notes"), "first", "n") == 2


def test_batch(notes: D1Database) -> None:
    insert = prepare(notes, "INSERT INTO notes(title) VALUES (?)", "tea")
    results = answer(notes, "batch", [insert, prepare(notes, "SELECT count(*) AS n FROM notes")])
    assert [result["results"] for result in results] == [[], [{"n": 3}]]
    assert [result["meta"]["changes"] for result in results] == [1, 0]


def test_batch_is_all_or_nothing(notes: D1Database) -> None:
    insert = prepare(notes, "INSERT INTO notes(id) VALUES (?)", 7)
    assert answer(notes, "batch", [insert, insert]).startswith("Error: D1_ERROR: UNIQUE constraint failed")
    assert answer(prepare(notes, "SELECT count(*) AS n FROM notes"), "first", "n") == 2


def test_batch_leaves_comments_out(db: D1Database) -> None:
    results = answer(db, "batch", [prepare(db, "-- x"), prepare(db, "SELECT 1 AS a"), prepare(db, " ")])
    assert [result["results"] for result in results] == [[{"a": 1}]]


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        ([], NO_STATEMENTS),
        (None, "TypeError: Cannot read properties of null (reading 'map')"),
        ("ab", "TypeError: statements.map is not a function"),
        ({"a": 1}, "TypeError: statements.map is not a function"),
        ([None], "TypeError: Cannot read properties of null (reading 'statement')"),
    ],
)
def test_batch_of_something_else(db: D1Database, statements: Any, message: str) -> None:
    assert answer(db, "batch", statements) == message


def test_batch_of_objects_that_are_no_statements(db: D1Database) -> None:
    assert answer(db, "batch", [1]).startswith("Error: D1_ERROR: Failed to parse body as JSON")
    lookalike = {"statement": "SELECT ? AS a", "params": [5]}
    assert answer(db, "batch", [lookalike])[0]["results"] == [{"a": 5}]
    assert (
        answer(db, "batch", Uint8Array.of_bytes(b""))
        == "TypeError: batch() takes an array of prepared statements"
    )


def test_exec_counts_lines(db: D1Database) -> None:
    assert answer(
        db, "exec", "CREATE TABLE t(a)\nINSERT INTO t VALUES (1); INSERT INTO t VALUES (2)\n\n-- x\n"
    ) == {
        "count": 2,
        "duration": 0,
    }
    assert answer(prepare(db, "SELECT a FROM t"), "raw") == [[1], [2]]


def test_exec_is_all_or_nothing(db: D1Database) -> None:
    invoke(db, "exec", "CREATE TABLE t(a)")
    message = 'Error in line 1: INSERT INTO t VALUES (1): near "nope": syntax error at offset 0: SQLITE_ERROR'
    script = "INSERT INTO t VALUES (1)\nnope\nINSERT INTO t VALUES (2)"
    assert answer(db, "exec", script) == f"Error: D1_EXEC_ERROR: {message}"
    assert cause(db, "exec", script) == f"Error: {message}"
    assert answer(prepare(db, "SELECT a FROM t"), "raw") == []


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("", "Error: D1_EXEC_ERROR: Error in line 1: : No SQL statements detected."),
        (
            "CREATE TABLE t(\n a INT\n)",
            "Error: D1_EXEC_ERROR: Error in line 1: CREATE TABLE t(: incomplete input: SQLITE_ERROR",
        ),
        (5, "TypeError: query.trim is not a function"),
        (None, "TypeError: Cannot read properties of null (reading 'trim')"),
    ],
)
def test_exec_refuses(db: D1Database, script: Any, message: str) -> None:
    assert answer(db, "exec", script) == message


def test_exec_takes_what_can_be_trimmed(db: D1Database) -> None:
    script = plain({"trim": native("trim", lambda: "SELECT 1")})
    assert answer(db, "exec", script) == {"count": 1, "duration": 0}


def test_dump_and_query_are_gone(db: D1Database) -> None:
    assert answer(db, "dump") == "Error: D1_DUMP_ERROR: Status + 404"
    assert cause(db, "dump") == "Error: Status 404"
    assert answer(db, "query").startswith("Error: D1_ERROR: D1Database.query() requires the d1_binding_jsrpc")


def bookmark(session: JSValue) -> Any:
    return answer(session, "getBookmark")


def numbered(number: int) -> str:
    return f"00000000-{number:08x}-00000000-{'0' * 32}"


@pytest.mark.parametrize(
    "constraint", [(), (None,), ("",), ("  ",), ("first-primary",), ("first-unconstrained",)]
)
def test_a_new_session_has_no_bookmark(db: D1Database, constraint: tuple[Any, ...]) -> None:
    session = invoke(db, "withSession", *constraint)
    assert bookmark(session) is None
    invoke(prepare(session, "SELECT 1"), "run")
    assert bookmark(session) == numbered(0)


def test_bookmarks_rise_with_every_query_of_a_session(db: D1Database) -> None:
    session = invoke(db, "withSession")
    seen = []
    for sql in ("SELECT 1", "CREATE TABLE t(a)", "INSERT INTO t VALUES (1)", "SELECT * FROM t"):
        invoke(prepare(session, sql), "run")
        seen.append(bookmark(session))
    assert seen == [numbered(number) for number in range(4)]
    assert answer(prepare(session, "nope"), "run").startswith("Error: D1_ERROR")
    invoke(prepare(db, "SELECT 1"), "run")
    assert bookmark(session) == numbered(3)
    invoke(session, "batch", [prepare(session, "SELECT 1"), prepare(session, "SELECT 2")])
    assert bookmark(session) == numbered(4)


def test_a_session_begins_where_its_bookmark_was(db: D1Database) -> None:
    first = invoke(db, "withSession")
    invoke(prepare(first, "CREATE TABLE t(a)"), "run")
    second = invoke(db, "withSession", bookmark(first))
    assert bookmark(second) == numbered(0)
    assert answer(prepare(second, "SELECT * FROM t"), "raw") == []
    assert bookmark(second) == numbered(1)


def test_a_bookmark_never_goes_back(db: D1Database) -> None:
    session = invoke(db, "withSession", "zzzz")
    invoke(prepare(session, "SELECT 1"), "run")
    assert bookmark(session) == "zzzz"


def test_a_constraint_must_be_text(db: D1Database) -> None:
    assert answer(db, "withSession", 5) == "TypeError: constraintOrBookmark?.trim is not a function"


def test_a_promise_starts_before_it_is_awaited(db: D1Database) -> None:
    create = prepare(db, "CREATE TABLE t(a)")
    select = prepare(db, "SELECT count(*) AS n FROM sqlite_schema")
    first = call(get(create, "run"), create)
    second = call(get(select, "first"), select, "n")
    assert settled(second) == 1
    assert py(settled(first))["success"] is True

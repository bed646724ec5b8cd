from __future__ import annotations

import pytest

from doris.sql.statements import first_word, is_blank, split


def texts(sql: str) -> list[str]:
    return [statement.text.strip() for statement in split(sql)]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("", []),
        ("  \n-- only a comment", []),
        (";;", []),
        ("SELECT 1", ["SELECT 1"]),
        ("SELECT 1; SELECT 2;", ["SELECT 1;", "SELECT 2;"]),
        (
            "SELECT ';'; SELECT \";\"; SELECT [;] ; SELECT `;`",
            ["SELECT ';';", 'SELECT ";";', "SELECT [;] ;", "SELECT `;`"],
        ),
        ("SELECT 'it''s; here'; SELECT 2", ["SELECT 'it''s; here';", "SELECT 2"]),
        ("SELECT 1 -- a; b\n; SELECT 2 /* ; */;", ["SELECT 1 -- a; b\n;", "SELECT 2 /* ; */;"]),
        ("SELECT 'open; SELECT 2", ["SELECT 'open; SELECT 2"]),
        ("SELECT /* open; SELECT 2", ["SELECT /* open; SELECT 2"]),
    ],
)
def test_a_semicolon_ends_a_statement_unless_it_is_quoted(sql: str, expected: list[str]) -> None:
    assert texts(sql) == expected


@pytest.mark.parametrize(
    "head",
    [
        "CREATE TRIGGER",
        "create temp trigger",
        "CREATE TEMPORARY TRIGGER IF NOT EXISTS",
        "EXPLAIN CREATE TRIGGER",
        "EXPLAIN QUERY PLAN CREATE TEMP TRIGGER",
    ],
)
def test_a_trigger_ends_with_its_body(head: str) -> None:
    trigger = f"{head} g AFTER INSERT ON t BEGIN UPDATE t SET a = 1; SELECT CASE 1 WHEN 1 THEN 2 END; END;"
    assert texts(trigger + " SELECT 1;") == [trigger, "SELECT 1;"]


def test_a_table_called_trigger_is_no_trigger() -> None:
    assert texts("CREATE TABLE trigger(a); SELECT 1") == ["CREATE TABLE trigger(a);", "SELECT 1"]
    assert texts("SELECT 1 AS trigger; SELECT 2") == ["SELECT 1 AS trigger;", "SELECT 2"]


@pytest.mark.parametrize(
    "head", ["CREATE QUERY TRIGGER", "EXPLAIN TEMP CREATE TRIGGER", "TEMP CREATE TRIGGER"]
)
def test_what_only_looks_like_a_trigger_ends_at_its_semicolon(head: str) -> None:
    """The rules of `sqlite3_complete()`, which wrangler follows too."""
    assert texts(f"{head}; SELECT 1") == [f"{head};", "SELECT 1"]


@pytest.mark.parametrize(
    ("sql", "count", "numbered"),
    [
        ("SELECT 1", 0, "SELECT 1"),
        ("SELECT ?, ?", 2, "SELECT ?1, ?2"),
        ("SELECT ?2, ?", 3, "SELECT ?2, ?3"),
        ("SELECT ?5", 5, "SELECT ?5"),
        ("SELECT :a, @b, $c, :a", 3, "SELECT ?1, ?2, ?3, ?1"),
        ("SELECT '?', \":a\" -- ?\n, ?", 1, "SELECT '?', \":a\" -- ?\n, ?1"),
    ],
)
def test_parameters_are_numbered_as_sqlite_numbers_them(sql: str, count: int, numbered: str) -> None:
    (statement,) = split(sql)
    assert statement.parameter_count == count
    assert statement.numbered == numbered


def test_the_first_word() -> None:
    assert first_word(" -- c\n /* d */ ; select 1") == "SELECT"
    assert first_word("(SELECT 1)") == ""
    assert first_word("") == ""


def test_blank_text() -> None:
    assert is_blank(" ;; -- x\n/* y */\t")
    assert not is_blank("-- x\nSELECT 1")

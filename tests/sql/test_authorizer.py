from __future__ import annotations

import pytest

from doris.sql.authorizer import Action, is_allowed, is_transaction


def pragma(name: str, argument: str | None = None) -> bool:
    return is_allowed(Action.PRAGMA, name, argument, "main")


@pytest.mark.parametrize(
    ("action", "first", "second"),
    [
        (Action.SELECT, None, None),
        (Action.READ, "notes", "id"),
        (Action.CREATE_INDEX, "by_title", "notes"),
        (Action.CREATE_VTABLE, "search", "FTS5"),
        (Action.FUNCTION, None, "CURRENT_TIMESTAMP"),
        (Action.FUNCTION, None, "jsonb_set"),
    ],
)
def test_allowed(action: Action, first: str | None, second: str | None) -> None:
    assert is_allowed(action, first, second, "main")


@pytest.mark.parametrize(
    ("action", "first", "second"),
    [
        (Action.READ, "_cf_KV", "key"),
        (Action.CREATE_TABLE, "_CF_mine", None),
        (Action.CREATE_INDEX, "_cf_i", "notes"),
        (Action.CREATE_TRIGGER, "t", "_cf_KV"),
        (Action.CREATE_VTABLE, "search", "fts4"),
        (Action.FUNCTION, None, "sqlite_version"),
        (24, "file.db", None),  # ATTACH
        (4, "t", None),  # CREATE TEMP TABLE
        (0, None, None),  # no longer used
    ],
)
def test_denied(action: int, first: str | None, second: str | None) -> None:
    assert not is_allowed(action, first, second, "main")


def test_databases() -> None:
    assert is_allowed(Action.READ, "sqlite_temp_schema", "name", "temp")
    assert not is_allowed(Action.INSERT, "t", None, "temp")
    assert not is_allowed(Action.READ, "t", "a", "other")
    # ALTER TABLE names the database first.
    assert is_allowed(Action.ALTER_TABLE, "main", "notes", None)
    assert not is_allowed(Action.ALTER_TABLE, "main", "_cf_KV", None)
    assert not is_allowed(Action.DETACH, "main", None, None)


@pytest.mark.parametrize("argument", [None, "1", "0", "on", "OFF", "'true'", '"no"'])
def test_switches_are_pragmas_that_may_be_set(argument: str | None) -> None:
    assert pragma("foreign_keys", argument)
    assert pragma("DEFER_FOREIGN_KEYS", argument)


@pytest.mark.parametrize(
    ("name", "argument", "expected"),
    [
        ("table_list", "_cf_KV", True),
        ("table_info", "notes", True),
        ("table_info", "_cf_KV", False),
        ("table_info", None, False),
        ("page_size", None, True),
        ("page_size", "1024", False),
        ("data_version", None, True),
        ("foreign_keys", "banana", False),
        ("foreign_key_check", None, True),
        ("foreign_key_check", "_cf_KV", False),
        ("quick_check", "5", True),
        ("quick_check", "_cf_KV", False),
        ("optimize", None, True),
        ("optimize", "0x10", True),
        ("optimize", "t", False),
        ("user_version", None, False),
        ("journal_mode", "off", False),
    ],
)
def test_pragmas(name: str, argument: str | None, expected: bool) -> None:
    assert pragma(name, argument) is expected


def test_transactions_have_a_refusal_of_their_own() -> None:
    assert is_transaction(Action.TRANSACTION)
    assert is_transaction(Action.SAVEPOINT)
    assert not is_transaction(Action.SELECT)

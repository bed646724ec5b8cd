from __future__ import annotations

import pytest

from doris.sql import SqlError


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (SqlError("only a message"), "only a message"),
        (SqlError("no such table: t", "SQLITE_ERROR"), "no such table: t: SQLITE_ERROR"),
        (SqlError("no", "SQLITE_ERROR", "SQLITE_ERROR", 7), "no at offset 7: SQLITE_ERROR"),
        (SqlError("at the start", "SQLITE_ERROR", None, 0), "at the start at offset 0: SQLITE_ERROR"),
        (
            SqlError("UNIQUE constraint failed: t.a", "SQLITE_CONSTRAINT", "SQLITE_CONSTRAINT_UNIQUE"),
            "UNIQUE constraint failed: t.a: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_UNIQUE)",
        ),
    ],
)
def test_the_text_is_workerds(error: SqlError, text: str) -> None:
    assert str(error) == text

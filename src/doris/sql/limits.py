"""The limits that workerd and D1 set on a SQLite connection.

The table was measured on workerd 1.20261117.1, one limit at a time, by looking for the first value that
fails; names and meaning are SQLite's (``sqlite3_limit``). Two limits are stricter than the reference
because the D1 documentation says so (*Limits*, November 2026): 32 arguments for an SQL function (the
reference takes 127), and 2,000,000 bytes for a string, a BLOB or a row (the reference takes 8 MiB and a
little). The second holds for what is bound and what is stored; a value that a query only computes may be as
long as in the reference.
"""

from __future__ import annotations

MAX_SQL_BYTES = 100_000
"""Checked by `Database.run`, for apsw words the error otherwise than SQLite itself."""

MAX_STORED_BYTES = 2_000_000
MAX_COMPUTED_BYTES = 8_388_642

LIMITS = {
    "SQLITE_LIMIT_LENGTH": MAX_COMPUTED_BYTES,
    "SQLITE_LIMIT_COLUMN": 100,
    "SQLITE_LIMIT_EXPR_DEPTH": 100,
    "SQLITE_LIMIT_COMPOUND_SELECT": 5,
    "SQLITE_LIMIT_VDBE_OP": 25_000,
    "SQLITE_LIMIT_FUNCTION_ARG": 32,
    "SQLITE_LIMIT_ATTACHED": 0,
    "SQLITE_LIMIT_LIKE_PATTERN_LENGTH": 50,
    "SQLITE_LIMIT_VARIABLE_NUMBER": 100,
    "SQLITE_LIMIT_TRIGGER_DEPTH": 10,
    "SQLITE_LIMIT_WORKER_THREADS": 0,
}

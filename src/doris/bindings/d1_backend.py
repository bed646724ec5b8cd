"""The far side of a D1 binding: runs queries on the database, gives ``meta`` and bookmarks.

Source of the rules: miniflare 5.20261117.0-beta (``workers/d1/database.worker``), which is the reference's
D1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from doris.js import JSValue, PlainObject, plain
from doris.sql import MAX_STORED_BYTES, Database, SqlError, Value
from doris.sql.database import is_reading

from .d1_values import Malformed, to_sql, well_formed

NO_STATEMENTS = "No SQL statements detected."

# The reference checks a query's form with a library whose error leaves with its stack trace; the text is
# what a Worker sees.
MALFORMED = (
    "Failed to parse body as JSON, got: ZodError\n"
    "    at D1DatabaseObject.queryExecute"
    " (file://node_modules/miniflare/dist/src/workers/d1/database.worker.js:264:35)\n"
    "    at async D1DatabaseObject.fetch"
    " (file://node_modules/miniflare/dist/src/workers/shared/index.worker.js:388:18)\n"
    "    at async D1DatabaseObject.fetch"
    " (file://node_modules/miniflare/dist/src/workers/shared/index.worker.js:555:14)"
)

_COMMENT_LINE = re.compile(r"^\s*--.*", re.MULTILINE)


@dataclass
class Query:
    """One statement on its way: SQL and parameters as the Worker gave them."""

    sql: JSValue
    parameters: Sequence[JSValue] = ()


@dataclass
class Answer:
    """What one statement gave."""

    columns: list[str]
    rows: list[tuple[Value, ...]]
    meta: PlainObject


class D1Failure(Exception):
    """The message of a refused request, without the binding's prefix."""


class D1Backend:
    """The primary of one D1 database.

    Bookmarks have the real format and rise with every query of a session. Their number is kept in the file's
    ``user_version`` (which SQL of a Worker can neither read nor write), stored along with each write of a
    session.
    """

    def __init__(self, database: Database, now_ms: Callable[[], float]) -> None:
        """``now_ms`` gives milliseconds; ``duration`` in ``meta`` is measured with it."""
        self.database = database
        self._now_ms = now_ms
        self._next_bookmark = 0

    def forget(self) -> None:
        """Begin with bookmarks anew, for the database has been erased."""
        self._next_bookmark = 0

    def query(self, queries: Sequence[Query], *, bookmark: bool) -> tuple[list[Answer], str | None]:
        """Run all queries in one transaction.

        Queries that hold nothing but ``--`` comments are left out. Raises `D1Failure`; then nothing has
        changed.
        """
        try:
            prepared = [(_sql(query.sql), [to_sql(item) for item in query.parameters]) for query in queries]
        except Malformed:
            raise D1Failure(MALFORMED) from None
        prepared = [(sql, parameters) for sql, parameters in prepared if _COMMENT_LINE.sub("", sql).strip()]
        if not prepared:
            raise D1Failure(NO_STATEMENTS)
        reading = all(is_reading(sql) for sql, _ in prepared)
        try:
            with self.database.transaction(write=not reading):
                answers = [self._run(sql, parameters, reading=reading) for sql, parameters in prepared]
                return answers, self._bookmark(persist=not reading) if bookmark else None
        except SqlError as error:
            raise D1Failure(str(error)) from error

    def _run(self, sql: str, parameters: list[Value], *, reading: bool) -> Answer:
        database = self.database
        for value in parameters:
            _check_size(value)
        size, changes, row_id = database.size, database.total_changes, database.last_row_id
        began = self._now_ms()
        result = database.run(sql, parameters)
        duration = round(self._now_ms() - began, 4)
        changed = database.total_changes - changes
        size_after, last_row_id = size if reading else database.size, database.last_row_id
        meta = plain(
            {
                "served_by": "miniflare.db",
                "served_by_primary": True,
                "total_attempts": 1,
                "timings": plain({"sql_duration_ms": duration}),
                "duration": duration,
                "changes": changed,
                "last_row_id": last_row_id,
                "changed_db": changed != 0 or last_row_id != row_id or size_after != size,
                "size_after": size_after,
                "rows_read": result.rows_read,
                "rows_written": result.rows_written,
            }
        )
        return Answer(result.columns, result.rows, meta)

    def _bookmark(self, *, persist: bool) -> str:
        stored = int(self.database.execute("PRAGMA user_version")[0][0] or 0)
        number = max(self._next_bookmark, stored)
        self._next_bookmark = number + 1
        if persist:
            self.database.execute(f"PRAGMA user_version = {self._next_bookmark & 0x7FFFFFFF}")
        return f"00000000-{number:08x}-00000000-{0:032x}"


def _sql(value: JSValue) -> str:
    if not isinstance(value, str):
        raise Malformed
    return well_formed(value)


def _check_size(value: Value) -> None:
    """D1's documentation (*Limits*): a string or a BLOB has at most 2,000,000 bytes."""
    if isinstance(value, str | bytes) and len(value) * 4 > MAX_STORED_BYTES:
        size = len(value.encode() if isinstance(value, str) else value)
        if size > MAX_STORED_BYTES:
            raise SqlError("string or blob too big", "SQLITE_TOOBIG")

"""What the authorizer sees of a statement, and what follows from it: its permission, and how many rows it
touched.

Cloudflare bills rows read and written with counters that its own SQLite has (workerd's ``patches/sqlite``).
SQLite as released has none, so the two numbers are estimates here, made of what can be known:

- read: the steps of full table scans, all rows of a table that ``count(*)`` counts, else the rows returned
or changed. Rows
  looked up in an index on the inner side of a join are missing.
- written: each row inserted, changed or deleted once, and each inserted or changed one once more for every
index of its table;
  ``AUTOINCREMENT`` adds one. What ``CREATE`` and ``ALTER`` write into the schema is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from . import authorizer
from .authorizer import Action
from .errors import SqlError


class Schema(Protocol):
    """What the estimates ask the database."""

    def row_count(self, table: str) -> int:
        """Rows in a table."""
        ...

    def index_count(self, table: str) -> int:
        """Indexes of a table, those of its UNIQUE constraints included."""
        ...

    def is_autoincrement(self, table: str) -> bool:
        """Whether the table numbers its rows with ``AUTOINCREMENT``."""
        ...


@dataclass
class Observer:
    """Answers the authorizer's questions about one statement and remembers them."""

    is_transaction: bool = False
    missing_function: str | None = None
    read: set[str] = field(default_factory=set)
    inserted: set[str] = field(default_factory=set)
    updated: set[str] = field(default_factory=set)
    counted: str | None = None
    counts: bool = False

    def allows(self, action: int, first: str | None, second: str | None, database: str | None) -> bool:
        """Whether the statement may do this."""
        if authorizer.is_transaction(action):
            self.is_transaction = True
            return False
        if action == Action.FUNCTION:
            name = (second or "").lower()
            self.counts = self.counts or name == "count"
            if name in authorizer.MISSING_FUNCTIONS:
                self.missing_function = second
        elif first is not None:
            self._touch(action, first, second)
        return authorizer.is_allowed(action, first, second, database)

    def translated(self, error: SqlError) -> SqlError:
        """SQLite's error, or workerd's own where that has a better one."""
        if self.is_transaction and error.code == "SQLITE_AUTH":
            return SqlError(authorizer.TRANSACTION_MESSAGE)
        if self.missing_function is not None and "not authorized to use function" in error.message:
            text = f"no such function: {self.missing_function}"
            return SqlError(text, error.code, error.extended, error.offset)
        return error

    def rows_read(self, steps: int, returned: int, changed: int, schema: Schema) -> int:
        """The estimate. ``steps`` of full scans, rows ``returned`` and ``changed`` are what SQLite tells."""
        if self.counts and self.counted is not None and steps == 0:
            return schema.row_count(self.counted)
        if self.inserted and not self.read:
            return int(changed > 0 and self._numbers_rows(schema))
        return max(steps + 1, returned, changed) if self.read or changed else 0

    def rows_written(self, changed: int, schema: Schema) -> int:
        """The estimate."""
        indexes = max(map(schema.index_count, self.inserted | self.updated), default=0)
        return changed * (1 + indexes) + int(changed > 0 and self._numbers_rows(schema))

    def _numbers_rows(self, schema: Schema) -> bool:
        return any(map(schema.is_autoincrement, self.inserted))

    def _touch(self, action: int, table: str, column: str | None) -> None:
        if action == Action.READ:
            self.read.add(table)
            if column == "":
                self.counted = table
        elif action == Action.INSERT:
            self.inserted.add(table)
        elif action == Action.UPDATE:
            self.updated.add(table)

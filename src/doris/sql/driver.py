"""What a SQLite library must offer to stand behind `doris.sql.Database`.

Two do: `apsw` on CPython and the standard library's `sqlite3` inside Pyodide (or where apsw is missing).
The interface is kept as small as the rules of workerd allow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

Value = str | int | float | bytes | None
"""A value as SQLite stores it."""

Row = tuple[Value, ...]
Authorizer = Callable[[int, str | None, str | None, str | None], bool]
"""Called with action, first and second argument and database name while a Worker's statement compiles."""


@dataclass
class Execution:
    """One statement that has begun to run."""

    columns: list[str]
    rows: Iterator[Row]


@dataclass(frozen=True)
class Prepared:
    """The first statement of a text, compiled but not run."""

    text: str
    tail: str
    """What follows it, without leading space; ``""`` when it is the last one."""
    parameter_count: int
    is_statement: bool
    """False for a text of comments and semicolons only."""


class Driver(Protocol):
    """One open connection."""

    def prepare(self, sql: str) -> Prepared:
        """Compile the first statement under the authorizer. Raises `SqlError`."""
        ...

    def run(self, sql: str, parameters: Sequence[Value]) -> Execution | None:
        """Run one statement under the authorizer. Raises `SqlError`.

        None, and nothing has run, when the text is not one statement with as many parameters.
        """
        ...

    def execute(self, sql: str, parameters: Sequence[Value]) -> list[Row]:
        """Run exactly one statement of the runtime's own, without the authorizer. Raises `SqlError`."""
        ...

    def set_limit(self, name: str, value: int) -> None:
        """Set one of SQLite's limits, by its name."""
        ...

    def total_changes(self) -> int:
        """Rows inserted, updated and deleted since the connection was opened."""
        ...

    def last_row_id(self) -> int:
        """The rowid that the last successful INSERT gave, 0 before the first."""
        ...

    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        ...

    def fullscan_steps(self) -> int:
        """Steps of full table scans in statements finished since the last call;

        0 where the library cannot tell.
        """
        ...

    def close(self) -> None:
        """Close the connection."""
        ...

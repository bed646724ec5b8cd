"""`Driver` on the standard library's `sqlite3`: what the emulator uses inside Pyodide, where there is no
apsw.

Three things are weaker than with apsw. Errors have no byte offset (the library does not hand it out).
Statements are split by `doris.sql.statements`, not by SQLite itself. The clock reaches SQL by replacing the
date functions, which SQLite then refuses where it wants deterministic functions: in indexes, CHECK
constraints and generated columns.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from . import authorizer
from .driver import Authorizer, Execution, Prepared, Row, Value
from .errors import SqlError
from .statements import SPACE, Statement, first_word, split

_DATE_FUNCTIONS = ("date", "time", "datetime", "julianday", "unixepoch")
_CURRENT = {"current_date": "%Y-%m-%d", "current_time": "%H:%M:%S", "current_timestamp": "%Y-%m-%d %H:%M:%S"}


class StdlibDriver:
    """One connection of the module `sqlite3`."""

    def __init__(self, path: Path | None, now: Callable[[], float], authorize: Authorizer) -> None:
        """As `ApswDriver`."""
        self._now = now
        self._authorize = authorize
        self._trusted = False
        self._last_row_id = 0
        try:
            self._connection = sqlite3.connect(
                ":memory:" if path is None else str(path), isolation_level=None, cached_statements=0
            )
        except sqlite3.Error as error:
            raise _sql_error(error) from error
        self._calculator = sqlite3.connect(":memory:")
        self._connection.text_factory = lambda content: content.decode("utf-8", "replace")
        self._replace_date_functions()
        self._connection.set_authorizer(self._authorizer)

    def prepare(self, sql: str) -> Prepared:
        statements = list(split(sql))
        if not statements:
            return Prepared(sql, "", 0, is_statement=False)
        first = statements[0]
        if first_word(first.text) != "EXPLAIN":
            # EXPLAIN compiles the statement without running it: so an error in it is found now.
            explained = next(split("EXPLAIN " + first.text))
            self._run(explained, (None,) * first.parameter_count)
        tail = sql[sql.index(first.text) + len(first.text) :].lstrip(SPACE)
        return Prepared(first.text, tail, first.parameter_count, is_statement=True)

    def run(self, sql: str, parameters: Sequence[Value]) -> Execution | None:
        prepared = self.prepare(sql)
        if not prepared.is_statement or prepared.tail or prepared.parameter_count != len(parameters):
            return None
        return self._run(next(split(sql)), parameters)

    def _run(self, statement: Statement, parameters: Sequence[Value]) -> Execution:
        # By name: Python 3.12 takes ``?1`` for a named parameter and warns of a sequence.
        named = {str(number): value for number, value in enumerate(parameters, 1)}
        try:
            cursor = self._connection.execute(statement.numbered, named)
        except sqlite3.Error as error:
            raise _sql_error(error) from error
        if cursor.lastrowid:
            self._last_row_id = cursor.lastrowid
        return Execution([column[0] for column in cursor.description or ()], _rows(cursor))

    def execute(self, sql: str, parameters: Sequence[Value]) -> list[Row]:
        before, self._trusted = self._trusted, True
        try:
            return self._connection.execute(sql, tuple(parameters)).fetchall()
        except sqlite3.Error as error:
            raise _sql_error(error) from error
        finally:
            self._trusted = before

    def set_limit(self, name: str, value: int) -> None:
        self._connection.setlimit(getattr(sqlite3, name), value)

    def total_changes(self) -> int:
        return self._connection.total_changes

    def last_row_id(self) -> int:
        return self._last_row_id

    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def fullscan_steps(self) -> int:
        return 0

    def close(self) -> None:
        self._connection.close()
        self._calculator.close()

    def _authorizer(
        self, action: int, first: str | None, second: str | None, database: str | None, trigger: str | None
    ) -> int:
        if self._trusted or self._authorize(action, first, second, database):
            return authorizer.OK
        return authorizer.DENY

    def _replace_date_functions(self) -> None:
        for name in (*_DATE_FUNCTIONS, "strftime"):
            self._connection.create_function(name, -1, self._date_function(name))
        for name, pattern in _CURRENT.items():
            self._connection.create_function(name, 0, self._current(pattern))

    def _date_function(self, name: str) -> Callable[..., Value]:
        at = 1 if name == "strftime" else 0

        def evaluate(*arguments: Value) -> Value:
            values = [*arguments] if len(arguments) > at else [*arguments, "now"]
            if isinstance(values[-1 if len(values) <= at else at], str) and str(values[at]).lower() == "now":
                values[at] = self._iso()
            marks = ",".join("?" * len(values))
            result: Value = self._calculator.execute(f"SELECT {name}({marks})", values).fetchone()[0]
            return result

        return evaluate

    def _current(self, pattern: str) -> Callable[[], str]:
        return lambda: datetime.fromtimestamp(self._now(), UTC).strftime(pattern)

    def _iso(self) -> str:
        return datetime.fromtimestamp(self._now(), UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def _rows(cursor: sqlite3.Cursor) -> Iterator[Row]:
    try:
        yield from cursor
    except sqlite3.Error as error:
        raise _sql_error(error) from error


def _sql_error(error: sqlite3.Error) -> SqlError:
    extended = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    code = _CODES.get(extended & 0xFF, "SQLITE_ERROR")
    return SqlError(str(error), code, getattr(error, "sqlite_errorname", None))


# SQLite's primary result codes are the numbers from 1 to 26; the module has them among other constants.
_CODE_NAMES = """
    ERROR INTERNAL PERM ABORT BUSY LOCKED NOMEM READONLY INTERRUPT IOERR CORRUPT NOTFOUND FULL CANTOPEN
    PROTOCOL EMPTY SCHEMA TOOBIG CONSTRAINT MISMATCH MISUSE NOLFS AUTH FORMAT RANGE NOTADB
"""
_CODES = {number: f"SQLITE_{name}" for number, name in enumerate(_CODE_NAMES.split(), 1)}

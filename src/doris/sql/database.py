"""One SQLite database under workerd's rules."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from .driver import Driver, Row, Value
from .errors import DatabaseFileError, SqlError, not_authorized
from .invalid_text import InvalidText, from_digits, in_digits
from .limits import LIMITS, MAX_COMPUTED_BYTES, MAX_SQL_BYTES, MAX_STORED_BYTES
from .observer import Observer
from .statements import SPACE, first_word

BUSY_TIMEOUT_MS = 10_000
"""How long to wait while another process (``doris d1 execute`` beside ``doris dev``) holds the file's lock.
"""

_T = TypeVar("_T")
_READING_WORDS = {"SELECT", "VALUES", "EXPLAIN", "PRAGMA"}
_OTHER_PARAMETERS = "Wrong number of parameter bindings for SQL query."
_EARLY_PARAMETERS = (
    "When executing multiple SQL statements in a single call, only the last statement can have parameters."
)
_NO_STATEMENT = "SQL code did not contain a statement."


@dataclass
class Result:
    """What the last statement of a text returned."""

    columns: list[str]
    rows: list[Row]
    rows_read: int = 0
    """Estimated, see `doris.sql.observer`."""
    rows_written: int = 0
    """Estimated, too."""


class Database:
    """A connection to one SQLite database, in memory or in a file.

    A Worker's SQL goes through `run`: authorizer, limits and multi-statement rules of workerd. The
    runtime's own SQL goes through `execute`, which no rule binds. A file is in WAL mode with
    ``synchronous=FULL``: once a transaction has been committed, it outlives the process, however that ends.
    Several processes may use the file at once.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        now: Callable[[], float] = time.time,
        limits: Mapping[str, int] = LIMITS,
    ) -> None:
        """Open ``path`` (its folder is made when missing), or a database in memory.

        ``now`` gives seconds since 1970; ``datetime('now')`` and its like take the time from it. ``limits``
        are SQLite's; a database that no Worker's SQL reaches may do without. Raises `DatabaseFileError`
        when the file cannot be opened or is no database.
        """
        self.path = path
        self._now = now
        self._limits = limits
        self._open()

    def _open(self) -> None:
        self._observer = Observer()
        self._savepoints = 0
        self._length_limit = 0
        if self.path is None:
            self._driver = open_driver(None, self._now, self._authorize)
        else:
            self._open_file(self.path)
        self.execute("PRAGMA foreign_keys = ON")
        self.execute("PRAGMA recursive_triggers = OFF")
        self._page_size = self._integer("PRAGMA page_size")
        for name, value in self._limits.items():
            self._driver.set_limit(name, value)

    def _open_file(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._driver = open_driver(path, self._now, self._authorize)
            self._make_durable()
        except (OSError, SqlError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            way_out = "Move it away, or keep the state in another folder (--persist-to)."
            raise DatabaseFileError(f"{path}: cannot be used as a database: {reason}\n  {way_out}") from error

    def _make_durable(self) -> None:
        try:
            self.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            self.execute("PRAGMA journal_mode = WAL")
            self.execute("PRAGMA synchronous = FULL")
        except SqlError:
            self.close()
            raise

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """Run one statement of the runtime's own, bound by no rule. Raises `SqlError`."""
        return self._driver.execute(sql, parameters)

    def run(self, sql: str, parameters: Sequence[Value] = ()) -> Result:
        """Run a Worker's SQL: one or more statements, all but the last without parameters; the last one's
        rows count.

        `doris.sql.observer` says how ``rows_read`` and ``rows_written`` are estimated. Raises `SqlError`;
        what earlier statements of the text did then stays, so call it inside `transaction`.
        """
        self._limit_length(MAX_COMPUTED_BYTES if is_reading(sql) else MAX_STORED_BYTES)
        text, nul, _ = sql.partition("\0")
        # workerd passes over a vertical tab behind a statement; to SQLite it is no space.
        bare = text.rstrip(SPACE)
        text = bare if bare.endswith(";") else text
        # Nearly always the text is one statement; only otherwise is it taken apart.
        result = None if nul else self._run_one(_checked_length(text), parameters)
        return self._run_parts(text, bool(nul), parameters) if result is None else result

    def _run_parts(self, rest: str, ends_in_nul: bool, parameters: Sequence[Value]) -> Result:
        while True:
            prepared = self._checked(self._driver.prepare, _checked_length(rest))
            if not prepared.is_statement:
                raise SqlError(_NO_STATEMENT)
            is_last = not prepared.tail and not ends_in_nul
            if not is_last and prepared.parameter_count:
                raise SqlError(_EARLY_PARAMETERS)
            result = self._run_one(prepared.text, parameters if is_last else ())
            if result is None:
                raise SqlError(_OTHER_PARAMETERS)
            if is_last:
                return result
            if not prepared.tail:
                raise SqlError(_NO_STATEMENT)
            rest = prepared.tail

    @contextmanager
    def transaction(self, *, write: bool = True) -> Iterator[None]:
        """All or nothing: an exception undoes what was done inside. May be nested.

        A writing transaction takes the file's lock at its start, so that it never fails half-way because of
        another process.
        """
        if self._driver.in_transaction():
            begin, commit, undo = self._savepoint()
        else:
            begin, commit, undo = ["BEGIN IMMEDIATE" if write else "BEGIN"], ["COMMIT"], ["ROLLBACK"]
        self._all(begin)
        self._savepoints += 1
        try:
            yield
            self._all(commit)
        except BaseException:
            # SQLite rolls back by itself after some errors, such as a full disk.
            if self._driver.in_transaction():
                self._all(undo)
            raise
        finally:
            self._savepoints -= 1

    @property
    def total_changes(self) -> int:
        """Rows inserted, updated and deleted through this connection."""
        return self._driver.total_changes()

    @property
    def last_row_id(self) -> int:
        """The rowid of this connection's last INSERT."""
        return self._driver.last_row_id()

    @property
    def size(self) -> int:
        """Bytes in use, as ``databaseSize`` of workerd counts them: pages without the free ones."""
        pages = self._integer("PRAGMA page_count") - self._integer("PRAGMA freelist_count")
        return max(pages, 1) * self._page_size  # the first page is there before anything is written

    def row_count(self, table: str) -> int:
        """Rows in a table."""
        quoted = table.replace('"', '""')
        return self._integer(f'SELECT count(*) FROM "{quoted}"')

    def index_count(self, table: str) -> int:
        """Indexes of a table, those of its UNIQUE constraints included."""
        return self._integer("SELECT count(*) FROM pragma_index_list(?)", (table,))

    def is_autoincrement(self, table: str) -> bool:
        """Whether the table numbers its rows with ``AUTOINCREMENT``."""
        found = "SELECT count(*) FROM sqlite_schema WHERE name = ? AND sql LIKE '%AUTOINCREMENT%'"
        return self._integer(found, (table,)) > 0

    def erase(self) -> None:
        """Begin anew with an empty database; a file's content is lost. Not inside `transaction`."""
        self.close()
        if self.path is not None:
            for suffix in ("", "-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        self._open()

    def close(self) -> None:
        """Close the connection; closing twice is allowed."""
        self._driver.close()

    def _integer(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        return int(self.execute(sql, parameters)[0][0] or 0)

    def _run_one(self, sql: str, parameters: Sequence[Value]) -> Result | None:
        """None, and nothing has run, when the text is not one statement with as many parameters."""
        changes = self.total_changes
        names = self._platform_names() if first_word(sql) == "ALTER" else None
        execution = self._checked(lambda text: self._driver.run(text, parameters), sql)
        if execution is None:
            return None
        try:
            rows = list(execution.rows)
        except InvalidText:
            rows = self._rows_with_invalid_text(sql, parameters, len(execution.columns))
        finally:
            steps = self._driver.fullscan_steps()
        if first_word(sql) in ("ANALYZE", "PRAGMA"):
            # workerd's SQLite is built without the larger statistics.
            self.execute("DROP TABLE IF EXISTS sqlite_stat4")
        if names is not None and self._platform_names() != names:
            # Stock SQLite does not ask its authorizer about the new name of a table; workerd's does.
            raise not_authorized()
        changed = self.total_changes - changes
        result = Result(execution.columns, rows)
        if first_word(sql) != "EXPLAIN":
            result.rows_read = self._observer.rows_read(steps, len(rows), changed, self)
            result.rows_written = self._observer.rows_written(changed, self)
        return result

    def _rows_with_invalid_text(self, sql: str, parameters: Sequence[Value], columns: int) -> list[Row]:
        if first_word(sql) not in ("SELECT", "VALUES", "WITH"):
            raise SqlError("text that is not UTF-8 can only be read with SELECT")
        return list(from_digits(self.execute(in_digits(sql, columns), parameters)))

    def _checked(self, action: Callable[[str], _T], sql: str) -> _T:
        self._observer = Observer()
        try:
            return action(sql)
        except SqlError as error:
            raise self._observer.translated(error) from None

    def _authorize(self, action: int, first: str | None, second: str | None, database: str | None) -> bool:
        return self._observer.allows(action, first, second, database)

    def _platform_names(self) -> list[Row]:
        return self.execute("SELECT name FROM sqlite_schema WHERE lower(name) GLOB '_cf_*' ORDER BY name")

    def _limit_length(self, limit: int) -> None:
        if limit != self._length_limit:
            self._driver.set_limit("SQLITE_LIMIT_LENGTH", limit)
            self._length_limit = limit

    def _savepoint(self) -> tuple[list[str], list[str], list[str]]:
        name = f"_cf_savepoint_{self._savepoints}"
        return [f"SAVEPOINT {name}"], [f"RELEASE {name}"], [f"ROLLBACK TO {name}", f"RELEASE {name}"]

    def _all(self, statements: list[str]) -> None:
        for statement in statements:
            self.execute(statement)


def _checked_length(sql: str) -> str:
    if len(sql.encode()) > MAX_SQL_BYTES:
        raise SqlError("statement too long", "SQLITE_TOOBIG")
    return sql


def is_reading(sql: str) -> bool:
    """Whether the text is surely one statement that writes nothing; False when in doubt."""
    word = first_word(sql)
    if word not in _READING_WORDS or ";" in sql.strip(SPACE + ";"):
        return False
    return word != "PRAGMA" or "optimize" not in sql.lower()  # that one writes statistics


def open_driver(
    path: Path | None,
    now: Callable[[], float],
    authorize: Callable[[int, str | None, str | None, str | None], bool],
) -> Driver:
    """apsw where it is installed, the standard library's module otherwise."""
    try:
        from .apsw_driver import ApswDriver
    except ImportError:
        from .stdlib_driver import StdlibDriver

        return StdlibDriver(path, now, authorize)
    return ApswDriver(path, now, authorize)

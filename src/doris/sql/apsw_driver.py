"""`Driver` on apsw:

the real parser's statement ends, error offsets, extended codes and a clock of our own.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw

from . import authorizer
from .driver import Authorizer, Execution, Prepared, Row, Value
from .errors import SqlError
from .invalid_text import InvalidText
from .statements import SPACE, is_blank

_JULIAN_DAY_OF_EPOCH = 2440587.5
_MS_PER_DAY = 86_400_000
_numbers = itertools.count()

# A flag of its own keeps the runtime's statements apart from a Worker's in apsw's statement cache: a cached
# statement has been authorized already.
_TRUSTED_FLAGS = apsw.SQLITE_PREPARE_PERSISTENT

# apsw's own marker for "leave the parameters unbound"; its helper `apsw.ext.query_info` uses it too.
_ANY_BINDINGS: Any = apsw._null_bindings  # type: ignore[attr-defined]


class _ClockVFS(apsw.VFS):
    """The platform's file system with another clock: SQLite takes ``'now'`` from its VFS."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.vfs_name = f"doris-{next(_numbers)}"
        self._now = now
        super().__init__(self.vfs_name, "")

    def xCurrentTimeInt64(self) -> int:
        return round(self._now() * 1000 + _JULIAN_DAY_OF_EPOCH * _MS_PER_DAY)


class ApswDriver:
    """One apsw connection."""

    def __init__(self, path: Path | None, now: Callable[[], float], authorize: Authorizer) -> None:
        """``path`` None means in memory. ``now`` gives seconds since 1970."""
        self._authorize = authorize
        self._trusted = False
        self._fullscan_steps = 0
        self._vfs = _ClockVFS(now)
        try:
            self._connection = apsw.Connection(
                ":memory:" if path is None else str(path), vfs=self._vfs.vfs_name
            )
        except apsw.Error as error:
            raise sql_error(error) from error
        self._connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
        self._connection.authorizer = self._authorizer

    def prepare(self, sql: str) -> Prepared:
        found: list[Prepared] = []

        def look(cursor: apsw.Cursor, text: str, bindings: object) -> bool:
            count = 0 if is_blank(text) else cursor.bindings_count
            found.append(Prepared(*_split(sql, text), count, not is_blank(text)))
            return False

        cursor = self._connection.cursor()
        cursor.exec_trace = look
        try:
            cursor.execute(sql, _ANY_BINDINGS)
        except apsw.ExecTraceAbort:
            pass
        except apsw.Error as error:
            raise sql_error(error) from error
        return found[0]

    def run(self, sql: str, parameters: Sequence[Value]) -> Execution | None:
        columns: list[str] = []

        def look(cursor: apsw.Cursor, text: str, bindings: object) -> bool:
            columns[:] = [column[0] for column in cursor.get_description()]
            return not _split(sql, text)[1] and not is_blank(text)

        cursor = self._connection.cursor()
        cursor.exec_trace = look
        self._fullscan_steps = 0
        self._connection.trace_v2(apsw.SQLITE_TRACE_PROFILE, self._profile)
        try:
            # Compiled anew each time: then the authorizer sees every run, and the names of the columns
            # are never those of an older schema.
            cursor.execute(sql, tuple(parameters), can_cache=False)
        except (apsw.BindingsError, apsw.ExecTraceAbort):
            return None
        except apsw.Error as error:
            raise sql_error(error) from error
        return Execution(columns, _rows(cursor))

    def execute(self, sql: str, parameters: Sequence[Value]) -> list[Row]:
        before, self._trusted = self._trusted, True
        try:
            return self._connection.execute(sql, tuple(parameters), prepare_flags=_TRUSTED_FLAGS).fetchall()
        except apsw.Error as error:
            raise sql_error(error) from error
        finally:
            self._trusted = before

    def set_limit(self, name: str, value: int) -> None:
        self._connection.limit(getattr(apsw, name), value)

    def total_changes(self) -> int:
        return self._connection.total_changes()

    def last_row_id(self) -> int:
        return self._connection.last_insert_rowid()

    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def fullscan_steps(self) -> int:
        self._connection.trace_v2(0, None)
        return self._fullscan_steps

    def close(self) -> None:
        self._connection.close()

    def _authorizer(
        self, action: int, first: str | None, second: str | None, database: str | None, trigger: str | None
    ) -> int:
        if self._trusted or self._authorize(action, first, second, database):
            return authorizer.OK
        return authorizer.DENY

    def _profile(self, event: dict[str, Any]) -> None:
        self._fullscan_steps += event["stmt_status"]["SQLITE_STMTSTATUS_FULLSCAN_STEP"]


def _split(sql: str, text: str) -> tuple[str, str]:
    """The first statement, ``text`` as apsw has it, and what follows it.

    apsw counts semicolons after the one that ends a statement to the statement. SQLite does not, and then
    finds no statement in what is left, which is an error in workerd.
    """
    end = text.rstrip(SPACE)
    while end.endswith(";") and apsw.complete(end[:-1].rstrip(SPACE)) and not is_blank(end):
        end = end[:-1].rstrip(SPACE)
    return end, sql[len(end) :].lstrip(SPACE)


def _rows(cursor: apsw.Cursor) -> Iterator[Row]:
    try:
        yield from cursor
    except apsw.Error as error:
        raise sql_error(error) from error
    except UnicodeDecodeError:
        raise InvalidText from None


def sql_error(error: apsw.Error) -> SqlError:
    """apsw's exception in workerd's words."""
    extended = getattr(error, "extendedresult", 0) or apsw.SQLITE_ERROR
    return SqlError(
        str(error),
        str(apsw.mapping_result_codes[extended & 0xFF]),
        apsw.mapping_extended_result_codes.get(extended),  # type: ignore[arg-type]
        getattr(error, "error_offset", -1),
    )

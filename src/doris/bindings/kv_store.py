"""The data of one KV namespace, in SQLite."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from doris.sql import Database

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS entries (
        key TEXT PRIMARY KEY NOT NULL, value BLOB NOT NULL, metadata TEXT, expiration INTEGER
    )
"""
_LIVE = "(expiration IS NULL OR expiration > ?)"


@dataclass(frozen=True)
class Entry:
    """A value with what stands beside it.

    ``expiration`` is in seconds since 1970, ``metadata`` is JSON text.
    """

    value: bytes
    metadata: str | None = None
    expiration: int | None = None


@dataclass(frozen=True)
class Listed:
    """A key in a listing."""

    name: str
    metadata: str | None
    expiration: int | None


class KvStore:
    """Keys and values. Keys are ordered by their UTF-8 bytes, which is SQLite's own order of text."""

    def __init__(self, database: Database, now_ms: Callable[[], float]) -> None:
        """``database`` should have no limits (``Database(limits={})``): values may have 25 MiB."""
        self._database = database
        self.now_ms = now_ms
        self.create()

    def create(self) -> None:
        """Make the table if it is missing."""
        self._database.execute(_SCHEMA)

    def get(self, key: str) -> Entry | None:
        """The entry, unless there is none or it has expired."""
        rows = self._database.execute(
            f"SELECT value, metadata, expiration FROM entries WHERE key = ? AND {_LIVE}", (key, self._now())
        )
        return Entry(*rows[0]) if rows else None  # type: ignore[arg-type]

    def put(self, key: str, entry: Entry) -> None:
        """Store an entry in place of the one before. What has expired is swept out on the way."""
        with self._database.transaction():
            self._database.execute("DELETE FROM entries WHERE expiration <= ?", (self._now(),))
            self._database.execute(
                "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)",
                (key, entry.value, entry.metadata, entry.expiration),
            )

    def delete(self, key: str) -> None:
        """Remove the entry if there is one."""
        self._database.execute("DELETE FROM entries WHERE key = ?", (key,))

    def list(self, prefix: str, after: str, limit: int) -> list[Listed]:
        """At most ``limit`` keys that begin with ``prefix`` and come after ``after``, in order."""
        rows = self._database.execute(
            "SELECT key, metadata, expiration FROM entries"
            f" WHERE key > ? AND key >= ? AND substr(key, 1, length(?)) = ? AND {_LIVE} ORDER BY key LIMIT ?",
            (after, prefix, prefix, prefix, self._now(), limit),
        )
        return [Listed(*row) for row in rows]  # type: ignore[arg-type]

    def _now(self) -> int:
        return int(self.now_ms() // 1000)

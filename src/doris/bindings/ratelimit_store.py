"""The counters of one rate limiting namespace, in SQLite."""

from __future__ import annotations

from collections.abc import Callable

from doris.sql import Database

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS counters (
        key BLOB NOT NULL, period INTEGER NOT NULL, window INTEGER NOT NULL, count REAL NOT NULL,
        PRIMARY KEY (key, period)
    )
"""


class RateLimitStore:
    """Counts calls in windows that begin at multiples of their length since 1970."""

    def __init__(self, database: Database, now_ms: Callable[[], float]) -> None:
        self._database = database
        self._now_ms = now_ms
        self.create()

    def create(self) -> None:
        """Make the table if it is missing."""
        self._database.execute(_SCHEMA)

    def admit(self, key: str, limit: float, period: int, weight: int) -> bool:
        """Count a call that weighs ``weight`` if fewer than ``limit`` have been counted in this window.

        ``period`` is the window's length in seconds.
        """
        name = key.encode("utf-8", "surrogatepass")
        window = int(self._now_ms() // (period * 1000))
        with self._database.transaction():
            rows = self._database.execute(
                "SELECT count FROM counters WHERE key = ? AND period = ? AND window = ?",
                (name, period, window),
            )
            count = float(rows[0][0] or 0) if rows else 0.0
            if not rows:
                self._database.execute(
                    "DELETE FROM counters WHERE period = ? AND window <> ?", (period, window)
                )
            if count >= limit:
                return False
            self._database.execute(
                "INSERT OR REPLACE INTO counters VALUES (?, ?, ?, ?)", (name, period, window, count + weight)
            )
            return True

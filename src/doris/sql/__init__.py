"""SQLite under workerd's rules: the seam that D1, KV and (later) Durable Objects stand on."""

from __future__ import annotations

from .database import Database, Result
from .driver import Row, Value
from .errors import DatabaseFileError, SqlError
from .limits import LIMITS, MAX_STORED_BYTES
from .statements import Statement, split

__all__ = [
    "LIMITS",
    "MAX_STORED_BYTES",
    "Database",
    "DatabaseFileError",
    "Result",
    "Row",
    "SqlError",
    "Statement",
    "Value",
    "split",
]

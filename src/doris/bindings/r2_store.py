"""The objects of one R2 bucket, in SQLite: keys, metadata, conditional writes, listings.

Source of the rules: miniflare 5.20261117.0-beta (``workers/r2``), which is the reference's R2; limits from
Cloudflare's documentation (*R2, Limits*, 2026-10).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from doris.sql import Database

from . import r2_errors as errors
from .r2_blobs import BlobStore
from .r2_conditions import Condition
from .r2_rows import Blob, HttpMetadata, Page, Row

MAX_KEY_BYTES = 1024
MAX_METADATA_BYTES = 8192
MAX_UPLOAD_BYTES = 5 * 1024**3 - 5 * 1024**2
MAX_LISTED = 1000
MAX_LISTED_WITH_METADATA = 100
WRITE_INTERVAL_MS = 1000

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS objects (
        key TEXT PRIMARY KEY NOT NULL, version TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
        uploaded INTEGER NOT NULL, checksums TEXT NOT NULL, http TEXT NOT NULL, custom TEXT NOT NULL
    )
"""
_COLUMNS = "key, version, size, etag, uploaded, checksums, http, custom"


class R2Store:
    """One bucket. Keys are ordered by their UTF-8 bytes, which is SQLite's own order of text."""

    def __init__(
        self, database: Database, now_ms: Callable[[], float], *, limit_writes: bool = False
    ) -> None:
        """``database`` should have no limits (``Database(limits={})``).

        ``limit_writes`` refuses a second write to a key within a second, as production does.
        """
        self.database = database
        self.now_ms = now_ms
        self.limit_writes = limit_writes
        self.blobs = BlobStore(database)
        self._written: dict[str, float] = {}
        self.create()

    def create(self) -> None:
        """Make the tables if they are missing."""
        self._written.clear()
        self.database.execute(_SCHEMA)
        self.blobs.create()

    def head(self, key: str) -> Row | None:
        """An object's metadata. Raises `R2Failure` for a name that no object can have."""
        check_key(key)
        rows = self.database.execute(f"SELECT {_COLUMNS} FROM objects WHERE key = ?", (key,))
        return _row(rows[0]) if rows else None

    def content(self, row: Row) -> list[Blob]:
        """Where an object's bytes are."""
        return self.blobs.of_version(row.version)

    def put(self, row: Row, blobs: list[int], only_if: Condition | None = None) -> bool:
        """Make an object visible, in place of the one before. False when the condition does not hold.

        Call it in a transaction. Raises `R2Failure` when writes are limited and the key was written to just
        now.
        """
        before = self.head(row.key)
        if only_if is not None and not _holds(only_if, before):
            return False
        self._admit_write(row.key)
        if before is not None:
            self.blobs.drop([blob.id for blob in self.content(before)])
        self.database.execute(
            f"INSERT OR REPLACE INTO objects({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row.key,
                row.version,
                row.size,
                row.etag,
                row.uploaded,
                _text(row.checksums),
                _text(row.http),
                _text(row.custom),
            ),
        )
        self.blobs.link(blobs, row.version)
        return True

    def delete(self, keys: list[str]) -> None:
        """Remove objects, those that exist. Raises `R2Failure` for a bad name; then nothing is removed."""
        for key in keys:
            check_key(key)
        with self.database.transaction():
            for key in keys:
                row = self.head(key)
                if row is not None:
                    self.blobs.drop([blob.id for blob in self.content(row)])
                    self.database.execute("DELETE FROM objects WHERE key = ?", (key,))

    def now(self) -> int:
        """The clock, in whole milliseconds since 1970."""
        return int(self.now_ms())

    def _admit_write(self, key: str) -> None:
        if not self.limit_writes:
            return
        now = self.now_ms()
        written = self._written.get(key)
        if written is not None and 0 <= now - written < WRITE_INTERVAL_MS:
            raise errors.too_many_writes()
        self._written[key] = now

    def page(self, prefix: str, delimiter: str, start_after: str, limit: int) -> Page:
        """At most ``limit`` objects and prefixes behind ``start_after``, in order."""
        objects: list[Row] = []
        prefixes: list[str] = []
        after, last = start_after, ""
        while True:
            batch = self._range(prefix, after, limit + 1)
            for row in batch:
                if len(objects) + len(prefixes) == limit:
                    return Page(objects, prefixes, last)
                last = after = row.key
                cut = row.key.find(delimiter, len(prefix)) if delimiter else -1
                if cut < 0:
                    objects.append(row)
                    continue
                prefixes.append(row.key[: cut + len(delimiter)])
                last = after = self._last_of(prefixes[-1])
                break  # on behind all that the prefix stands for
            else:
                if len(batch) <= limit:
                    return Page(objects, prefixes, None)

    def _range(self, prefix: str, after: str, limit: int) -> list[Row]:
        end = _behind(prefix)
        bound, values = ("", ()) if end is None else (" AND key < ?", (end,))
        rows = self.database.execute(
            f"SELECT {_COLUMNS} FROM objects WHERE key > ? AND key >= ?{bound} ORDER BY key LIMIT ?",
            (after, prefix, *values, limit),
        )
        return [_row(row) for row in rows]

    def _last_of(self, prefix: str) -> str:
        end = _behind(prefix)
        bound, values = ("", ()) if end is None else (" AND key < ?", (end,))
        rows = self.database.execute(f"SELECT max(key) FROM objects WHERE key >= ?{bound}", (prefix, *values))
        return str(rows[0][0])


def check_key(key: str) -> None:
    """A key has 1 to 1024 bytes. Raises `R2Failure`.

    The reference lets an empty one pass; production does not.
    """
    if not 0 < len(key.encode("utf-8", "surrogatepass")) <= MAX_KEY_BYTES:
        raise errors.invalid_name()


def check_metadata(custom: Mapping[str, str]) -> None:
    """Custom metadata has at most 8192 bytes. Raises `R2Failure`."""
    if sum(_stored_bytes(text) for item in custom.items() for text in item) > MAX_METADATA_BYTES:
        raise errors.metadata_too_large()


def check_size(size: int) -> None:
    """One upload has at most 5 GiB less 5 MiB. Raises `R2Failure`."""
    if size > MAX_UPLOAD_BYTES:
        raise errors.too_large()


def new_version() -> str:
    """A version for an object: 32 hex characters."""
    return secrets.token_hex(16)


def _holds(condition: Condition, row: Row | None) -> bool:
    if row is None:
        return condition.holds_without_object()
    return condition.holds(row.etag, row.uploaded)


def _stored_bytes(text: str) -> int:
    """One byte for a character of Latin-1 when all are, two for each UTF-16 unit otherwise."""
    if all(ord(character) < 256 for character in text):
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass"))


def _behind(prefix: str) -> str | None:
    """The least text that comes behind all texts with this prefix; None when there is none."""
    for index in range(len(prefix) - 1, -1, -1):
        following = ord(prefix[index]) + 1
        if following <= 0x10FFFF:
            # Half a surrogate pair is no text.
            return prefix[:index] + chr(0xE000 if following == 0xD800 else following)
    return None


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value)


def _row(values: tuple[Any, ...]) -> Row:
    checksums: dict[str, str] = json.loads(values[5])
    http: HttpMetadata = json.loads(values[6])
    custom: dict[str, str] = json.loads(values[7])
    key, version, size, etag, uploaded = values[:5]
    return Row(key, version, size, etag, uploaded, checksums, http, custom)

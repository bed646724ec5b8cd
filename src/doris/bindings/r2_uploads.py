"""Multipart uploads of one R2 bucket.

Source of the rules: miniflare 5.20261117.0-beta (``workers/r2``), which is the reference's R2.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass

from . import r2_errors as errors
from .r2_blobs import BlobWriter
from .r2_rows import HttpMetadata, Row
from .r2_store import R2Store, check_key, check_metadata, new_version

MIN_PART_BYTES = 5 * 1024 * 1024
IN_PROGRESS, COMPLETED, ABORTED = 0, 1, 2

_SCHEMA = (
    """
    CREATE TABLE IF NOT EXISTS uploads (
        id TEXT PRIMARY KEY NOT NULL, key TEXT NOT NULL, http TEXT NOT NULL, custom TEXT NOT NULL,
        state INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS parts (
        upload TEXT NOT NULL, number INTEGER NOT NULL, blob INTEGER NOT NULL, size INTEGER NOT NULL,
        etag TEXT NOT NULL, md5 TEXT NOT NULL, PRIMARY KEY (upload, number)
    )
    """,
)


@dataclass(frozen=True)
class _Part:
    number: int
    blob: int
    size: int
    etag: str
    md5: str


class UploadStore:
    """The uploads that were begun. An ended one is remembered, so that it is told from one that never was."""

    def __init__(self, objects: R2Store) -> None:
        self._objects = objects
        self._database = objects.database
        self.create()

    def create(self) -> None:
        """Make the tables if they are missing."""
        for statement in _SCHEMA:
            self._database.execute(statement)

    def begin(self, key: str, http: HttpMetadata, custom: dict[str, str]) -> str:
        """Begin an upload; its id. Raises `R2Failure`."""
        check_key(key)
        check_metadata(custom)
        upload = secrets.token_urlsafe(128)
        self._database.execute(
            "INSERT INTO uploads VALUES (?, ?, ?, ?, ?)",
            (upload, key, json.dumps(dict(http)), json.dumps(custom), IN_PROGRESS),
        )
        return upload

    def add_part(self, key: str, upload: str, number: int, written: BlobWriter) -> str:
        """Make a staged blob a part, in place of the one with its number; the part's etag.

        Call it in a transaction. Raises `R2Failure`.
        """
        if self._state(key, upload) != IN_PROGRESS:
            raise errors.no_such_upload()
        before = self._database.execute(
            "SELECT blob FROM parts WHERE upload = ? AND number = ?", (upload, number)
        )
        self._objects.blobs.drop([int(row[0] or 0) for row in before])
        blob, etag = written.finish(), secrets.token_urlsafe(128)
        self._database.execute(
            "INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?)",
            (upload, number, blob, written.size, etag, written.digest("md5").hex()),
        )
        self._objects.blobs.keep(blob)
        return etag

    def complete(self, key: str, upload: str, chosen: list[tuple[int, str]]) -> Row:
        """Make an object of the chosen parts, given by number and etag; the others are dropped.

        Raises `R2Failure`; then nothing has changed.
        """
        check_key(key)
        with self._database.transaction():
            metadata = self._open_upload(key, upload)
            parts = self._chosen(upload, chosen)
            row = Row(
                key,
                new_version(),
                sum(part.size for part in parts),
                _etag_of(parts),
                self._objects.now(),
                http=json.loads(metadata[0]),
                custom=json.loads(metadata[1]),
            )
            self._objects.put(row, [part.blob for part in parts])
            self._close(upload, COMPLETED, kept={part.blob for part in parts})
            return row

    def abort(self, key: str, upload: str) -> None:
        """Drop an upload with its parts; one that has ended stays as it is. Raises `R2Failure`."""
        check_key(key)
        with self._database.transaction():
            state = self._state(key, upload)
            if state is None:
                raise errors.internal_error()
            if state == IN_PROGRESS:
                self._close(upload, ABORTED, kept=set())

    def _state(self, key: str, upload: str) -> int | None:
        rows = self._database.execute("SELECT state FROM uploads WHERE id = ? AND key = ?", (upload, key))
        return int(rows[0][0] or 0) if rows else None

    def _open_upload(self, key: str, upload: str) -> tuple[str, str]:
        """The metadata of an upload that can be completed, as JSON."""
        rows = self._database.execute(
            "SELECT http, custom, state FROM uploads WHERE id = ? AND key = ?", (upload, key)
        )
        if not rows:
            raise errors.internal_error()
        http, custom, state = rows[0]
        if state != IN_PROGRESS:
            raise errors.no_such_upload()
        return str(http), str(custom)

    def _chosen(self, upload: str, chosen: list[tuple[int, str]]) -> list[_Part]:
        """The chosen parts by number, when they make an object."""
        if len({number for number, _ in chosen}) < len(chosen):
            raise errors.internal_error()
        found = {part.number: part for part in self._parts(upload)}
        parts = []
        for number, etag in chosen:
            part = found.get(number)
            if part is None or part.etag != etag:
                raise errors.invalid_part()
            parts.append(part)
        # As the Worker ordered them: the last one of its list may be small.
        if any(part.size < MIN_PART_BYTES for part in parts[:-1]):
            raise errors.too_small()
        parts.sort(key=lambda part: part.number)
        _check_even(parts)
        return parts

    def _parts(self, upload: str) -> list[_Part]:
        rows = self._database.execute(
            "SELECT number, blob, size, etag, md5 FROM parts WHERE upload = ?", (upload,)
        )
        return [_Part(*row) for row in rows]  # type: ignore[arg-type]

    def _close(self, upload: str, state: int, kept: set[int]) -> None:
        self._objects.blobs.drop([part.blob for part in self._parts(upload) if part.blob not in kept])
        self._database.execute("DELETE FROM parts WHERE upload = ?", (upload,))
        self._database.execute("UPDATE uploads SET state = ? WHERE id = ?", (state, upload))


def _check_even(parts: list[_Part]) -> None:
    """All parts have one size; the last may be smaller."""
    if len(parts) < 2:
        return
    size = parts[0].size
    if any(part.size < MIN_PART_BYTES or part.size != size for part in parts[:-1]) or parts[-1].size > size:
        raise errors.bad_upload()


def _etag_of(parts: list[_Part]) -> str:
    joined = b"".join(bytes.fromhex(part.md5) for part in parts)
    return f"{hashlib.md5(joined, usedforsecurity=False).hexdigest()}-{len(parts)}"

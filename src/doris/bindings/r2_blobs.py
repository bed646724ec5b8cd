"""The bytes of R2's objects: blobs, cut into pieces, in SQLite.

A blob is *staged* while it is written, each full piece as it comes, so that no body is held in memory. It
becomes part of an object (or of an upload) in the same transaction that makes the object visible, so a
process that is killed leaves no half-written object, only a staged blob that nobody sees; such leftovers
are swept out when they are a day old. A blob that loses its object while somebody still reads it is kept
until the reading has ended.
"""

from __future__ import annotations

import hashlib
import time
import weakref
from collections import Counter

from doris.js import Throw, error
from doris.sql import Database
from doris.web.streams.native_source import BytesReader

from .r2_rows import Blob

PIECE_BYTES = 1024 * 1024
"""How much of a body is in memory at a time."""

_LEFTOVER_SECONDS = 24 * 60 * 60
_SCHEMA = (
    """
    CREATE TABLE IF NOT EXISTS blobs (
        id INTEGER PRIMARY KEY AUTOINCREMENT, size INTEGER NOT NULL, version TEXT, position INTEGER,
        staged REAL
    )
    """,
    "CREATE INDEX IF NOT EXISTS blobs_of_version ON blobs(version, position)",
    """
    CREATE TABLE IF NOT EXISTS pieces (
        blob INTEGER NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (blob, number)
    )
    """,
)


class BlobStore:
    """The blobs of one bucket."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._readers: Counter[int] = Counter()
        self._doomed: set[int] = set()

    def create(self) -> None:
        """Make the tables if they are missing, and sweep out what killed processes left behind."""
        self._doomed.clear()
        for statement in _SCHEMA:
            self.database.execute(statement)
        old = time.time() - _LEFTOVER_SECONDS
        for (blob,) in self.database.execute("SELECT id FROM blobs WHERE staged < ?", (old,)):
            self._remove(int(blob or 0))

    def stage(self, checksums: tuple[str, ...] = ()) -> BlobWriter:
        """Begin a blob. ``checksums`` are the names of further digests to compute, as `hashlib` has them."""
        return BlobWriter(self, checksums)

    def new(self) -> int:
        """The number of a new, empty, staged blob."""
        rows = self.database.execute(
            "INSERT INTO blobs(size, staged) VALUES (0, ?) RETURNING id", (time.time(),)
        )
        return int(rows[0][0] or 0)

    def keep(self, blob: int) -> None:
        """The blob belongs to an upload from now on. Call it in the transaction that says so."""
        self.database.execute("UPDATE blobs SET staged = NULL WHERE id = ?", (blob,))

    def link(self, blobs: list[int], version: str) -> None:
        """The blobs are the content of an object from now on, in this order. Call it in its transaction."""
        for position, blob in enumerate(blobs):
            self.database.execute(
                "UPDATE blobs SET staged = NULL, version = ?, position = ? WHERE id = ?",
                (version, position, blob),
            )

    def of_version(self, version: str) -> list[Blob]:
        """The content of an object."""
        rows = self.database.execute(
            "SELECT id, size FROM blobs WHERE version = ? ORDER BY position", (version,)
        )
        return [Blob(int(row[0] or 0), int(row[1] or 0)) for row in rows]

    def drop(self, blobs: list[int]) -> None:
        """Nobody needs these blobs any more, apart from those who read them now."""
        for blob in blobs:
            if self._readers[blob]:
                self._doomed.add(blob)
                self.database.execute(
                    "UPDATE blobs SET version = NULL, staged = ? WHERE id = ?", (time.time(), blob)
                )
            else:
                self._remove(blob)

    def _remove(self, blob: int) -> None:
        self.database.execute("DELETE FROM pieces WHERE blob = ?", (blob,))
        self.database.execute("DELETE FROM blobs WHERE id = ?", (blob,))

    def piece(self, blob: int, number: int) -> bytes:
        """One piece of a blob. Raises `Throw` when it is gone (another process removed the object)."""
        rows = self.database.execute("SELECT data FROM pieces WHERE blob = ? AND number = ?", (blob, number))
        if not rows:
            raise error("Network connection lost.")
        data = rows[0][0]
        assert isinstance(data, bytes)
        return data

    def read(self, blobs: list[Blob], start: int, length: int) -> BlobReader:
        """A reader of ``length`` bytes from ``start`` on. The blobs stay until it is done with."""
        return BlobReader(self, blobs, start, length)

    def hold(self, blobs: list[int]) -> None:
        """Keep these blobs, whatever becomes of their object."""
        self._readers.update(blobs)

    def release(self, blobs: list[int]) -> None:
        """The opposite of `hold`."""
        self._readers.subtract(blobs)
        for blob in blobs:
            if blob in self._doomed and self._readers[blob] <= 0:
                self._doomed.discard(blob)
                # Staged still: the transaction that dropped it was not undone.
                if self.database.execute("SELECT 1 FROM blobs WHERE id = ? AND staged > 0", (blob,)):
                    self._remove(blob)


class BlobWriter:
    """A blob being written. What fits into one piece touches the database only at the end.

    Attributes:
        size: Bytes so far.
    """

    def __init__(self, store: BlobStore, checksums: tuple[str, ...]) -> None:
        self.size = 0
        self._store = store
        self._id: int | None = None
        self._buffer = bytearray()
        self._pieces = 0
        self._hashes = {
            name: hashlib.new(name, usedforsecurity=False) for name in dict.fromkeys(("md5", *checksums))
        }

    def write(self, data: bytes) -> None:
        """Append bytes."""
        self.size += len(data)
        for digest in self._hashes.values():
            digest.update(data)
        self._buffer += data
        while len(self._buffer) >= PIECE_BYTES:
            self._flush(PIECE_BYTES)

    def finish(self) -> int:
        """Store what is left; the blob's number. Call it in the transaction that makes use of the blob."""
        if self._buffer:
            self._flush(len(self._buffer))
        blob = self._number()
        self._store.database.execute("UPDATE blobs SET size = ? WHERE id = ?", (self.size, blob))
        return blob

    def discard(self) -> None:
        """The blob is not needed after all."""
        if self._id is not None:
            self._store.drop([self._id])

    def digest(self, name: str) -> bytes:
        """A digest of all the bytes; MD5 always is there."""
        return self._hashes[name].digest()

    def _number(self) -> int:
        if self._id is None:
            self._id = self._store.new()
        return self._id

    def _flush(self, size: int) -> None:
        piece = bytes(self._buffer[:size])
        del self._buffer[:size]
        values = (self._number(), self._pieces, piece)
        self._store.database.execute("INSERT INTO pieces VALUES (?, ?, ?)", values)
        self._pieces += 1


class BlobReader(BytesReader):
    """The bytes of some blobs, fetched a piece at a time. They are there at once, as `BytesReader`'s are."""

    def __init__(self, store: BlobStore, blobs: list[Blob], start: int, length: int) -> None:
        super().__init__(b"")
        self.length = length
        self._store = store
        self._places = _places(blobs, start, length)
        held = sorted({blob for blob, *_ in self._places})
        store.hold(held)
        self._done = weakref.finalize(self, store.release, held)
        self._done.atexit = False

    def read(self, size: int) -> bytes:
        """The next bytes; fewer than ``size`` only at the end. Raises `Throw` when they are gone."""
        parts: list[bytes] = []
        missing = size
        while missing > 0:
            if not len(self._data) and not self._next_piece():
                break
            part = self._data[:missing].tobytes()
            self._data = self._data[missing:]
            missing -= len(part)
            parts.append(part)
        data = b"".join(parts)
        assert self.length is not None
        self.length -= len(data)
        if not self.length:
            self._done()
        return data

    def cancel(self, reason: object) -> None:
        """Nobody reads the rest."""
        super().cancel(reason)
        self._places.clear()
        self._done()

    def _next_piece(self) -> bool:
        if not self._places:
            return False
        blob, number, first, last = self._places.pop(0)
        try:
            self._data = memoryview(self._store.piece(blob, number))[first:last]
        except Throw:
            self._done()
            raise
        return True


def _places(blobs: list[Blob], start: int, length: int) -> list[tuple[int, int, int, int]]:
    """(blob, piece, first byte, end) of each piece that holds some of the bytes."""
    places = []
    end, offset = start + length, 0
    for blob in blobs:
        for number in range((blob.size + PIECE_BYTES - 1) // PIECE_BYTES):
            begin = offset + number * PIECE_BYTES
            size = min(PIECE_BYTES, offset + blob.size - begin)
            first, last = max(start - begin, 0), min(end - begin, size)
            if first < last:
                places.append((blob.id, number, first, last))
        offset += blob.size
    return places

from __future__ import annotations

import gc
import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from doris.bindings import r2_blobs
from doris.bindings.r2_blobs import BlobStore
from doris.bindings.r2_rows import Blob
from doris.js import Throw
from doris.sql import Database


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(r2_blobs, "PIECE_BYTES", 4)


@pytest.fixture
def blobs() -> Iterator[BlobStore]:
    database = Database(limits={})
    store = BlobStore(database)
    store.create()
    yield store
    database.close()


def made(blobs: BlobStore, *parts: bytes, version: str = "v") -> list[Blob]:
    """An object of these blobs."""
    numbers = []
    for part in parts:
        writer = blobs.stage()
        writer.write(part)
        numbers.append(writer.finish())
    blobs.link(numbers, version)
    return blobs.of_version(version)


def pieces(blobs: BlobStore) -> int:
    return int(blobs.database.execute("SELECT count(*) FROM pieces")[0][0] or 0)


@pytest.mark.parametrize("start", range(13))
@pytest.mark.parametrize("size", [1, 3, 100])
def test_any_stretch_of_several_blobs(blobs: BlobStore, start: int, size: int) -> None:
    content = b"abcdefghijklm"
    found = made(blobs, content[:5], b"", content[5:12], content[12:])
    for length in range(len(content) - start + 1):
        reader = blobs.read(found, start, length)
        parts = []
        while part := reader.read(size):
            parts.append(part)
        assert b"".join(parts) == content[start : start + length]
        assert reader.length == 0
        assert all(len(part) == size for part in parts[:-1])


def test_a_body_is_not_held_while_it_is_written(blobs: BlobStore) -> None:
    writer = blobs.stage(("sha256",))
    writer.write(b"abc")
    assert pieces(blobs) == 0
    writer.write(b"defgh")
    assert pieces(blobs) == 2
    writer.write(b"i")
    writer.finish()
    assert (pieces(blobs), writer.size) == (3, 9)
    assert writer.digest("sha256") == hashlib.sha256(b"abcdefghi").digest()
    assert writer.digest("md5") == hashlib.md5(b"abcdefghi", usedforsecurity=False).digest()


def test_what_is_discarded_leaves_nothing(blobs: BlobStore) -> None:
    for content in (b"x", b"abcdefgh"):
        writer = blobs.stage()
        writer.write(content)
        writer.discard()
    assert pieces(blobs) == 0


def test_a_dropped_blob_stays_for_its_readers(blobs: BlobStore) -> None:
    found = made(blobs, b"abcdefgh")
    first, second = blobs.read(found, 0, 8), blobs.read(found, 4, 4)
    blobs.drop([found[0].id])
    assert blobs.of_version("v") == []
    assert first.read(8) == b"abcdefgh"
    assert pieces(blobs) == 2
    second.cancel(None)
    assert pieces(blobs) == 0
    assert second.read(1) == b""


def test_a_reader_that_nobody_holds_counts_no_more(blobs: BlobStore) -> None:
    found = made(blobs, b"abcdefgh")
    reader = blobs.read(found, 0, 8)
    blobs.drop([found[0].id])
    del reader
    gc.collect()
    assert pieces(blobs) == 0


def test_a_drop_that_was_undone_removes_nothing(blobs: BlobStore) -> None:
    found = made(blobs, b"abcdefgh")
    reader = blobs.read(found, 0, 8)

    def drop_and_fail() -> None:
        with blobs.database.transaction():
            blobs.drop([found[0].id])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        drop_and_fail()
    assert reader.read(8) == b"abcdefgh"
    assert blobs.of_version("v") == found
    assert pieces(blobs) == 2


def test_content_that_another_process_removed(blobs: BlobStore) -> None:
    reader = blobs.read(made(blobs, b"abcdefgh"), 0, 8)
    blobs.database.execute("DELETE FROM pieces")
    with pytest.raises(Throw):
        reader.read(1)


def test_leftovers_are_swept_out_a_day_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "r2.sqlite"
    for age, left in ((0.0, 2), (23.9, 2), (24.1, 1)):
        database = Database(file, limits={})
        now = time.time()
        monkeypatch.setattr(r2_blobs.time, "time", lambda now=now, age=age: now + age * 3600)
        store = BlobStore(database)
        store.create()
        if not age:
            made(store, b"kept")
            store.stage().write(b"abcd")
        assert pieces(store) == left
        database.close()
        monkeypatch.undo()
        monkeypatch.setattr(r2_blobs, "PIECE_BYTES", 4)

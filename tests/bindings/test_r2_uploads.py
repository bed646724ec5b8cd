from __future__ import annotations

import pytest

from doris.bindings import r2_uploads
from doris.bindings.r2_errors import R2Failure
from doris.bindings.r2_store import R2Store
from doris.bindings.r2_uploads import UploadStore


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(r2_uploads, "MIN_PART_BYTES", 4)


def add(uploads: UploadStore, upload: str, number: int, content: bytes, key: str = "k") -> tuple[int, str]:
    objects = uploads._objects
    writer = objects.blobs.stage()
    writer.write(content)
    with objects.database.transaction():
        return number, uploads.add_part(key, upload, number, writer)


def refusal(uploads: UploadStore, upload: str, *chosen: tuple[int, str], key: str = "k") -> str:
    with pytest.raises(R2Failure) as refused:
        uploads.complete(key, upload, list(chosen))
    return str(refused.value)[-7:]


def read(objects: R2Store) -> bytes:
    row = objects.head("k")
    assert row is not None
    return objects.blobs.read(objects.content(row), 0, row.size).read(row.size)


def test_parts_become_an_object(uploads: UploadStore, objects: R2Store) -> None:
    upload = uploads.begin("k", {"contentType": "a/b"}, {"a": "b"})
    assert len(upload) == 171
    two, one = add(uploads, upload, 2, b"tail"), add(uploads, upload, 1, b"head")
    unused = add(uploads, upload, 3, b"unused")
    assert objects.head("k") is None
    row = uploads.complete("k", upload, [two, one])
    assert objects.head("k") == row
    assert (row.size, row.etag[-2:], row.http, row.custom) == (8, "-2", {"contentType": "a/b"}, {"a": "b"})
    assert read(objects) == b"headtail"
    assert unused[1] != one[1]
    assert len(objects.database.execute("SELECT * FROM blobs")) == 2
    assert refusal(uploads, upload, one) == "(10024)"


def test_a_part_uploaded_again_takes_the_place_of_the_first(uploads: UploadStore, objects: R2Store) -> None:
    upload = uploads.begin("k", {}, {})
    older, newer = add(uploads, upload, 1, b"older"), add(uploads, upload, 1, b"newer")
    assert refusal(uploads, upload, older) == "(10025)"
    uploads.complete("k", upload, [newer])
    assert read(objects) == b"newer"


def test_refusals(uploads: UploadStore, objects: R2Store) -> None:
    upload = uploads.begin("k", {}, {})
    big, bigger, small = (
        add(uploads, upload, number, content) for number, content in enumerate((b"1234", b"12345", b"1"), 1)
    )
    assert refusal(uploads, upload, (1, "bad")) == "(10025)"
    assert refusal(uploads, upload, (9, "bad")) == "(10025)"
    assert refusal(uploads, upload, big, big) == "(10001)"
    assert refusal(uploads, upload, small, big) == "(10011)"
    assert refusal(uploads, upload, big, bigger) == "(10048)"
    assert refusal(uploads, upload, big, bigger, small) == "(10048)"
    assert refusal(uploads, "bogus", big) == "(10001)"
    assert refusal(uploads, upload, big, key="other") == "(10001)"
    assert refusal(uploads, upload, big, key="") == "(10020)"
    assert objects.head("k") is None
    assert uploads.complete("k", upload, [big, small]).size == 5


def test_an_object_of_no_parts(uploads: UploadStore, objects: R2Store) -> None:
    row = uploads.complete("k", uploads.begin("k", {}, {}), [])
    assert (row.size, row.etag) == (0, "d41d8cd98f00b204e9800998ecf8427e-0")
    assert read(objects) == b""


def test_abort(uploads: UploadStore, objects: R2Store) -> None:
    upload = uploads.begin("k", {}, {})
    part = add(uploads, upload, 1, b"x")
    for _ in range(2):
        uploads.abort("k", upload)
    assert objects.database.execute("SELECT * FROM blobs") == []
    assert refusal(uploads, upload, part) == "(10024)"
    with pytest.raises(R2Failure, match="10024"):
        add(uploads, upload, 2, b"x")
    with pytest.raises(R2Failure, match="10001"):
        uploads.abort("other", upload)
    with pytest.raises(R2Failure, match="10012"):
        uploads.begin("k", {}, {"k": "v" * 9000})

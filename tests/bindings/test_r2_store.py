from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doris.bindings.r2_conditions import Condition, Etag
from doris.bindings.r2_errors import R2Failure
from doris.bindings.r2_rows import Row
from doris.bindings.r2_store import R2Store, check_key, check_metadata, check_size, new_version
from doris.sql import Database
from tests.bindings.conftest import Hands


def put(store: R2Store, key: str, content: bytes = b"x", only_if: Condition | None = None) -> bool:
    with store.database.transaction():
        writer = store.blobs.stage()
        writer.write(content)
        row = Row(key, new_version(), len(content), "etag", store.now())
        return store.put(row, [writer.finish()], only_if)


def read(store: R2Store, key: str) -> bytes | None:
    row = store.head(key)
    return None if row is None else store.blobs.read(store.content(row), 0, row.size).read(row.size)


def test_an_object_comes_back_whole(objects: R2Store, clock: Hands) -> None:
    row = Row("k", "v", 0, "e", 5, {"md5": "00"}, {"contentType": "a/b", "cacheExpiry": 7}, {"a": "é"})
    objects.put(row, [])
    assert objects.head("k") == row
    assert objects.head("nope") is None
    assert objects.now() == clock.ms


def test_conditional_writes(objects: R2Store) -> None:
    absent, present = Condition(differs=(Etag(None),)), Condition(matches=(Etag(None),))
    assert [put(objects, "k", b"1", present), put(objects, "k", b"2", absent)] == [False, True]
    assert [put(objects, "k", b"3", absent), put(objects, "k", b"4", present)] == [False, True]
    assert read(objects, "k") == b"4"


def test_what_is_replaced_or_deleted_leaves_nothing(objects: R2Store) -> None:
    for content in (b"1", b"2"):
        put(objects, "k", content)
    objects.delete(["k", "absent"])
    assert read(objects, "k") is None
    for table in ("objects", "blobs", "pieces"):
        assert objects.database.execute(f"SELECT * FROM {table}") == []


def test_one_bad_name_and_nothing_is_deleted(objects: R2Store) -> None:
    put(objects, "k")
    with pytest.raises(R2Failure, match="10020"):
        objects.delete(["k", "x" * 1025])
    assert read(objects, "k") == b"x"


NAMES = st.text(alphabet="a/é\U0001f600\ud7ff\U0010ffff", min_size=1, max_size=4)


@settings(max_examples=150)
@given(
    st.sets(NAMES, max_size=12),
    st.text(alphabet="a/é\U0010ffff", max_size=2),
    st.sampled_from(["", "/", "a/", "é"]),
    st.integers(1, 5),
)
def test_pages_together_are_the_whole_listing(
    names: set[str], prefix: str, delimiter: str, limit: int
) -> None:
    database = Database(limits={})
    store = R2Store(database, lambda: 0.0)
    for name in names:
        put(store, name)
    expected = []
    for name in sorted(names, key=lambda name: name.encode()):
        if name.startswith(prefix):
            cut = name.find(delimiter, len(prefix)) if delimiter else -1
            entry = name if cut < 0 else f"prefix {name[: cut + len(delimiter)]}"
            if entry not in expected:
                expected.append(entry)
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        page = store.page(prefix, delimiter, after, limit)
        assert len(page.objects) + len(page.prefixes) <= limit
        entries = [*(row.key for row in page.objects), *(f"prefix {name}" for name in page.prefixes)]
        assert page.cursor is None or len(entries) == limit
        found += sorted(entries, key=lambda entry: entry.removeprefix("prefix ").encode())
        after = page.cursor
    assert sorted(found) == sorted(expected)
    database.close()


def test_limits() -> None:
    check_key("x" * 1024)
    check_metadata({"k": "é" * 8191})
    check_metadata({"k": "☃" * 4095})
    check_size(5 * 1024**3 - 5 * 1024**2)
    for refused in (
        lambda: check_key(""),
        lambda: check_key("é" * 513),
        lambda: check_metadata({"k": "v" * 8192}),
        lambda: check_metadata({"k": "☃" * 4096}),
        lambda: check_size(5 * 1024**3),
    ):
        with pytest.raises(R2Failure):
            refused()


def test_one_write_a_second_when_asked_for(clock: Hands) -> None:
    database = Database(limits={})
    store = R2Store(database, clock, limit_writes=True)
    put(store, "k", b"1")
    put(store, "other")
    with pytest.raises(
        R2Failure, match=r"^Reduce your concurrent request rate for the same object. \(10058\)$"
    ):
        put(store, "k", b"2")
    assert not put(store, "k", b"3", Condition(differs=(Etag(None),)))
    clock.ms += 999
    with pytest.raises(R2Failure):
        put(store, "k", b"4")
    assert read(store, "k") == b"1"
    clock.ms += 1
    assert put(store, "k", b"5")
    database.close()


WRITER = """
import sys
from pathlib import Path
from doris.bindings.r2_rows import Row
from doris.bindings.r2_store import R2Store, new_version
from doris.sql import Database
store = R2Store(Database(Path(sys.argv[1]), limits={}), lambda: 0.0)
number = 0
while True:
    number += 1
    content = bytes([number % 256]) * 1_500_000
    writer = store.blobs.stage()
    writer.write(content)
    with store.database.transaction():
        store.put(Row("k", new_version(), len(content), str(number), number), [writer.finish()])
    print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process at any moment")
@pytest.mark.parametrize("acknowledged", [1, 4])
def test_a_kill_loses_no_write_and_leaves_no_half_of_one(tmp_path: Path, acknowledged: int) -> None:
    file = tmp_path / "r2.sqlite"
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    )
    assert process.stdout is not None
    for _ in range(acknowledged):
        said = int(process.stdout.readline())
    process.kill()
    said = int(([str(said), *process.stdout.read().split()])[-1])
    process.wait()
    process.stdout.close()
    database = Database(file, limits={})
    store = R2Store(database, lambda: 0.0)
    row = store.head("k")
    assert row is not None
    assert row.uploaded >= said
    assert read(store, "k") == bytes([row.uploaded % 256]) * 1_500_000
    database.close()

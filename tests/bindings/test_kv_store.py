from __future__ import annotations

from pathlib import Path

from doris.bindings.kv_store import Entry, KvStore, Listed
from doris.sql import Database
from tests.bindings.conftest import Hands


def test_an_entry_comes_back_whole(store: KvStore) -> None:
    entry = Entry(b"\x00\xff", '{"a":1}', 2_000_000_000)
    store.put("k", entry)
    assert store.get("k") == entry
    assert store.list("", "", 10) == [Listed("k", '{"a":1}', 2_000_000_000)]


def test_what_expired_is_swept_out_by_the_next_write(store: KvStore, clock: Hands) -> None:
    store.put("old", Entry(b"x", None, int(clock.ms // 1000) + 60))
    clock.ms += 60_000
    store.put("new", Entry(b"y"))
    clock.ms -= 60_000
    assert store.get("old") is None


def test_a_file_keeps_its_entries(tmp_path: Path, clock: Hands) -> None:
    for write in (True, False):
        database = Database(tmp_path / "kv.sqlite", limits={})
        store = KvStore(database, clock)
        if write:
            store.put("k", Entry(b"v"))
        assert store.get("k") == Entry(b"v")
        database.close()

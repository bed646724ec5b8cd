from __future__ import annotations

from doris.bindings.ratelimit_store import RateLimitStore
from doris.sql import Database
from tests.bindings.conftest import Hands


def test_old_windows_are_forgotten(clock: Hands) -> None:
    database = Database(limits={})
    store = RateLimitStore(database, clock)
    for key in ("a", "b", "\ud800"):
        assert store.admit(key, 1, 10, 1)
        assert store.admit(key, 1, 60, 1)
    clock.ms += 10_000
    assert store.admit("a", 1, 10, 1)
    assert database.execute("SELECT count(*) FROM counters WHERE period = 10") == [(1,)]
    assert database.execute("SELECT count(*) FROM counters WHERE period = 60") == [(3,)]
    database.close()

from __future__ import annotations

from collections.abc import Iterator

import pytest

from doris.bindings.d1 import D1Database
from doris.bindings.d1_backend import D1Backend
from doris.bindings.kv import KvNamespace
from doris.bindings.kv_store import KvStore
from doris.sql import Database


class Hands:
    """A clock that a test moves by hand; milliseconds since 1970."""

    def __init__(self) -> None:
        self.ms = 1_795_284_909_500.0

    def __call__(self) -> float:
        return self.ms


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def backend(clock: Hands) -> Iterator[D1Backend]:
    database = Database(now=lambda: clock.ms / 1000)
    yield D1Backend(database, clock)
    database.close()


@pytest.fixture
def db(backend: D1Backend) -> D1Database:
    return D1Database(backend)


@pytest.fixture
def store(clock: Hands) -> Iterator[KvStore]:
    database = Database(now=lambda: clock.ms / 1000, limits={})
    yield KvStore(database, clock)
    database.close()


@pytest.fixture
def kv(store: KvStore) -> KvNamespace:
    return KvNamespace(store)

from __future__ import annotations

from collections.abc import Iterator

import pytest

from doris.bindings.d1 import D1Database
from doris.bindings.d1_backend import D1Backend
from doris.bindings.kv import KvNamespace
from doris.bindings.kv_store import KvStore
from doris.bindings.r2 import R2Bucket
from doris.bindings.r2_store import R2Store
from doris.bindings.r2_uploads import UploadStore
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


@pytest.fixture
def objects(clock: Hands) -> Iterator[R2Store]:
    database = Database(now=lambda: clock.ms / 1000, limits={})
    yield R2Store(database, clock)
    database.close()


@pytest.fixture
def uploads(objects: R2Store) -> UploadStore:
    return UploadStore(objects)


@pytest.fixture
def bucket(objects: R2Store, uploads: UploadStore) -> R2Bucket:
    return R2Bucket(objects, uploads)

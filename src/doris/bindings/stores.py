"""Where bindings keep their data: a SQLite database for each one that a wrangler file names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from doris import config, state
from doris.sql import Database

from .d1_backend import D1Backend
from .kv_store import KvStore
from .r2_store import R2Store
from .r2_uploads import UploadStore
from .ratelimit_store import RateLimitStore


class Stores:
    """The databases of one project, opened when first asked for.

    Bindings that name one id share one database.
    """

    def __init__(
        self,
        project: config.Project,
        now_ms: Callable[[], float],
        persist_to: str | Path | None = None,
        *,
        limit_r2_writes: bool = False,
    ) -> None:
        """``persist_to`` None keeps everything in memory; else it is what `doris.state.path_for` takes.

        ``limit_r2_writes`` refuses a second write to an object within a second.
        """
        self._project = project
        self.now_ms = now_ms
        self._limit_r2_writes = limit_r2_writes
        self._persist_to = persist_to
        self._d1: dict[str, D1Backend] = {}
        self._kv: dict[str, tuple[Database, KvStore]] = {}
        self._r2: dict[str, tuple[Database, R2Store, UploadStore]] = {}
        self._ratelimits: dict[str, tuple[Database, RateLimitStore]] = {}

    def d1(self, declaration: config.D1Database) -> Database:
        """The database behind a D1 binding. Raises `DatabaseFileError` when its file cannot be opened."""
        return self.d1_backend(declaration).database

    def d1_backend(self, declaration: config.D1Database) -> D1Backend:
        """What a D1 binding talks to. Raises `DatabaseFileError` when its file cannot be opened."""
        name = declaration.local_id
        if name not in self._d1:
            path = None
            if self._persist_to is not None:
                path = state.d1_file(self._project, declaration, self._persist_to)
            self._d1[name] = D1Backend(Database(path, now=self._now), self.now_ms)
        return self._d1[name]

    def kv(self, declaration: config.KVNamespace) -> KvStore:
        """The data behind a KV binding. Raises `DatabaseFileError` when its file cannot be opened."""
        name = declaration.local_id
        if name not in self._kv:
            database = self._own_database("kv", name)
            self._kv[name] = database, KvStore(database, self.now_ms)
        return self._kv[name][1]

    def r2(self, declaration: config.R2Bucket) -> tuple[R2Store, UploadStore]:
        """The data behind an R2 binding. Raises `DatabaseFileError` when its file cannot be opened."""
        name = declaration.local_id
        if name not in self._r2:
            database = self._own_database("r2", name)
            objects = R2Store(database, self.now_ms, limit_writes=self._limit_r2_writes)
            self._r2[name] = database, objects, UploadStore(objects)
        return self._r2[name][1:]

    def ratelimit(self, declaration: config.RateLimit) -> RateLimitStore:
        """The counters behind a rate limiting binding; bindings of one namespace share them. Raises
        `DatabaseFileError` when their file cannot be opened.
        """
        name = declaration.namespace_id
        if name not in self._ratelimits:
            database = self._own_database("ratelimit", name)
            self._ratelimits[name] = database, RateLimitStore(database, self.now_ms)
        return self._ratelimits[name][1]

    def reset(self) -> None:
        """Empty every database in place: whatever holds one of them sees it as on its first day."""
        for backend in self._d1.values():
            backend.database.erase()
            backend.forget()
        for database, store in self._kv.values():
            database.erase()
            store.create()
        for database, objects, uploads in self._r2.values():
            database.erase()
            objects.create()
            uploads.create()
        for database, counters in self._ratelimits.values():
            database.erase()
            counters.create()

    def close(self) -> None:
        """Close every database; what is in memory is gone then."""
        for backend in self._d1.values():
            backend.database.close()
        for opened in (self._kv, self._r2, self._ratelimits):
            for database, *_ in opened.values():
                database.close()
        self._d1.clear()
        self._kv.clear()
        self._r2.clear()
        self._ratelimits.clear()

    def _own_database(self, folder: str, name: str) -> Database:
        """A database that no Worker's SQL reaches: without limits."""
        path = None
        if self._persist_to is not None:
            base = state.path_for(self._project, self._persist_to) / folder
            path = base / f"{state.file_name(name)}.sqlite"
        return Database(path, now=self._now, limits={})

    def _now(self) -> float:
        return self.now_ms() / 1000

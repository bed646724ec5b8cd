"""Where bindings keep their data: one SQLite database for each D1 database and each KV namespace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from doris import config, state
from doris.sql import Database

from .d1_backend import D1Backend
from .kv_store import KvStore


class Stores:
    """The databases of one project, opened when first asked for.

    Bindings that name one id share one database.
    """

    def __init__(
        self, project: config.Project, now_ms: Callable[[], float], persist_to: str | Path | None = None
    ) -> None:
        """``now_ms`` is the clock, in milliseconds since 1970. ``persist_to`` None keeps everything in
        memory; else it is what `doris.state.path_for` takes.
        """
        self._project = project
        self._now_ms = now_ms
        self._persist_to = persist_to
        self._d1: dict[str, D1Backend] = {}
        self._kv: dict[str, tuple[Database, KvStore]] = {}

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
            self._d1[name] = D1Backend(Database(path, now=self._now), self._now_ms)
        return self._d1[name]

    def kv(self, declaration: config.KVNamespace) -> KvStore:
        """The data behind a KV binding. Raises `DatabaseFileError` when its file cannot be opened."""
        name = declaration.local_id
        if name not in self._kv:
            path = None
            if self._persist_to is not None:
                folder = state.path_for(self._project, self._persist_to) / "kv"
                path = folder / f"{state.file_name(name)}.sqlite"
            database = Database(path, now=self._now, limits={})
            self._kv[name] = database, KvStore(database, self._now_ms)
        return self._kv[name][1]

    def reset(self) -> None:
        """Empty every database in place: whatever holds one of them sees it as on its first day."""
        for backend in self._d1.values():
            backend.database.erase()
            backend.forget()
        for database, store in self._kv.values():
            database.erase()
            store.create()

    def close(self) -> None:
        """Close every database; what is in memory is gone then."""
        for backend in self._d1.values():
            backend.database.close()
        for database, _ in self._kv.values():
            database.close()
        self._d1.clear()
        self._kv.clear()

    def _now(self) -> float:
        return self._now_ms() / 1000

"""What a wrangler file says, in our own types.

The names are those of the file, so that whoever knows the file knows the model. Everything is immutable and
resolved: the environment is chosen, what it inherits is filled in, paths are absolute. Where a field may be
left out and wrangler has no default for it, the value is ``None``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Json = Any
"""A JSON value: ``str``, ``int``, ``float``, ``bool``, ``None``, ``list`` or ``dict`` of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KVNamespace:
    """One entry of ``kv_namespaces``."""

    binding: str
    id: str | None = None
    preview_id: str | None = None
    remote: bool = False

    @property
    def local_id(self) -> str:
        """Names the stored data: ``preview_id``, else ``id``, else the binding, as in ``wrangler dev``."""
        return self.preview_id or self.id or self.binding


@dataclass(frozen=True, slots=True, kw_only=True)
class D1Database:
    """One entry of ``d1_databases``. ``migrations_dir`` is absolute."""

    binding: str
    migrations_dir: Path
    migrations_dir_as_written: str | None = None
    database_name: str | None = None
    database_id: str | None = None
    preview_database_id: str | None = None
    migrations_table: str = "d1_migrations"
    migrations_pattern: str | None = None
    jurisdiction: str | None = None
    database_internal_env: str | None = None
    remote: bool = False

    @property
    def local_id(self) -> str:
        """Names the stored data: ``preview_database_id``, else ``database_id``, else the binding, as in
        ``wrangler dev``.
        """
        return self.preview_database_id or self.database_id or self.binding

    @property
    def title(self) -> str:
        """What people call it: the database's name, else the binding's."""
        return self.database_name or self.binding


@dataclass(frozen=True, slots=True, kw_only=True)
class R2Bucket:
    """One entry of ``r2_buckets``."""

    binding: str
    bucket_name: str | None = None
    preview_bucket_name: str | None = None
    jurisdiction: str | None = None
    local_dev: Mapping[str, Json] | None = None
    remote: bool = False

    @property
    def local_id(self) -> str:
        """Names the stored data: ``preview_bucket_name``, else ``bucket_name``, else the binding."""
        return self.preview_bucket_name or self.bucket_name or self.binding


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueProducer:
    """One entry of ``queues.producers``. ``delivery_delay`` is in seconds and deprecated by wrangler."""

    binding: str
    queue: str | None = None
    delivery_delay: float | None = None
    remote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueConsumer:
    """One entry of ``queues.consumers``. Times: ``max_batch_timeout`` and ``retry_delay`` in seconds."""

    queue: str
    type: Literal["worker"] | None = None
    max_batch_size: float | None = None
    max_batch_timeout: float | None = None
    max_retries: float | None = None
    dead_letter_queue: str | None = None
    max_concurrency: float | None = None
    visibility_timeout_ms: float | None = None
    retry_delay: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queues:
    """The field ``queues``."""

    producers: tuple[QueueProducer, ...] = ()
    consumers: tuple[QueueConsumer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DurableObjectBinding:
    """One entry of ``durable_objects.bindings``. ``script_name`` names the Worker that has the class;
    ``None`` is this one.
    """

    name: str
    class_name: str
    script_name: str | None = None
    environment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeUpdateStrategy:
    """``durable_objects.code_update_strategy``. ``max_delay`` is in seconds."""

    mode: Literal["immediate", "deferred"]
    max_delay: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamedClass:
    """An entry of ``renamed_classes``: the Durable Object class ``source`` (the file's ``from``) is now
    ``to``.
    """

    source: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferredClass:
    """An entry of ``transferred_classes``: ``source`` (the file's ``from``) of Worker ``from_script`` is now
    ``to``.
    """

    source: str
    from_script: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DurableObjectMigration:
    """One entry of ``migrations``: how the Durable Object classes changed. Not to be confused with D1's
    migrations.
    """

    tag: str
    new_classes: tuple[str, ...] = ()
    new_sqlite_classes: tuple[str, ...] = ()
    renamed_classes: tuple[RenamedClass, ...] = ()
    transferred_classes: tuple[TransferredClass, ...] = ()
    deleted_classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One entry of ``exports``. ``type`` is "durable-object", "worker" or "workflow"; ``raw`` holds every
    field.
    """

    name: str
    type: str
    raw: Mapping[str, Json]

    @property
    def storage(self) -> str | None:
        """ "sqlite" or "legacy-kv" for a Durable Object that stores something here, else ``None``."""
        value = self.raw.get("storage")
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceBinding:
    """One entry of ``services``: another Worker, perhaps one of its named entrypoints."""

    binding: str
    service: str
    entrypoint: str | None = None
    environment: str | None = None
    props: Mapping[str, Json] | None = None
    remote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowBinding:
    """One entry of ``workflows``. ``raw`` also holds limits, concurrency, schedules and retention as
    written.
    """

    binding: str
    name: str
    class_name: str
    raw: Mapping[str, Json]
    script_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """One entry of ``ratelimits``: ``limit`` calls in ``period`` seconds (10 or 60)."""

    name: str
    namespace_id: str
    limit: float
    period: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """The field ``assets``. ``directory`` is absolute."""

    directory: Path | None = None
    binding: str | None = None
    html_handling: str = "auto-trailing-slash"
    not_found_handling: str = "none"
    base_path: str | None = None
    run_worker_first: bool | tuple[str, ...] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Triggers:
    """The field ``triggers``: cron expressions (UTC), and event triggers as written."""

    crons: tuple[str, ...] = ()
    events: tuple[Mapping[str, Json], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The field ``limits``: CPU time of one invocation in milliseconds, and number of subrequests."""

    cpu_ms: float | None = None
    subrequests: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherBinding:
    """A binding that wrangler knows and doris does not emulate: it loads, and raises when the Worker uses it.

    ``type`` is the field of the file (``"ai"``, ``"vectorize"``), ``name`` the binding's name in ``env``.
    """

    type: str
    name: str
    raw: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One Worker project: a wrangler file, read for one environment. Made by :func:`doris.config.load`."""

    file: Path
    """The wrangler file, absolute."""
    root: Path
    """Its folder."""
    environment: str | None = None
    """The chosen environment, ``None`` for the top level."""
    name: str | None = None
    main: Path | None = None
    """The Worker's main module, absolute; ``None`` in a project of assets only. It need not exist: ``doris
    check`` looks.
    """
    compatibility_date: str | None = None
    compatibility_flags: tuple[str, ...] = ()
    vars: Mapping[str, Json] = field(default_factory=dict)
    """``vars`` as the file has them, without the local secrets."""
    secrets: Mapping[str, str] = field(default_factory=dict)
    """From ``.dev.vars`` or ``.env``: always text, and they win over ``vars``."""
    kv_namespaces: tuple[KVNamespace, ...] = ()
    d1_databases: tuple[D1Database, ...] = ()
    r2_buckets: tuple[R2Bucket, ...] = ()
    queues: Queues = field(default_factory=Queues)
    durable_objects: tuple[DurableObjectBinding, ...] = ()
    code_update_strategy: CodeUpdateStrategy | None = None
    migrations: tuple[DurableObjectMigration, ...] = ()
    exports: tuple[Export, ...] = ()
    services: tuple[ServiceBinding, ...] = ()
    workflows: tuple[WorkflowBinding, ...] = ()
    ratelimits: tuple[RateLimit, ...] = ()
    assets: Assets | None = None
    triggers: Triggers = field(default_factory=Triggers)
    limits: Limits = field(default_factory=Limits)
    version_metadata: str | None = None
    """The name of the version metadata binding."""
    other_bindings: tuple[OtherBinding, ...] = ()
    raw: Mapping[str, Json] = field(default_factory=dict)
    """The chosen environment with what it inherits, as written: for what has no type of its own above."""
    warnings: tuple[str, ...] = ()
    """What wrangler would warn of."""

    @property
    def variables(self) -> dict[str, Json]:
        """``vars`` with the local secrets over them: what ``env`` holds beside the bindings."""
        return {**self.vars, **self.secrets}

    def d1_database(self, name: str) -> D1Database | None:
        """The first database with that name or binding; as ``wrangler d1 … DATABASE`` looks it up."""
        for database in self.d1_databases:
            if name in (database.database_name, database.binding):
                return database
        return None

    def binding_names(self) -> Iterator[str]:
        """Every name in ``env``: variables first, then bindings in the order of the fields above."""
        yield from self.variables
        for kv in self.kv_namespaces:
            yield kv.binding
        for d1 in self.d1_databases:
            yield d1.binding
        for r2 in self.r2_buckets:
            yield r2.binding
        for producer in self.queues.producers:
            yield producer.binding
        for durable in self.durable_objects:
            yield durable.name
        for service in self.services:
            yield service.binding
        for workflow in self.workflows:
            yield workflow.binding
        for ratelimit in self.ratelimits:
            yield ratelimit.name
        if self.assets is not None and self.assets.binding is not None:
            yield self.assets.binding
        if self.version_metadata is not None:
            yield self.version_metadata
        for other in self.other_bindings:
            yield other.name

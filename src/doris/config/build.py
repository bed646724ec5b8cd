"""From the checked fields of a wrangler file to a :class:`~doris.config.model.Project`."""

from __future__ import annotations

import math
import os.path
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from doris.config import model

Raw = dict[str, Any]
T = TypeVar("T")

_MODELLED = {
    *("kv_namespaces", "d1_databases", "r2_buckets", "queues", "durable_objects", "services", "workflows"),
    *("ratelimits", "version_metadata", "assets"),
}
_NO_BINDINGS = {
    *("vars", "secrets", "define", "migrations", "exports", "triggers", "limits", "rules", "build"),
    *("placement", "observability", "access", "cache", "python_modules", "previews", "routes", "route"),
    *("cloudchamber", "containers", "connect", "tail_consumers", "streaming_tail_consumers", "dev", "site"),
    *("alias", "dependencies_instrumentation"),
}


def project(file: Path, fields: Raw, environment: str | None, **more: Any) -> model.Project:
    """Make the project. ``fields`` passed every check; ``more`` are fields that the file does not have
    (secrets, warnings).
    """
    root = file.parent
    return model.Project(
        file=file,
        root=root,
        environment=environment,
        name=fields.get("name") or None,
        main=_path(root, fields.get("main")),
        compatibility_date=fields.get("compatibility_date"),
        compatibility_flags=tuple(fields.get("compatibility_flags") or ()),
        vars={name: json_value(value) for name, value in (fields.get("vars") or {}).items()},
        kv_namespaces=_each(model.KVNamespace, fields.get("kv_namespaces")),
        d1_databases=tuple(_d1(root, raw) for raw in fields.get("d1_databases") or ()),
        r2_buckets=_each(model.R2Bucket, fields.get("r2_buckets")),
        queues=_queues(fields.get("queues") or {}),
        durable_objects=_each(
            model.DurableObjectBinding, (fields.get("durable_objects") or {}).get("bindings")
        ),
        code_update_strategy=_strategy((fields.get("durable_objects") or {}).get("code_update_strategy")),
        migrations=tuple(_migration(raw) for raw in fields.get("migrations") or ()),
        exports=tuple(
            model.Export(name=name, type=raw["type"], raw=raw)
            for name, raw in (fields.get("exports") or {}).items()
        ),
        services=tuple(_service(raw) for raw in fields.get("services") or ()),
        workflows=tuple(_workflow(raw) for raw in fields.get("workflows") or ()),
        ratelimits=tuple(_ratelimit(raw) for raw in fields.get("ratelimits") or ()),
        assets=_assets(root, fields.get("assets")),
        triggers=_triggers(fields.get("triggers") or {}),
        limits=model.Limits(**_given(fields.get("limits") or {})),
        version_metadata=(fields.get("version_metadata") or {}).get("binding"),
        other_bindings=tuple(_other_bindings(fields)),
        raw=fields,
        **more,
    )


def json_value(value: Any) -> model.Json:
    """A value as it reaches ``env``: JSON knows neither infinity nor "not a number", and whole numbers are
    ``int``.
    """
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() else value
    if isinstance(value, dict):
        return {key: json_value(member) for key, member in value.items()}
    if isinstance(value, list):
        return [json_value(item) for item in value]
    return value


def _given(raw: Raw) -> Raw:
    return {key: value for key, value in raw.items() if value is not None}


def _each(kind: type[T], entries: list[Raw] | None) -> tuple[T, ...]:
    return tuple(kind(**_given(entry)) for entry in entries or ())


def _path(root: Path, text: str | None) -> Path | None:
    return None if text is None else Path(os.path.normpath(root / text))


def _d1(root: Path, raw: Raw) -> model.D1Database:
    given = _given(raw)
    written = given.pop("migrations_dir", None)
    if not given.get("migrations_table"):
        given.pop("migrations_table", None)
    folder = Path(os.path.normpath(root / ("migrations" if written is None else written)))
    return model.D1Database(migrations_dir=folder, migrations_dir_as_written=written, **given)


def _queues(raw: Raw) -> model.Queues:
    return model.Queues(
        producers=_each(model.QueueProducer, raw.get("producers")),
        consumers=_each(model.QueueConsumer, raw.get("consumers")),
    )


def _strategy(raw: Raw | None) -> model.CodeUpdateStrategy | None:
    return None if raw is None else model.CodeUpdateStrategy(**_given(raw))


def _migration(raw: Raw) -> model.DurableObjectMigration:
    return model.DurableObjectMigration(
        tag=raw["tag"],
        new_classes=tuple(raw.get("new_classes") or ()),
        new_sqlite_classes=tuple(raw.get("new_sqlite_classes") or ()),
        renamed_classes=tuple(
            model.RenamedClass(source=entry["from"], to=entry["to"])
            for entry in raw.get("renamed_classes") or ()
        ),
        transferred_classes=tuple(
            model.TransferredClass(source=entry["from"], from_script=entry["from_script"], to=entry["to"])
            for entry in raw.get("transferred_classes") or ()
        ),
        deleted_classes=tuple(raw.get("deleted_classes") or ()),
    )


def _service(raw: Raw) -> model.ServiceBinding:
    given = _given(raw)
    given.pop("dev", None)  # a plugin of wrangler's own simulator
    return model.ServiceBinding(**given)


def _workflow(raw: Raw) -> model.WorkflowBinding:
    return model.WorkflowBinding(
        binding=raw["binding"],
        name=raw["name"],
        class_name=raw["class_name"],
        script_name=raw.get("script_name"),
        raw=raw,
    )


def _ratelimit(raw: Raw) -> model.RateLimit:
    simple = raw["simple"]
    return model.RateLimit(
        name=raw["name"],
        namespace_id=raw["namespace_id"],
        limit=simple["limit"],
        period=int(simple["period"]),
    )


def _assets(root: Path, raw: Raw | None) -> model.Assets | None:
    if raw is None:
        return None
    given = _given(raw)
    given["directory"] = _path(root, given.get("directory"))
    if isinstance(given.get("run_worker_first"), list):
        given["run_worker_first"] = tuple(given["run_worker_first"])
    return model.Assets(**given)


def _triggers(raw: Raw) -> model.Triggers:
    return model.Triggers(crons=tuple(raw.get("crons") or ()), events=tuple(raw.get("events") or ()))


def _other_bindings(fields: Raw) -> Iterator[model.OtherBinding]:
    """The bindings without a type of their own: a list of them, one alone, or ``{"bindings": […]}``."""
    for field, value in fields.items():
        if field in _MODELLED or field in _NO_BINDINGS or not isinstance(value, dict | list):
            continue
        if isinstance(value, dict) and field in ("wasm_modules", "text_blobs", "data_blobs"):
            yield from (model.OtherBinding(type=field, name=name, raw=raw) for name, raw in value.items())
            continue
        for entry in value if isinstance(value, list) else value.get("bindings", [value]):
            name = entry.get("binding") or entry.get("name") if isinstance(entry, dict) else None
            if isinstance(name, str):
                yield model.OtherBinding(type=field, name=name, raw=entry)

"""The fields of a wrangler file that :mod:`doris.config.model` has types for, and what they may hold."""

from __future__ import annotations

from collections.abc import Mapping

from doris.config.shapes import (
    ANY,
    BOOLEAN,
    NULL,
    NUMBER,
    STRING,
    Choice,
    Either,
    ListOf,
    MapOf,
    Shape,
    Table,
)

STRINGS = ListOf(STRING)
REMOTE = {"remote": BOOLEAN}


def binding(*need: str, **may: Shape) -> Table:
    """A binding named by ``binding``; ``need`` are further fields of text that it must have."""
    return Table({"binding": STRING, **dict.fromkeys(need, STRING)}, {**may, **REMOTE})


KV = binding(id=STRING, preview_id=STRING)
D1 = binding(
    database_name=STRING,
    database_id=STRING,
    jurisdiction=STRING,
    preview_database_id=STRING,
    migrations_table=STRING,
    migrations_dir=STRING,
    migrations_pattern=STRING,
    database_internal_env=STRING,
)
R2 = binding(
    bucket_name=STRING,
    preview_bucket_name=STRING,
    jurisdiction=STRING,
    local_dev=Table(
        may={"experimental_s3_credentials": Table({"accessKeyId": STRING, "secretAccessKey": STRING})}
    ),
)
QUEUES = Table(
    may={
        "producers": ListOf(binding(queue=STRING, delivery_delay=NUMBER)),
        "consumers": ListOf(
            Table(
                {"queue": STRING},
                {
                    "type": Choice(("worker",)),
                    "max_batch_size": NUMBER,
                    "max_batch_timeout": NUMBER,
                    "max_retries": NUMBER,
                    "dead_letter_queue": STRING,
                    "max_concurrency": Either((NUMBER, NULL)),
                    "visibility_timeout_ms": NUMBER,
                    "retry_delay": NUMBER,
                },
            )
        ),
    }
)
DURABLE_OBJECTS = Table(
    may={
        "bindings": ListOf(
            Table(
                {"name": STRING, "class_name": STRING},
                {"script_name": STRING, "environment": STRING},
            )
        ),
        "code_update_strategy": Table({"mode": Choice(("immediate", "deferred"))}, {"max_delay": NUMBER}),
    }
)
MIGRATIONS = ListOf(
    Table(
        {"tag": STRING},
        {
            "new_classes": STRINGS,
            "new_sqlite_classes": STRINGS,
            "renamed_classes": ListOf(Table({"from": STRING, "to": STRING})),
            "transferred_classes": ListOf(Table({"from": STRING, "from_script": STRING, "to": STRING})),
            "deleted_classes": STRINGS,
        },
    )
)
JURISDICTION = Choice(("eu", "fedramp", "us"))
_WORKFLOW_SETTINGS: Mapping[str, Shape] = {
    "limits": Table(may={"steps": NUMBER}),
    "concurrency": Table(may={"limit": NUMBER}),
    "schedules": Either((STRING, STRINGS)),
    "default_retention": Table(
        may={"success_retention": Either((NUMBER, STRING)), "error_retention": Either((NUMBER, STRING))}
    ),
    "jurisdiction": JURISDICTION,
}
WORKFLOW = Table(
    {"binding": STRING, "name": STRING, "class_name": STRING}, {"script_name": STRING, **_WORKFLOW_SETTINGS}
)
_STORAGE = Choice(("sqlite", "legacy-kv"))
_DURABLE_EXPORT = {"type": Choice(("durable-object",))}
EXPORT = Either(
    (
        Table({**_DURABLE_EXPORT, "storage": _STORAGE}, {"state": Choice(("created",)), "container": STRING}),
        Table({**_DURABLE_EXPORT, "state": Choice(("deleted",))}),
        Table({**_DURABLE_EXPORT, "state": Choice(("renamed",)), "renamed_to": STRING}),
        Table({**_DURABLE_EXPORT, "state": Choice(("transferred",)), "transferred_to": STRING}),
        Table(
            {
                **_DURABLE_EXPORT,
                "state": Choice(("expecting-transfer",)),
                "storage": _STORAGE,
                "transfer_from": STRING,
            },
            {"container": STRING},
        ),
        Table({"type": Choice(("worker",))}, {"cache": Table({"enabled": BOOLEAN})}),
        Table({"type": Choice(("workflow",)), "name": STRING}, _WORKFLOW_SETTINGS),
    )
)
PLUGIN = Table(
    {"plugin": Table({"package": STRING, "name": STRING})},
    {"options": MapOf(ANY)},
)
SERVICE = Table(
    {"binding": STRING, "service": STRING},
    {"entrypoint": STRING, "props": MapOf(ANY), **REMOTE},
    beyond_schema={"environment": STRING, "dev": PLUGIN},
)
RATELIMIT = Table(
    {
        "name": STRING,
        "namespace_id": STRING,
        "simple": Table({"limit": NUMBER, "period": Choice((10, 60))}),
    }
)
ASSETS = Table(
    may={
        "directory": STRING,
        "binding": STRING,
        "html_handling": Choice(
            ("auto-trailing-slash", "force-trailing-slash", "drop-trailing-slash", "none")
        ),
        "not_found_handling": Choice(("single-page-application", "404-page", "none")),
        "base_path": STRING,
        "run_worker_first": Either((STRINGS, BOOLEAN)),
    }
)
_REPOSITORY_EVENTS = ("created", "deleted", "forked", "imported", "pushed", "cloned", "fetched")
_EVENTS = (
    *(f"cf.artifacts.repo.{event}" for event in _REPOSITORY_EVENTS),
    "cf.artifacts.repo.token.created",
    "cf.artifacts.repo.token.revoked",
)
TRIGGERS = Table(
    may={
        "crons": STRINGS,
        "events": ListOf(
            Table(
                {
                    "type": Choice(_EVENTS),
                    "targets": ListOf(Table({"type": Choice(("workflow",)), "workflow_name": STRING})),
                },
                {"filter": Table(may={"namespace": STRING, "repo_name": STRING})},
            )
        ),
    }
)

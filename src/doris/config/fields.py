"""Every field of a wrangler file and what it may hold, as wrangler 4.164 has them.

This is data. ``tests/config/test_fields.py`` compares it, field by field, with the ``config-schema.json``
that wrangler ships, so that a new version of wrangler is noticed.
"""

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

_STRINGS = ListOf(STRING)
_REMOTE = {"remote": BOOLEAN}


def _binding(*need: str, **may: Shape) -> Table:
    """A binding named by ``binding``; ``need`` are further fields of text that it must have."""
    return Table({"binding": STRING, **dict.fromkeys(need, STRING)}, {**may, **_REMOTE})


# -- what the emulator models (doris.config.model)

_KV = _binding(id=STRING, preview_id=STRING)
_D1 = _binding(
    database_name=STRING,
    database_id=STRING,
    jurisdiction=STRING,
    preview_database_id=STRING,
    migrations_table=STRING,
    migrations_dir=STRING,
    migrations_pattern=STRING,
    database_internal_env=STRING,
)
_R2 = _binding(
    bucket_name=STRING,
    preview_bucket_name=STRING,
    jurisdiction=STRING,
    local_dev=Table(
        may={"experimental_s3_credentials": Table({"accessKeyId": STRING, "secretAccessKey": STRING})}
    ),
)
_QUEUES = Table(
    may={
        "producers": ListOf(_binding(queue=STRING, delivery_delay=NUMBER)),
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
_DURABLE_OBJECTS = Table(
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
_MIGRATIONS = ListOf(
    Table(
        {"tag": STRING},
        {
            "new_classes": _STRINGS,
            "new_sqlite_classes": _STRINGS,
            "renamed_classes": ListOf(Table({"from": STRING, "to": STRING})),
            "transferred_classes": ListOf(Table({"from": STRING, "from_script": STRING, "to": STRING})),
            "deleted_classes": _STRINGS,
        },
    )
)
_JURISDICTION = Choice(("eu", "fedramp", "us"))
_WORKFLOW_SETTINGS: Mapping[str, Shape] = {
    "limits": Table(may={"steps": NUMBER}),
    "concurrency": Table(may={"limit": NUMBER}),
    "schedules": Either((STRING, _STRINGS)),
    "default_retention": Table(
        may={"success_retention": Either((NUMBER, STRING)), "error_retention": Either((NUMBER, STRING))}
    ),
    "jurisdiction": _JURISDICTION,
}
_WORKFLOW = Table(
    {"binding": STRING, "name": STRING, "class_name": STRING}, {"script_name": STRING, **_WORKFLOW_SETTINGS}
)
_STORAGE = Choice(("sqlite", "legacy-kv"))
_DURABLE_EXPORT = {"type": Choice(("durable-object",))}
_EXPORT = Either(
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
_PLUGIN = Table(
    {"plugin": Table({"package": STRING, "name": STRING})},
    {"options": MapOf(ANY)},
)
_SERVICE = Table(
    {"binding": STRING, "service": STRING},
    {"entrypoint": STRING, "props": MapOf(ANY), **_REMOTE},
    beyond_schema={"environment": STRING, "dev": _PLUGIN},
)
_RATELIMIT = Table(
    {
        "name": STRING,
        "namespace_id": STRING,
        "simple": Table({"limit": NUMBER, "period": Choice((10, 60))}),
    }
)
_ASSETS = Table(
    may={
        "directory": STRING,
        "binding": STRING,
        "html_handling": Choice(
            ("auto-trailing-slash", "force-trailing-slash", "drop-trailing-slash", "none")
        ),
        "not_found_handling": Choice(("single-page-application", "404-page", "none")),
        "base_path": STRING,
        "run_worker_first": Either((_STRINGS, BOOLEAN)),
    }
)
_REPOSITORY_EVENTS = ("created", "deleted", "forked", "imported", "pushed", "cloned", "fetched")
_EVENTS = (
    *(f"cf.artifacts.repo.{event}" for event in _REPOSITORY_EVENTS),
    "cf.artifacts.repo.token.created",
    "cf.artifacts.repo.token.revoked",
)
_TRIGGERS = Table(
    may={
        "crons": _STRINGS,
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

# -- what wrangler needs to deploy, and the emulator only checks

_ROUTE = Either(
    (
        STRING,
        Table({"pattern": STRING, "zone_id": STRING}, {"custom_domain": BOOLEAN}),
        Table({"pattern": STRING, "zone_name": STRING}, {"custom_domain": BOOLEAN}),
        Table(
            {"pattern": STRING, "custom_domain": BOOLEAN}, {"enabled": BOOLEAN, "previews_enabled": BOOLEAN}
        ),
    )
)
_RULE = Table(
    {
        "type": Choice(
            ("ESModule", "CommonJS", "CompiledWasm", "Text", "Data", "PythonModule", "PythonRequirement")
        ),
        "globs": _STRINGS,
    },
    {"fallthrough": BOOLEAN},
)
_TARGETED = {"mode": Choice(("targeted",))}
_PLACEMENT = Either(
    (
        Table({"mode": Choice(("off", "smart"))}, {"hint": STRING}),
        *(Table({place: STRING}, _TARGETED) for place in ("region", "host", "hostname")),
    )
)
_SAMPLING = {"enabled": BOOLEAN, "head_sampling_rate": NUMBER}
_OBSERVABILITY = Table(
    may={
        **_SAMPLING,
        "redact_query_string": BOOLEAN,
        "issues": Table(may={"enabled": BOOLEAN}),
        "logs": Table(
            may={**_SAMPLING, "invocation_logs": BOOLEAN, "persist": BOOLEAN, "destinations": _STRINGS}
        ),
        "traces": Table(may={**_SAMPLING, "persist": BOOLEAN, "destinations": _STRINGS}),
    }
)
_INSTANCE_TYPES = (
    "dev",
    "basic",
    "standard",
    "lite",
    "standard-1",
    "standard-2",
    "standard-3",
    "standard-4",
)
_CONTAINER = Table(
    may={
        "name": STRING,
        "max_instances": NUMBER,
        "image": STRING,
        "images": MapOf(
            Either(
                (
                    Table({"dockerfile": STRING}, {"build_context": STRING, "build_vars": MapOf(STRING)}),
                    Table({"image": STRING}),
                )
            )
        ),
        "image_build_context": STRING,
        "image_vars": MapOf(STRING),
        "class_name": STRING,
        "observability": Table(
            may={
                "enabled": BOOLEAN,
                "logs": Table(may={"enabled": BOOLEAN}),
                "target_instance_percentage": NUMBER,
                "target_instance_count": NUMBER,
            }
        ),
        "scheduling_policy": Choice(("default", "durable_object", "moon", "regional")),
        "instance_type": Either(
            (Choice(_INSTANCE_TYPES), Table(may={"vcpu": NUMBER, "memory_mib": NUMBER, "disk_mb": NUMBER}))
        ),
        "ssh": Table({"enabled": BOOLEAN}, {"port": NUMBER}),
        "authorized_keys": ListOf(Table({"name": STRING, "public_key": STRING})),
        "trusted_user_ca_keys": ListOf(Table({"public_key": STRING}, {"name": STRING})),
        "constraints": Table(
            may={
                "regions": ListOf(Choice(("ENAM", "WNAM", "EEUR", "WEUR", "APAC", "SAM", "ME", "OC", "AFR"))),
                "jurisdiction": _JURISDICTION,
            },
            beyond_schema={"tier": NUMBER, "tiers": ListOf(NUMBER)},
        ),
        "rollout_step_percentage": Either((NUMBER, ListOf(NUMBER))),
        "rollout_active_grace_period": NUMBER,
    },
    beyond_schema={
        "instances": NUMBER,
        "wrangler_ssh": Table({"enabled": BOOLEAN}, {"port": NUMBER}),
        "configuration": MapOf(ANY),
        "affinities": MapOf(ANY),
        "rollout_kind": Choice(("full_auto", "full_manual", "none")),
        "durable_objects": MapOf(ANY),
        "unsafe": MapOf(ANY),
    },
)

INHERITED: Mapping[str, Shape] = {
    "name": STRING,
    "account_id": STRING,
    "compatibility_date": STRING,
    "compatibility_flags": _STRINGS,
    "main": STRING,
    "find_additional_modules": BOOLEAN,
    "preserve_file_names": BOOLEAN,
    "base_dir": STRING,
    "workers_dev": BOOLEAN,
    "preview_urls": BOOLEAN,
    "routes": ListOf(_ROUTE),
    "route": _ROUTE,
    "tsconfig": STRING,
    "jsx_factory": STRING,
    "jsx_fragment": STRING,
    "migrations": _MIGRATIONS,
    "exports": MapOf(_EXPORT),
    "triggers": _TRIGGERS,
    "limits": Table(may={"cpu_ms": NUMBER, "subrequests": NUMBER}),
    "rules": ListOf(_RULE),
    "build": Table(may={"command": STRING, "cwd": STRING, "watch_dir": Either((STRING, _STRINGS))}),
    "no_bundle": BOOLEAN,
    "minify": BOOLEAN,
    "keep_names": BOOLEAN,
    "first_party_worker": BOOLEAN,
    "logfwdr": Table({"bindings": ListOf(Table({"name": STRING, "destination": STRING}))}),
    "logpush": BOOLEAN,
    "upload_source_maps": BOOLEAN,
    "placement": _PLACEMENT,
    "assets": _ASSETS,
    "observability": _OBSERVABILITY,
    "access": Table(may={"dev": Table({"aud": STRING}, {"identity": MapOf(ANY)})}),
    "cache": Table({"enabled": BOOLEAN}, {"cross_version_cache": BOOLEAN}),
    "compliance_region": Choice(("public", "fedramp_high")),
    "python_modules": Table({"exclude": _STRINGS}),
    "previews": MapOf(ANY),
}
"""Fields of an environment that it takes from the top level when it does not set them."""

NOT_INHERITED: Mapping[str, Shape] = {
    "define": MapOf(STRING),
    "vars": MapOf(ANY),
    "secrets": Table(may={"required": _STRINGS}),
    "durable_objects": _DURABLE_OBJECTS,
    "workflows": ListOf(_WORKFLOW),
    "cloudchamber": Table(
        may={
            "image": STRING,
            "location": STRING,
            "instance_type": Choice(_INSTANCE_TYPES),
            "vcpu": NUMBER,
            "memory": STRING,
            "ipv4": BOOLEAN,
        }
    ),
    "containers": ListOf(_CONTAINER),
    "kv_namespaces": ListOf(_KV),
    "send_email": ListOf(
        Table(
            {"name": STRING},
            {
                "destination_address": STRING,
                "allowed_destination_addresses": _STRINGS,
                "allowed_sender_addresses": _STRINGS,
                **_REMOTE,
            },
        )
    ),
    "queues": _QUEUES,
    "connect": ListOf(
        Either(
            (
                Table({"protocol": Choice(("tcp",)), "port": NUMBER}, {"address": STRING}),
                Table(
                    {"protocol": Choice(("udp",)), "port": NUMBER},
                    {"address": STRING, "idle_timeout_ms": NUMBER, "max_pending_bytes": NUMBER},
                ),
            )
        )
    ),
    "r2_buckets": ListOf(_R2),
    "d1_databases": ListOf(_D1),
    "vectorize": ListOf(_binding("index_name")),
    "ai_search_namespaces": ListOf(_binding("namespace")),
    "ai_search": ListOf(_binding("instance_name")),
    "agent_memory": ListOf(_binding("namespace")),
    "hyperdrive": ListOf(_binding("id", localConnectionString=STRING)),
    "services": ListOf(_SERVICE),
    "analytics_engine_datasets": ListOf(_binding(dataset=STRING)),
    "browser": _binding(),
    "analytics": _binding(),
    "ai": _binding(staging=BOOLEAN),
    "images": _binding(),
    "media": _binding(),
    "stream": _binding(),
    "version_metadata": Table({"binding": STRING}),
    "unsafe": Table(
        may={
            "bindings": ListOf(Table({"name": STRING, "type": STRING}, {"dev": _PLUGIN}, open=True)),
            "metadata": MapOf(ANY),
            "capnp": Either(
                (Table({"base_path": STRING, "source_schemas": _STRINGS}), Table({"compiled_schema": STRING}))
            ),
        }
    ),
    "mtls_certificates": ListOf(_binding("certificate_id")),
    "tail_consumers": ListOf(Table({"service": STRING}, {"environment": STRING})),
    "streaming_tail_consumers": ListOf(Table({"service": STRING})),
    "dispatch_namespaces": ListOf(
        _binding(
            namespace=STRING,
            outbound=Table({"service": STRING}, {"environment": STRING, "parameters": _STRINGS}),
        )
    ),
    "pipelines": ListOf(_binding(stream=STRING, pipeline=STRING)),
    "k2": ListOf(_binding("stream")),
    "secrets_store_secrets": ListOf(Table(dict.fromkeys(("binding", "store_id", "secret_name"), STRING))),
    "artifacts": ListOf(_binding("namespace")),
    "unsafe_hello_world": ListOf(Table({"binding": STRING}, {"enable_timer": BOOLEAN})),
    "flagship": ListOf(_binding(app_id=STRING)),
    "ratelimits": ListOf(_RATELIMIT),
    "worker_loaders": ListOf(Table({"binding": STRING})),
    "vpc_services": ListOf(_binding("service_id")),
    "vpc_networks": ListOf(Either((_binding("tunnel_id"), _binding("network_id")))),
}
"""Fields that hold for one environment only: the top level's do not reach a named environment."""

TOP_LEVEL_ONLY: Mapping[str, Shape] = {
    "$schema": STRING,
    "pages_build_output_dir": STRING,
    "send_metrics": BOOLEAN,
    "dependencies_instrumentation": Table({"enabled": BOOLEAN}, {"exclude_packages": _STRINGS}),
    "dev": Table(
        may={
            "ip": STRING,
            "port": NUMBER,
            "inspector_port": NUMBER,
            "inspector_ip": STRING,
            "local_protocol": Choice(("http", "https")),
            "upstream_protocol": Choice(("http", "https")),
            "host": STRING,
            "enable_containers": BOOLEAN,
            "container_engine": Either(
                (
                    Table(
                        {
                            "localDocker": Table(
                                {"socketPath": STRING}, {"containerEgressInterceptorImage": STRING}
                            )
                        }
                    ),
                    STRING,
                )
            ),
            "generate_types": BOOLEAN,
        }
    ),
    "site": Table({"bucket": STRING}, {"entry-point": STRING, "include": _STRINGS, "exclude": _STRINGS}),
    "wasm_modules": MapOf(STRING),
    "text_blobs": MapOf(STRING),
    "data_blobs": MapOf(STRING),
    "alias": MapOf(STRING),
    "keep_vars": BOOLEAN,
    "addresses": _STRINGS,
}
"""Fields that make no sense inside an environment."""

ENVIRONMENT = Table(may={**INHERITED, **NOT_INHERITED})
FILE = Table(may={**TOP_LEVEL_ONLY, **INHERITED, **NOT_INHERITED})
"""The whole file, but for ``env``: of the environments only the chosen one is looked at, as wrangler does."""

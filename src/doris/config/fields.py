"""Every field of a wrangler file and what it may hold, as wrangler 4.164 has them.

This is data; what :mod:`doris.config.model` has types for stands in :mod:`doris.config.modelled_fields`.
``tests/config/test_fields.py`` compares it, field by field, with the ``config-schema.json``
that wrangler ships, so that a new version of wrangler is noticed.
"""

from __future__ import annotations

from collections.abc import Mapping

from doris.config.modelled_fields import (
    ASSETS,
    D1,
    DURABLE_OBJECTS,
    EXPORT,
    JURISDICTION,
    KV,
    MIGRATIONS,
    PLUGIN,
    QUEUES,
    R2,
    RATELIMIT,
    REMOTE,
    SERVICE,
    STRINGS,
    TRIGGERS,
    WORKFLOW,
    binding,
)
from doris.config.shapes import (
    ANY,
    BOOLEAN,
    NUMBER,
    STRING,
    Choice,
    Either,
    ListOf,
    MapOf,
    Shape,
    Table,
)

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
        "globs": STRINGS,
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
            may={**_SAMPLING, "invocation_logs": BOOLEAN, "persist": BOOLEAN, "destinations": STRINGS}
        ),
        "traces": Table(may={**_SAMPLING, "persist": BOOLEAN, "destinations": STRINGS}),
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
                "jurisdiction": JURISDICTION,
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
    "compatibility_flags": STRINGS,
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
    "migrations": MIGRATIONS,
    "exports": MapOf(EXPORT),
    "triggers": TRIGGERS,
    "limits": Table(may={"cpu_ms": NUMBER, "subrequests": NUMBER}),
    "rules": ListOf(_RULE),
    "build": Table(may={"command": STRING, "cwd": STRING, "watch_dir": Either((STRING, STRINGS))}),
    "no_bundle": BOOLEAN,
    "minify": BOOLEAN,
    "keep_names": BOOLEAN,
    "first_party_worker": BOOLEAN,
    "logfwdr": Table({"bindings": ListOf(Table({"name": STRING, "destination": STRING}))}),
    "logpush": BOOLEAN,
    "upload_source_maps": BOOLEAN,
    "placement": _PLACEMENT,
    "assets": ASSETS,
    "observability": _OBSERVABILITY,
    "access": Table(may={"dev": Table({"aud": STRING}, {"identity": MapOf(ANY)})}),
    "cache": Table({"enabled": BOOLEAN}, {"cross_version_cache": BOOLEAN}),
    "compliance_region": Choice(("public", "fedramp_high")),
    "python_modules": Table({"exclude": STRINGS}),
    "previews": MapOf(ANY),
}
"""Fields of an environment that it takes from the top level when it does not set them."""

NOT_INHERITED: Mapping[str, Shape] = {
    "define": MapOf(STRING),
    "vars": MapOf(ANY),
    "secrets": Table(may={"required": STRINGS}),
    "durable_objects": DURABLE_OBJECTS,
    "workflows": ListOf(WORKFLOW),
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
    "kv_namespaces": ListOf(KV),
    "send_email": ListOf(
        Table(
            {"name": STRING},
            {
                "destination_address": STRING,
                "allowed_destination_addresses": STRINGS,
                "allowed_sender_addresses": STRINGS,
                **REMOTE,
            },
        )
    ),
    "queues": QUEUES,
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
    "r2_buckets": ListOf(R2),
    "d1_databases": ListOf(D1),
    "vectorize": ListOf(binding("index_name")),
    "ai_search_namespaces": ListOf(binding("namespace")),
    "ai_search": ListOf(binding("instance_name")),
    "agent_memory": ListOf(binding("namespace")),
    "hyperdrive": ListOf(binding("id", localConnectionString=STRING)),
    "services": ListOf(SERVICE),
    "analytics_engine_datasets": ListOf(binding(dataset=STRING)),
    "browser": binding(),
    "analytics": binding(),
    "ai": binding(staging=BOOLEAN),
    "images": binding(),
    "media": binding(),
    "stream": binding(),
    "version_metadata": Table({"binding": STRING}),
    "unsafe": Table(
        may={
            "bindings": ListOf(Table({"name": STRING, "type": STRING}, {"dev": PLUGIN}, open=True)),
            "metadata": MapOf(ANY),
            "capnp": Either(
                (Table({"base_path": STRING, "source_schemas": STRINGS}), Table({"compiled_schema": STRING}))
            ),
        }
    ),
    "mtls_certificates": ListOf(binding("certificate_id")),
    "tail_consumers": ListOf(Table({"service": STRING}, {"environment": STRING})),
    "streaming_tail_consumers": ListOf(Table({"service": STRING})),
    "dispatch_namespaces": ListOf(
        binding(
            namespace=STRING,
            outbound=Table({"service": STRING}, {"environment": STRING, "parameters": STRINGS}),
        )
    ),
    "pipelines": ListOf(binding(stream=STRING, pipeline=STRING)),
    "k2": ListOf(binding("stream")),
    "secrets_store_secrets": ListOf(Table(dict.fromkeys(("binding", "store_id", "secret_name"), STRING))),
    "artifacts": ListOf(binding("namespace")),
    "unsafe_hello_world": ListOf(Table({"binding": STRING}, {"enable_timer": BOOLEAN})),
    "flagship": ListOf(binding(app_id=STRING)),
    "ratelimits": ListOf(RATELIMIT),
    "worker_loaders": ListOf(Table({"binding": STRING})),
    "vpc_services": ListOf(binding("service_id")),
    "vpc_networks": ListOf(Either((binding("tunnel_id"), binding("network_id")))),
}
"""Fields that hold for one environment only: the top level's do not reach a named environment."""

TOP_LEVEL_ONLY: Mapping[str, Shape] = {
    "$schema": STRING,
    "pages_build_output_dir": STRING,
    "send_metrics": BOOLEAN,
    "dependencies_instrumentation": Table({"enabled": BOOLEAN}, {"exclude_packages": STRINGS}),
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
    "site": Table({"bucket": STRING}, {"entry-point": STRING, "include": STRINGS, "exclude": STRINGS}),
    "wasm_modules": MapOf(STRING),
    "text_blobs": MapOf(STRING),
    "data_blobs": MapOf(STRING),
    "alias": MapOf(STRING),
    "keep_vars": BOOLEAN,
    "addresses": STRINGS,
}
"""Fields that make no sense inside an environment."""

ENVIRONMENT = Table(may={**INHERITED, **NOT_INHERITED})
FILE = Table(may={**TOP_LEVEL_ONLY, **INHERITED, **NOT_INHERITED})
"""The whole file, but for ``env``: of the environments only the chosen one is looked at, as wrangler does."""

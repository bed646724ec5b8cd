"""What a wrangler file must keep to beyond the kinds of its fields.

The rules are wrangler's (``normalizeAndValidateConfig``), for everything that the emulator models. For what
it only passes over (containers, routes, placement, previews …) the shapes in :mod:`doris.config.fields` are
all that is checked; wrangler knows further rules there, which show when you deploy.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from doris.config.shapes import Path, Report, dotted, show

Raw = dict[str, Any]

_NAME = re.compile(r"[a-z0-9_][a-z0-9-_]*|")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
_WORKFLOW_NAME = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9-_]{0,63}")
_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_DASHES = re.compile("[\N{EN DASH}\N{EM DASH}]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

BUCKET_RULE = (
    "Bucket names must begin and end with an alphanumeric character, only contain lowercase letters, "
    "numbers, and hyphens, and be between 3 and 63 characters long."
)
WORKFLOW_RULE = (
    "Workflow names must be 1-64 characters long, start with a letter, number, or underscore, and may only "
    "contain letters, numbers, underscores, or hyphens."
)
_LONGEST_UPDATE_DELAY = 24 * 60 * 60
_MOST_WORKFLOW_STEPS = 25_000


def check_section(raw: Raw, at: Path, report: Report, warn: Report) -> None:
    """Check the fields that one section of the file sets: the top level's (``at`` is empty) or an
    environment's.
    """
    _removed_fields(raw, at, report)
    _name_and_date(raw, at, report)
    _simple_bindings(raw, at, report, warn)
    _durable_objects(raw, at, report)
    _workflows(raw, at, report, warn)
    _exports(raw.get("exports") or {}, (*at, "exports"), report, warn)
    if raw.get("route") is not None and raw.get("routes") is not None:
        report((*at, "routes"), 'set either "route" or "routes"', "Remove one of them.")
    observability = raw.get("observability")
    if observability is not None and not _observes(observability):
        hint = "Add enabled = true or false, here or under logs, traces or issues."
        report((*at, "observability"), '"enabled" is missing', hint)


def check_whole(fields: Raw, at: Path, report: Report, warn: Report) -> None:
    """Check what only the effective fields of an environment can show. ``at`` says where to point."""
    exports: Raw = fields.get("exports") or {}
    durable = {name for name, export in exports.items() if export["type"] == "durable-object"}
    if fields.get("migrations") and durable:
        message = '"migrations" and "exports" both declare the life of Durable Objects'
        report((*at, "exports"), message, "Choose one of them.")
    _lifecycle(fields, exports, at, warn)
    _unique_names(fields, at, report)


def check_python(fields: Raw, at: Path, report: Report) -> None:
    """A Python Worker needs the flag that says so."""
    main = fields.get("main")
    if (
        isinstance(main, str)
        and main.endswith(".py")
        and "python_workers" not in (fields.get("compatibility_flags") or [])
    ):
        report(
            (*at, "compatibility_flags"),
            "the `python_workers` compatibility flag is required to use Python",
            'Add compatibility_flags = ["python_workers"].',
        )


def _removed_fields(raw: Raw, at: Path, report: Report) -> None:
    if "legacy_env" in raw and not at:
        report(
            ("legacy_env",), "no longer supported", "Remove it: each environment is its own Worker anyway."
        )
    if "node_compat" in raw:
        hint = 'Remove it and add the compatibility flag "nodejs_compat".'
        report((*at, "node_compat"), "no longer supported since wrangler 4", hint)


def _name_and_date(raw: Raw, at: Path, report: Report) -> None:
    name = raw.get("name")
    if isinstance(name, str) and _NAME.fullmatch(name) is None:
        message = f"expected lowercase letters, digits, dashes and underscores, got {show(name)}"
        report((*at, "name"), message, None)
    date = raw.get("compatibility_date")
    if date is None:
        return
    path = (*at, "compatibility_date")
    if _DASHES.search(date):
        report(path, "write hyphens (-), not en-dashes or em-dashes", None)
    elif not _is_date(date):
        report(path, f"expected a date, got {show(date)}", 'Write it as "YYYY-MM-DD".')


def _is_date(text: str) -> bool:
    if _DATE.fullmatch(text) is None:
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _simple_bindings(raw: Raw, at: Path, report: Report, warn: Report) -> None:
    for index, namespace in enumerate(raw.get("kv_namespaces") or []):
        if namespace.get("id") == "":
            report(
                (*at, "kv_namespaces", index, "id"), "it is empty", "Leave it out, or put the namespace's id."
            )
    for index, bucket in enumerate(raw.get("r2_buckets") or []):
        for field in ("bucket_name", "preview_bucket_name"):
            if bucket.get(field) is not None and _BUCKET.fullmatch(bucket[field]) is None:
                path = (*at, "r2_buckets", index, field)
                report(path, f"{show(bucket[field])} is no bucket's name", BUCKET_RULE)
    for index, producer in enumerate((raw.get("queues") or {}).get("producers") or []):
        path = (*at, "queues", "producers", index)
        if producer.get("queue") == "":
            report((*path, "queue"), "it is empty", "Put the queue's name.")
        if producer.get("delivery_delay") is not None:
            message = "deprecated, has no effect"
            warn((*path, "delivery_delay"), message, 'Set it on the queue with "wrangler queues update".')


def _durable_objects(raw: Raw, at: Path, report: Report) -> None:
    durable: Raw = raw.get("durable_objects") or {}
    path = (*at, "durable_objects")
    for index, binding in enumerate(durable.get("bindings") or []):
        if "environment" in binding and "script_name" not in binding:
            message = '"script_name" is missing beside "environment"'
            report((*path, "bindings", index), message, "Add the name of the Worker that has the class.")
    delay = (durable.get("code_update_strategy") or {}).get("max_delay")
    if delay is None:
        return
    if not 0 <= delay <= _LONGEST_UPDATE_DELAY:
        message = f"expected 0 to {_LONGEST_UPDATE_DELAY} seconds, got {show(delay)}"
        report((*path, "code_update_strategy", "max_delay"), message, None)
    elif abs(delay * 1000 - round(delay * 1000)) > 1e-6:
        message = f"expected whole milliseconds, got {show(delay)} seconds"
        report((*path, "code_update_strategy", "max_delay"), message, None)


def _workflows(raw: Raw, at: Path, report: Report, warn: Report) -> None:
    seen: set[str] = set()
    for index, workflow in enumerate(raw.get("workflows") or []):
        path = (*at, "workflows", index)
        if workflow["name"] in seen:
            report(
                (*path, "name"),
                f"{show(workflow['name'])} names another workflow too",
                "Names must be unique.",
            )
        seen.add(workflow["name"])
        _workflow(workflow, path, report, warn)


def _workflow(workflow: Raw, path: Path, report: Report, warn: Report) -> None:
    if _WORKFLOW_NAME.fullmatch(workflow["name"]) is None:
        report((*path, "name"), f"{show(workflow['name'])} is no workflow's name", WORKFLOW_RULE)
    schedules = workflow.get("schedules")
    if schedules in ("", []) or (isinstance(schedules, list) and "" in schedules):
        report((*path, "schedules"), "it is empty", "Leave it out, or give a cron expression.")
    steps = (workflow.get("limits") or {}).get("steps")
    if steps is not None and not _is_positive(steps):
        report((*path, "limits", "steps"), f"expected a positive integer, got {show(steps)}", None)
    elif steps is not None and steps > _MOST_WORKFLOW_STEPS:
        message = f"{steps} exceeds the production maximum of 25,000"
        warn((*path, "limits", "steps"), message, "This configuration may not work when deployed.")
    limit = (workflow.get("concurrency") or {}).get("limit")
    if limit is not None and not _is_positive(limit):
        report((*path, "concurrency", "limit"), f"expected a positive integer, got {show(limit)}", None)
    for key, value in (workflow.get("default_retention") or {}).items():
        if value == "" or (not isinstance(value, str) and not _is_positive(value)):
            message = f"expected milliseconds or a duration, got {show(value)}"
            report(
                (*path, "default_retention", key),
                message,
                'Write a positive integer, or a text such as "3 days".',
            )


def _is_positive(number: float) -> bool:
    return float(number).is_integer() and number >= 1


def _exports(exports: Raw, at: Path, report: Report, warn: Report) -> None:
    workflows: dict[str, str] = {}
    for name, export in exports.items():
        path = (*at, name)
        if name == "":
            report(path, "an export needs a name", None)
        renamed_to = export.get("renamed_to")
        if renamed_to is not None and _IDENTIFIER.fullmatch(renamed_to) is None:
            report((*path, "renamed_to"), f"{show(renamed_to)} is no class's name", None)
        elif renamed_to is not None and renamed_to == name:
            report((*path, "renamed_to"), "it is the class's own name", None)
        if export.get("storage") == "legacy-kv" and export.get("container") is not None:
            report((*path, "container"), 'it needs storage = "sqlite"', None)
        for field in ("container", "transferred_to", "transfer_from"):
            if export.get(field) == "":
                report((*path, field), "it is empty", None)
        if export["type"] == "workflow":
            _workflow(export, path, report, warn)
            first = workflows.setdefault(export["name"], name)
            if first != name:
                message = f"{show(export['name'])} names the workflow of {dotted((*at, first))} too"
                report((*path, "name"), message, "Workflow names must be unique.")


def _observes(observability: Raw) -> bool:
    inner = (observability.get(key) or {} for key in ("logs", "traces", "issues"))
    return observability.get("enabled") is not None or any(part.get("enabled") is not None for part in inner)


def _lifecycle(fields: Raw, exports: Raw, at: Path, warn: Report) -> None:
    if fields.get("migrations"):
        return
    bindings = (fields.get("durable_objects") or {}).get("bindings") or []
    live = {
        name
        for name, export in exports.items()
        if export["type"] == "durable-object"
        and export.get("state") in (None, "created", "expecting-transfer")
    }
    missing = [b["class_name"] for b in bindings if not b.get("script_name") and b["class_name"] not in live]
    if missing:
        entries = ", ".join(
            f'"{name}": {{"type": "durable-object", "storage": "sqlite"}}' for name in missing
        )
        warn(
            (*at, "durable_objects"),
            f"no live `exports` entry for {', '.join(missing)}",
            f'This may not work as expected until you add "exports": {{{entries}}}.',
        )


def names(fields: Raw) -> Iterator[tuple[str, Path]]:
    """Every name that the Worker's ``env`` gets, and where it is given."""
    for name in fields.get("vars") or {}:
        yield name, ("vars", name)
    for index, name in enumerate((fields.get("secrets") or {}).get("required") or []):
        yield name, ("secrets", "required", index)
    for field in ("wasm_modules", "text_blobs", "data_blobs"):
        for name in fields.get(field) or {}:
            yield name, (field, name)
    for field, value in fields.items():
        if field in ("migrations", "exports", "previews"):
            continue
        for entry, path in _entries(field, value):
            for key in ("binding", "name"):
                if (
                    isinstance(entry, dict)
                    and isinstance(entry.get(key), str)
                    and (key == "binding" or _named(field))
                ):
                    yield entry[key], (*path, key)
                    break


def _named(field: str) -> bool:
    """Does the field call a binding's name ``name`` rather than ``binding``?"""
    return field in ("durable_objects", "logfwdr", "unsafe", "send_email", "ratelimits")


def _entries(field: str, value: Any) -> Iterator[tuple[Any, Path]]:
    if field == "queues" and isinstance(value, dict):
        yield from _entries("queues", value.get("producers") or [])
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield entry, ("queues", "producers", index) if field == "queues" else (field, index)
    elif isinstance(value, dict) and isinstance(value.get("bindings"), list):
        for index, entry in enumerate(value["bindings"]):
            yield entry, (field, "bindings", index)
    elif isinstance(value, dict):
        yield value, (field,)


def _unique_names(fields: Raw, at: Path, report: Report) -> None:
    first: dict[str, Path] = {}
    for name, path in names(fields):
        if name in first:
            message = f"{show(name)} is the name of {dotted(first[name])} too"
            report(
                (*at, *path),
                message,
                "Bindings must have unique names, so that the Worker can tell them apart.",
            )
        first.setdefault(name, path)

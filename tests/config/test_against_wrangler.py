"""The same files through wrangler's own reader and through ours."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from doris.config import Project, load, source

from .wrangler import SCHEMA, Wrangler

PROJECTS = Path(__file__).parent / "projects"
FILES = [
    ("everything.jsonc", None),
    ("environments.toml", None),
    ("environments.toml", "empty"),
    ("environments.toml", "staging"),
    ("environments.toml", "production"),
    ("toml11.toml", None),
    ("no_environments.json", None),
    ("no_environments.json", "anything"),
    ("assets.jsonc", None),
]
EXAMPLES = sorted(
    (Path(__file__).parent.parent.parent / "examples").rglob("wrangler.*"), key=lambda file: file.as_posix()
)


@pytest.mark.parametrize(("name", "env"), FILES)
def test_same_project(name: str, env: str | None, wrangler: Wrangler) -> None:
    compare(PROJECTS / name, env, wrangler)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.parent.name)
def test_same_example(file: Path, wrangler: Wrangler) -> None:
    compare(file, None, wrangler)


@pytest.mark.parametrize(
    "file",
    [*EXAMPLES, PROJECTS / "everything.jsonc", PROJECTS / "environments.toml"],
    ids=lambda file: file.parent.name,
)
def test_fits_the_schema(file: Path) -> None:
    """Files that we load are also files that an editor finds nothing wrong with."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(source.read(file).value)


def compare(file: Path, env: str | None, wrangler: Wrangler) -> None:
    answer = wrangler.ask("config", file=file, env=env)
    assert answer.error is None
    theirs, project = answer.value, load(file, env)
    assert {name: ours(project, name) for name in COMPARED} == {name: theirs.get(name) for name in COMPARED}
    assert unvalued(project.vars) == theirs["vars"]
    assert list(lost(project)) == re.findall(r'"(\w+)" exists at the top level, but not on', answer.warnings)
    for warning in project.warnings:
        text = re.sub(r"^\S+:\d+:\d+: ", "", warning)
        if text.startswith(("The following", "There is a", '"')):
            assert re.sub(r"\s+", " ", text) in answer.warnings


def lost(project: Project) -> Iterator[str]:
    for warning in project.warnings:
        yield from re.findall(r'"(\w+)" exists at the top level, but not on', warning)


def unvalued(variables: Any) -> Any:
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value
        for name, value in variables.items()
    }


def path(value: Path | None) -> str | None:
    return None if value is None else str(value)


def without_none(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if value not in (None, False)}


COMPARED = [
    *(
        "name",
        "main",
        "compatibility_date",
        "compatibility_flags",
        "kv_namespaces",
        "d1_databases",
        "r2_buckets",
    ),
    *(
        "queues",
        "durable_objects",
        "migrations",
        "exports",
        "services",
        "workflows",
        "ratelimits",
        "triggers",
    ),
    *("version_metadata", "assets", "limits"),
]


def ours(project: Project, name: str) -> Any:
    """The field as wrangler's object has it, made again from the model: nothing may get lost on the way."""
    return REBUILD[name](project)


def plain(entry: Any) -> dict[str, Any]:
    return without_none({name: getattr(entry, name) for name in entry.__slots__})


def d1(project: Project) -> list[dict[str, Any]]:
    found = []
    for database in project.d1_databases:
        entry = plain(database)
        entry.pop("migrations_dir")
        if entry.get("migrations_table") == "d1_migrations":
            del entry["migrations_table"]
        if "migrations_dir_as_written" in entry:
            entry["migrations_dir"] = entry.pop("migrations_dir_as_written")
        found.append(entry)
    return found


def migration(entry: Any) -> dict[str, Any]:
    fields = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in plain(entry).items()
        if value
    }
    for name in ("renamed_classes", "transferred_classes"):
        if name in fields:
            fields[name] = [
                {"from" if key == "source" else key: value for key, value in plain(item).items()}
                for item in fields[name]
            ]
    return fields


def assets(project: Project) -> dict[str, Any] | None:
    if project.assets is None:
        return None
    entry = plain(project.assets)
    defaults = {"html_handling": "auto-trailing-slash", "not_found_handling": "none"}
    entry = {name: value for name, value in entry.items() if defaults.get(name) != value}
    entry["directory"] = project.raw["assets"]["directory"]
    assert project.assets.directory == (project.root / entry["directory"]).resolve()
    if isinstance(entry.get("run_worker_first"), tuple):
        entry["run_worker_first"] = list(entry["run_worker_first"])
    return entry


REBUILD: dict[str, Callable[[Project], Any]] = {
    "name": lambda project: project.name,
    "main": lambda project: path(project.main),
    "compatibility_date": lambda project: project.compatibility_date,
    "compatibility_flags": lambda project: list(project.compatibility_flags),
    "kv_namespaces": lambda project: [plain(entry) for entry in project.kv_namespaces],
    "d1_databases": d1,
    "r2_buckets": lambda project: [plain(entry) for entry in project.r2_buckets],
    "queues": lambda project: {
        "producers": [plain(entry) for entry in project.queues.producers],
        "consumers": [plain(entry) for entry in project.queues.consumers],
    },
    "durable_objects": lambda project: without_none(
        {
            "bindings": [plain(entry) for entry in project.durable_objects],
            "code_update_strategy": project.code_update_strategy and plain(project.code_update_strategy),
        }
    ),
    "migrations": lambda project: [migration(entry) for entry in project.migrations],
    "exports": lambda project: {entry.name: dict(entry.raw) for entry in project.exports},
    "services": lambda project: [plain(entry) for entry in project.services],
    "workflows": lambda project: [dict(entry.raw) for entry in project.workflows],
    "ratelimits": lambda project: [
        {
            "name": entry.name,
            "namespace_id": entry.namespace_id,
            "simple": {"limit": entry.limit, "period": entry.period},
        }
        for entry in project.ratelimits
    ],
    "triggers": lambda project: {"crons": list(project.triggers.crons)} if "triggers" in project.raw else {},
    "version_metadata": lambda project: project.version_metadata and {"binding": project.version_metadata},
    "assets": assets,
    "limits": lambda project: plain(project.limits) or None,
}


# What wrangler refuses, and the fields that its message names; ours names them too.
REFUSED = [
    ('name = "No Capitals"', "name"),
    ("name = 5", "name"),
    ('name = "a"\ncompatibility_date = "tomorrow"', "compatibility_date"),
    ('name = "a"\ncompatibility_date = "2026\N{EN DASH}11\N{EN DASH}01"', "compatibility_date"),
    ('name = "a"\ncompatibility_flags = "python_workers"', "compatibility_flags"),
    ('main = "src/entry.py"', "python_workers"),
    ('[[kv_namespaces]]\nid = "x"', "kv_namespaces[0]"),
    ('[[kv_namespaces]]\nbinding = "KV"\nid = ""', "kv_namespaces[0]"),
    ('[kv_namespaces]\nbinding = "KV"', "kv_namespaces"),
    ("[[d1_databases]]\nbinding = 1", "d1_databases[0]"),
    ('[[d1_databases]]\nbinding = "DB"\ndatabase_id = 5', "d1_databases[0]"),
    ('[[d1_databases]]\nbinding = "DB"\nremote = "yes"', "d1_databases[0]"),
    ('[[r2_buckets]]\nbinding = "R"\nbucket_name = "-"', "r2_buckets[0].bucket_name"),
    ('[[queues.producers]]\nbinding = "Q"\nqueue = ""', "queues.producers[0]"),
    ('[[queues.consumers]]\nqueue = "q"\ntype = "http_pull"', "queues.consumers[0].type"),
    ('[[queues.consumers]]\nqueue = "q"\nmax_retries = "3"', "queues.consumers[0]"),
    ('[durable_objects]\nbindings = [{ name = "A" }]', "durable_objects.bindings[0]"),
    (
        '[durable_objects]\nbindings = [{ name = "A", class_name = "B", environment = "x" }]',
        "durable_objects.bindings[0]",
    ),
    ('[durable_objects.code_update_strategy]\nmode = "later"', "durable_objects.code_update_strategy.mode"),
    (
        '[durable_objects.code_update_strategy]\nmode = "deferred"\nmax_delay = 90000',
        "durable_objects.code_update_strategy.max_delay",
    ),
    (
        '[durable_objects.code_update_strategy]\nmode = "deferred"\nmax_delay = 0.0001',
        "durable_objects.code_update_strategy.max_delay",
    ),
    ('[[migrations]]\nnew_classes = ["A"]', "migrations[0]"),
    ('[[migrations]]\ntag = "v1"\nrenamed_classes = [{ from = "A" }]', "migrations[0].renamed_classes"),
    ('[[migrations]]\ntag = "v1"\n[exports.A]\ntype = "durable-object"\nstorage = "sqlite"', "exports"),
    ('[exports.A]\ntype = "durable-object"', "exports.A"),
    ('[exports.A]\ntype = "thing"', "exports.A.type"),
    ('[exports.A]\ntype = "durable-object"\nstate = "renamed"\nrenamed_to = "A"', "exports.A.renamed_to"),
    ('[exports.A]\ntype = "durable-object"\nstate = "renamed"\nrenamed_to = "b-c"', "exports.A.renamed_to"),
    ('[exports.A]\ntype = "durable-object"\nstate = "deleted"\nstorage = "sqlite"', "exports.A.storage"),
    ('[exports.A]\ntype = "workflow"\nname = "a b"', "exports.A.name"),
    ('[exports]\nA = { type = "workflow", name = "w" }\nB = { type = "workflow", name = "w" }', "exports.A"),
    ('[[services]]\nbinding = "S"', "services[0]"),
    ('[[workflows]]\nbinding = "W"\nname = "a b"\nclass_name = "C"', "workflows[0]"),
    ('[[workflows]]\nbinding = "W"\nname = "a"\nclass_name = "C"\nlimits = { steps = 0 }', "workflows[0]"),
    ('[[workflows]]\nbinding = "W"\nname = "a"\nclass_name = "C"\nschedules = ""', "workflows[0]"),
    (
        '[[workflows]]\nbinding = "W"\nname = "a"\nclass_name = "C"\nconcurrency = { limit = 1.5 }',
        "workflows[0]",
    ),
    (
        '[[workflows]]\nbinding = "W"\nname = "a"\nclass_name = "C"\n'
        "default_retention = { error_retention = -1 }",
        "workflows[0]",
    ),
    (
        '[[workflows]]\nbinding = "V"\nname = "a"\nclass_name = "C"\n'
        '[[workflows]]\nbinding = "W"\nname = "a"\nclass_name = "C"',
        "workflows",
    ),
    ('[[ratelimits]]\nname = "L"\nnamespace_id = "1"\nsimple = { limit = 1, period = 30 }', "ratelimits[0]"),
    ("[version_metadata]", "binding"),
    ("[ai]", "binding"),
    ("[assets]\ndirectory = 1", "assets.directory"),
    ('[assets]\nhtml_handling = "some"', "assets.html_handling"),
    ("[assets]\nrun_worker_first = 1", "assets.run_worker_first"),
    ('[triggers]\ncrons = "* * * * *"', "triggers.crons"),
    ("[limits]\ncpu_ms = 'x'", "limits.cpu_ms"),
    ("[vars]\nDAY = 2026-11-01", "vars.DAY"),
    ("vars = 1", "vars"),
    ('[vars]\nA = "x"\n[[kv_namespaces]]\nbinding = "A"', "A"),
    ('[[kv_namespaces]]\nbinding = "A"\n[[kv_namespaces]]\nbinding = "A"', "A"),
    ("legacy_env = true", "legacy_env"),
    ("node_compat = true", "node_compat"),
    ('route = "a.example/*"\nroutes = ["b.example/*"]', "routes"),
    ("[observability]", "enabled"),
    ("BIG = 1\n[vars]\nA = 9007199254740992", ""),
    ('name = "a"\nname = "b"', ""),
    ("name =", ""),
]


@pytest.mark.parametrize(("text", "field"), REFUSED)
def test_both_refuse(
    text: str, field: str, tmp_path: Path, wrangler: Wrangler, refusal: Callable[..., str]
) -> None:
    message = refusal(text)
    answer = wrangler.ask("config", file=tmp_path / "wrangler.toml")
    assert answer.error is not None
    assert field in message
    if field not in ("python_workers",):
        assert field in answer.error or field.partition("[")[0] in answer.error
    assert re.match(r"wrangler\.toml:\d+:\d+: ", message)


# wrangler lets these pass, with a warning at most; doris does not, because what is misspelt has no effect.
STRICTER = [
    'nmae = "a"',
    '[[d1_database]]\nbinding = "DB"',
    '[[d1_databases]]\nbinding = "DB"\nid = "x"',
    '[[kv_namespaces]]\nbinding = "KV"\ntitle = "x"',
    '[telepathy]\nbinding = "MIND"',
    "[limits]\ncpu = 5",
    '[ai]\nbinding = "AI"\nmodel = "m"',
    '[[ratelimits]]\nname = "A"\nnamespace_id = "1"\nsimple = { limit = 1, period = 10 }\n[vars]\nA = 1',
]


@pytest.mark.parametrize("text", STRICTER)
def test_stricter_than_wrangler(
    text: str, tmp_path: Path, wrangler: Wrangler, refusal: Callable[..., str]
) -> None:
    assert refusal(text)
    assert wrangler.ask("config", file=tmp_path / "wrangler.toml").error is None


def test_unknown_environment(tmp_path: Path, wrangler: Wrangler, refusal: Callable[..., str]) -> None:
    message = refusal('name = "a"\n[env.staging]\n[env.production]\n', "prod")
    assert message == (
        'wrangler.toml:2:2: env: there is no environment "prod"\n'
        '  Did you mean "production"? It has: "staging", "production".'
    )
    answer = wrangler.ask("config", file=tmp_path / "wrangler.toml", env="prod")
    assert 'No environment found in configuration with name "prod"' in (answer.error or "")

"""The table of fields, held against the schema that wrangler ships."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from doris.config import ConfigError, Project
from doris.config.fields import ENVIRONMENT, FILE, INHERITED, NOT_INHERITED
from doris.config.shapes import Anything, Choice, Either, ListOf, MapOf, Shape, Simple, Table

from .wrangler import SCHEMA, Wrangler

DEFINITIONS: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))["definitions"]
TOP = DEFINITIONS["RawConfig"]["properties"]
SECTION = DEFINITIONS["RawEnvironment"]["properties"]

NOT_LOOKED_INTO = {
    "env": "the chosen environment is checked as a section of its own",
    "previews": "settings of deployed previews, which repeat most other fields; nothing uses them",
}
_NAMES = {"string": "a string", "number": "a number", "boolean": "a boolean", "null": "null"}


def canonical_schema(schema: dict[str, Any]) -> Any:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return "any" if name == "Json" else canonical_schema(DEFINITIONS[name])
    if "anyOf" in schema:
        return either(canonical_schema(alternative) for alternative in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return "choice", frozenset(schema.get("enum", [schema.get("const")]))
    match schema.get("type"):
        case None:
            return "any"
        case list() as names:
            return either(_NAMES[name] for name in names)
        case "array":
            return "list", canonical_schema(schema["items"])
        case "object":
            return canonical_object(schema)
        case name:
            return _NAMES[name]


def canonical_object(schema: dict[str, Any]) -> Any:
    members = {name: canonical_schema(member) for name, member in schema.get("properties", {}).items()}
    more = schema.get("additionalProperties", True)
    if not members and more is not False:
        return "map", canonical_schema(more)
    need = frozenset(schema.get("required", []))
    return "table", need, frozenset(members.items()), more is not False


def canonical_shape(shape: Shape) -> Any:
    match shape:
        case Simple(name):
            return name
        case Anything():
            return "any"
        case Choice(values):
            return "choice", frozenset(values)
        case ListOf(item):
            return "list", canonical_shape(item)
        case MapOf(member):
            return "map", canonical_shape(member)
        case Either(shapes):
            return either(canonical_shape(alternative) for alternative in shapes)
        case Table():
            members = {name: canonical_shape(member) for name, member in {**shape.need, **shape.may}.items()}
            return "table", frozenset(shape.need), frozenset(members.items()), shape.open
    raise AssertionError(shape)


def either(alternatives: Any) -> Any:
    """Choices are one choice, nested alternatives are flat, and beside "any" the others do not matter."""
    found: set[Any] = set()
    choices: set[Any] = set()
    for alternative in alternatives:
        if alternative[0] == "choice":
            choices |= alternative[1]
        elif alternative[0] == "either":
            found |= alternative[1]
        else:
            found.add(alternative)
    if choices:
        found.add(("choice", frozenset(choices)))
    if "any" in found:
        return "any"
    return found.pop() if len(found) == 1 else ("either", frozenset(found))


def test_every_top_level_field_is_known() -> None:
    assert set(FILE.members) == set(TOP) - {"env"}


def test_every_field_of_an_environment_is_known() -> None:
    assert set(ENVIRONMENT.members) == set(SECTION)


@pytest.mark.parametrize("field", sorted(set(TOP) - set(NOT_LOOKED_INTO)))
def test_field_holds_what_the_schema_says(field: str) -> None:
    assert canonical_shape(FILE.members[field]) == canonical_schema(TOP[field])


@pytest.mark.parametrize("field", sorted(set(SECTION) - set(NOT_LOOKED_INTO)))
def test_field_of_an_environment_holds_what_the_schema_says(field: str) -> None:
    assert canonical_shape(ENVIRONMENT.members[field]) == canonical_schema(SECTION[field])


SAMPLES = {"compatibility_date": "2026-11-01", "name": "a-name", "bucket_name": "a-bucket", "port": 80}
SAMPLES |= {"preview_bucket_name": "b-bucket", "public_key": "ssh-ed25519 AAAA", "max_delay": 1, "steps": 3}
SAMPLES |= {"main": "entry.js", "head_sampling_rate": 1, "container_engine": "docker"}


def sample(shape: Shape, name: str, *, full: bool) -> Any:
    """A value of the shape; ``full`` has every member that it may have."""
    if name in SAMPLES:
        return SAMPLES[name]
    match shape:
        case Simple("a string"):
            return f"some_{name}".replace("-", "_")
        case Simple("a number"):
            return 7
        case Simple("a boolean"):
            return True
        case Anything():
            return {"any": [1, None]}
        case Choice(values):
            return values[0]
        case ListOf(item):
            return [sample(item, name, full=full)]
        case MapOf(member):
            return {"KEY": sample(member, "key", full=full)}
        case Either(shapes):
            return sample(shapes[0], name, full=full)
        case Table():
            members = {**shape.need, **(shape.may if full else {})}
            return {key: sample(member, key, full=full) for key, member in members.items()}
    raise AssertionError(shape)


def field_sample(field: str, *, full: bool) -> Any:
    """A sample of a top-level field that also keeps wrangler's rules about what goes together."""
    value = sample(FILE.members[field], field, full=full)
    match field:
        case "observability":
            value["enabled"] = True
        case "placement":
            value["mode"] = "smart"
        case "pipelines":
            value[0]["stream"] = "a-stream"
        case "send_email":
            value[0].pop("allowed_destination_addresses", None)
        case "exports":
            value["KEY"].pop("container", None)
    return value


# Fields whose samples need more than the right kinds; each has tests of its own where it matters.
NOT_SAMPLED = {"$schema", "previews", "containers", "rules", "cloudchamber"}
FIELDS = sorted(set(FILE.members) - NOT_SAMPLED)


def write(folder: Path, config: dict[str, Any]) -> Path:
    file = folder / "wrangler.json"
    file.write_text(json.dumps(config), encoding="utf-8")
    return file


@pytest.mark.parametrize("full", [False, True], ids=["least", "full"])
@pytest.mark.parametrize("field", FIELDS)
def test_both_take_every_field(
    field: str, full: bool, tmp_path: Path, wrangler: Wrangler, read: Callable[..., Project]
) -> None:
    config = {"name": "a", field: field_sample(field, full=full)}
    file = write(tmp_path, config)
    answer = wrangler.ask("config", file=file)
    assert answer.error is None
    assert "Unexpected fields" not in answer.warnings
    project = read(file.read_text(), name=file.name)
    assert project.raw[field] == config[field]


@pytest.mark.parametrize("field", sorted({*INHERITED, *NOT_INHERITED} - NOT_SAMPLED))
def test_inherited_or_not_as_in_wrangler(
    field: str, tmp_path: Path, wrangler: Wrangler, read: Callable[..., Project]
) -> None:
    value = field_sample(field, full=True)
    nothing = write(tmp_path, {"name": "a", "env": {"x": {}}})
    default = wrangler.ask("config", file=nothing, env="x").value
    file = write(tmp_path, {"name": "a", "env": {"x": {}}} | {field: value})
    answer = wrangler.ask("config", file=file, env="x")
    assert answer.error is None
    project = read(file.read_text(), "x", file.name)
    if field == "name":
        assert answer.value["name"] == project.name == f"{value}-x"
    else:
        assert (answer.value.get(field) != default.get(field)) == (field in project.raw)
    lost = f'"{field}" exists at the top level, but not on "env.x".'
    assert (lost in answer.warnings) == any(lost in warning for warning in project.warnings)


@pytest.mark.parametrize("field", FIELDS)
def test_a_wrong_kind_is_refused_by_name(field: str, read: Callable[..., Project]) -> None:
    wrong: Any = 5 if not FILE.members[field].fits(5) else "text"
    with pytest.raises(ConfigError) as caught:
        read(
            json.dumps({"name": "a", field: wrong} if field != "name" else {field: wrong}),
            name="wrangler.json",
        )
    assert f"{field}: expected " in str(caught.value)

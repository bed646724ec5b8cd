"""`toml`, `jsonc`, `json`, `ini`: files of settings.

wrangler's go through wrangler's schema and through doris.config.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import jsonschema
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from ..fence import Fence, ReplayError, repository
from ..levels import Level

if TYPE_CHECKING:
    from ..page import Page

WRANGLER = ("wrangler.toml", "wrangler.json", "wrangler.jsonc")


def check_toml(page: Page, fence: Fence) -> Level:
    """A wrangler file, a pyproject.toml, or any TOML."""
    text = whole(page, fence)
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"line (\d+)", str(error))
        line = int(match[1]) if match else len(fence.body.split("\n"))
        raise ReplayError(fence.place_of(line), f"not TOML: {error}") from None
    if file_name(fence) == "pyproject.toml":
        _check_pyproject(fence, value)
    return _finish(page, fence, value)


def check_jsonc(page: Page, fence: Fence) -> Level:
    """A wrangler file, or any JSON with comments."""
    from doris.config import jsonc

    try:
        value, _ = jsonc.parse(whole(page, fence))
    except jsonc.SyntaxProblem as error:
        raise ReplayError(
            fence.place_of(error.location[0]), f"not JSON with comments: {error.message}"
        ) from None
    return _finish(page, fence, value)


def check_json(page: Page, fence: Fence) -> Level:
    """An output that is compared, a wrangler file, or any JSON."""
    from .http import compare_json

    try:
        value = json.loads(whole(page, fence))
    except json.JSONDecodeError as error:
        if "output" not in fence.classes:
            raise ReplayError(fence.place_of(error.lineno), f"not JSON: {error.msg}") from None
        value = None
    if "output" in fence.classes:
        compare_json(page, fence)
        return Level.RAN
    return _finish(page, fence, value)


def check_ini(page: Page, fence: Fence) -> Level:
    """`.dev.vars` and `.env`: doris.config's own reader has to find every line."""
    from doris.config import dotenv

    del page
    found = dotenv.parse(fence.body)
    for number, line in enumerate(fence.body.split("\n"), 1):
        name = line.partition("=")[0].strip().removeprefix("export ").strip()
        if line.strip() and not line.lstrip().startswith("#") and name not in found:
            raise ReplayError(fence.place_of(number), f"`{line.strip()}` sets no variable")
    return Level.VALIDATED


def whole(page: Page, fence: Fence) -> str:
    """The text to check: of an edit, or of an included part, the whole file as it is now."""
    if fence.title and ("data-edit" in fence.attrs or fence.includes):
        file = page.cwd / fence.title
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return fence.body


def file_name(fence: Fence) -> str:
    return PurePosixPath(fence.title or "").name


def _finish(page: Page, fence: Fence, value: Any) -> Level:
    if file_name(fence) in WRANGLER:
        _check_schema(fence, value)
        _check_load(page, fence)
    return Level.VALIDATED


def _check_schema(fence: Fence, value: Any) -> None:
    """wrangler's own schema, as npm's package ships it."""
    found = sorted(
        wrangler_validator().iter_errors(value), key=lambda error: list(map(str, error.absolute_path))
    )
    if found:
        best = jsonschema.exceptions.best_match(found)
        path = ".".join(str(part) for part in best.absolute_path) or "the file"
        key = str(best.absolute_path[-1]) if best.absolute_path else ""
        raise ReplayError(
            fence.place_of(_line_of(fence, key, best.message)), f"wrangler's schema: {path}: {best.message}"
        )


def _line_of(fence: Fence, key: str, message: str) -> int:
    """The line that has the field, or the name in quotes that the message is about."""
    quoted = re.findall(r"'([\w.-]+)'", message)
    for word in [*quoted, key]:
        for number, line in enumerate(fence.body.split("\n"), 1):
            if word and re.search(rf"\b{re.escape(word)}\b", line):
                return number
    return 1


def _check_load(page: Page, fence: Fence) -> None:
    from doris.config import ConfigError, load

    if (fence.title or "").startswith(("examples/", "snippets/")):
        file = repository() / (fence.title or "")
    else:
        file = page.cwd / (fence.title or "")
    try:
        load(file)
    except ConfigError as error:
        match = re.search(rf"{re.escape(file.name)}:(\d+)", str(error))
        raise ReplayError(fence.place_of(int(match[1]) if match else 1), f"doris.config:\n{error}") from None


def _check_pyproject(fence: Fence, value: dict[str, Any]) -> None:
    """The parts of pyproject.toml that everyone writes: what else stands there belongs to other tools."""
    project = value.get("project", {})
    groups = value.get("dependency-groups", {})
    listed = [*project.get("dependencies", []), *(entry for group in groups.values() for entry in group)]
    for entry in listed:
        if not isinstance(entry, str):
            continue
        try:
            Requirement(entry)
        except InvalidRequirement as error:
            raise ReplayError(
                fence.place_of(_line_of(fence, entry, "")), f"pyproject.toml: {error}"
            ) from None
    try:
        SpecifierSet(project.get("requires-python", ""))
    except InvalidSpecifier as error:
        raise ReplayError(
            fence.place_of(_line_of(fence, "requires-python", "")), f"pyproject.toml: {error}"
        ) from None
    if project and "name" not in project:
        raise ReplayError(fence.place, "pyproject.toml: [project] has no name")


@cache
def wrangler_validator() -> jsonschema.protocols.Validator:
    """The validator of the schema in npm's `wrangler`.

    Fields that it does not know are errors, as for wrangler's warnings.
    """
    file = repository() / "node_modules" / "wrangler" / "config-schema.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)

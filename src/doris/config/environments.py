"""Named environments: what ``[env.NAME]`` takes from the top level, and what it does not.

Most people learn the hard way that bindings and ``vars`` are not inherited, so wrangler warns. The warnings below are
wrangler's own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from doris.config.fields import INHERITED, NOT_INHERITED

Raw = dict[str, Any]


def effective(top: Raw, section: Raw, name: str) -> Raw:
    """The fields that hold in environment ``name``, whose section is ``section``."""
    fields = {key: value for key, value in section.items() if value is not None}
    for key in INHERITED:
        if key not in fields and top.get(key) is not None:
            fields[key] = f"{top[key]}-{name}" if key == "name" else top[key]
    return fields


def undefined(top: Raw, name: str) -> Raw:
    """The fields when no environment is defined at all: the top level's, under the name the environment would have."""
    return {**top, "name": f"{top['name']}-{name}"} if top.get("name") else top


def warnings(top: Raw, section: Raw, name: str) -> Iterator[tuple[str, str]]:
    """For each field that is set at the top level and lost in the environment: the field, and wrangler's warning."""
    for field in NOT_INHERITED:
        if top.get(field) is None:
            continue
        if section.get(field) is None:
            yield (
                field,
                f'"{field}" exists at the top level, but not on "env.{name}".\n'
                f'This is not what you probably want, since "{field}" is not inherited by environments.\n'
                f'Please add "{field}" to "env.{name}".',
            )
        elif field in ("vars", "define"):
            yield from _missing_names(field, top[field], section[field], name)
        else:
            yield from _missing_bindings(field, top[field], section[field], name)


def _missing_names(field: str, top: Any, section: Any, name: str) -> Iterator[tuple[str, str]]:
    missing = [key for key in top if key not in section]
    if missing and field == "vars":
        yield (
            field,
            f'The following vars exist at the top level, but not on "env.{name}.vars".\n'
            'This is probably not what you want, since "vars" configuration is not inherited by environments.\n'
            f'Please add these vars to "env.{name}.vars":\n' + "\n".join(f"- {key}" for key in missing),
        )
    elif missing:
        yield (
            field,
            f'The following define entries exist at the top level, but not on "env.{name}.define".\n'
            'This is probably not what you want, since "define" configuration is not inherited by environments.\n'
            f'Please add these entries to "env.{name}.define":\n' + "\n".join(f"- {key}" for key in missing),
        )


def _missing_bindings(field: str, top: Any, section: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(top, list) and isinstance(section, list):
        here = [entry.get("binding") for entry in section]
        for binding in (entry.get("binding") for entry in top):
            if binding is not None and binding not in here:
                yield (
                    field,
                    f'There is a {field} binding with name "{binding}" at the top level, but not on "env.{name}".\n'
                    f'This is not what you probably want, since "{field}" configuration is not inherited by environments.\n'
                    f'Please add a binding for "{binding}" to "env.{name}.{field}.bindings".',
                )
    elif isinstance(top, dict) and top.get("bindings"):
        here = [entry["name"] for entry in section.get("bindings") or []]
        missing = [entry["name"] for entry in top["bindings"] if entry["name"] not in here]
        if missing:
            yield (
                field,
                f'The following bindings are at the top level, but not on "env.{name}".\n'
                f'This is not what you probably want, since "{field}" configuration is not inherited by environments.\n'
                f'Please add a binding for each to "env.{name}.{field}.bindings":\n'
                + "\n".join(f"- {key}" for key in missing),
            )

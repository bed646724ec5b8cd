"""Named environments: what ``[env.NAME]`` takes from the top level, and what it does not.

Most people learn the hard way that bindings and ``vars`` are not inherited, so wrangler warns. The warnings
below are wrangler's own words.
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
    """The fields when no environment is defined at all: the top level's, under the name the environment would
    have.
    """
    return {**top, "name": f"{top['name']}-{name}"} if top.get("name") else top


def warnings(top: Raw, section: Raw, name: str) -> Iterator[tuple[str, str]]:
    """For each field that is set at the top level and lost in the environment: the field, and wrangler's
    warning.
    """
    for field in NOT_INHERITED:
        here, above = section.get(field), top.get(field)
        if above is None:
            continue
        if here is None:
            yield (
                field,
                f'"{field}" exists at the top level, but not on "env.{name}".\n'
                f'This is not what you probably want, since "{field}" is not inherited by environments.\n'
                f'Please add "{field}" to "env.{name}".',
            )
            continue
        for message in _partly_lost(field, above, here, f"env.{name}"):
            yield field, message


def _partly_lost(field: str, top: Any, section: Any, environment: str) -> Iterator[str]:
    lost = f'since "{field}" configuration is not inherited by environments.'
    unwanted = f"This is not what you probably want, {lost}"
    if field in ("vars", "define"):
        missing = [key for key in top if key not in section]
        what = "vars" if field == "vars" else "define entries"
        if missing:
            yield (
                f'The following {what} exist at the top level, but not on "{environment}.{field}".\n'
                f"This is probably not what you want, {lost}\n"
                f'Please add these {what.split()[-1]} to "{environment}.{field}":\n{_listed(missing)}'
            )
    elif isinstance(top, list):
        here = [entry.get("binding") for entry in section]
        for binding in (entry.get("binding") for entry in top):
            if binding is not None and binding not in here:
                yield (
                    f'There is a {field} binding with name "{binding}" at the top level, '
                    f'but not on "{environment}".\n{unwanted}\n'
                    f'Please add a binding for "{binding}" to "{environment}.{field}.bindings".'
                )
    elif top.get("bindings"):
        here = [entry["name"] for entry in section.get("bindings") or []]
        missing = [entry["name"] for entry in top["bindings"] if entry["name"] not in here]
        if missing:
            yield (
                f'The following bindings are at the top level, but not on "{environment}".\n{unwanted}\n'
                f'Please add a binding for each to "{environment}.{field}.bindings":\n{_listed(missing)}'
            )


def _listed(names: list[str]) -> str:
    return "\n".join(f"- {name}" for name in names)

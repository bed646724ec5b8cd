"""Local secrets: ``.dev.vars``, or failing that ``.env`` files, read as wrangler reads them.

wrangler hands both to the npm packages dotenv and dotenv-expand, whose rules have surprises: only double
quotes understand ``\\n``, no quote can be escaped away, and an unquoted ``#`` begins a comment anywhere.
``.dev.vars`` takes ``$NAME`` literally, ``.env`` replaces it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from doris.config.source import read_text

_LINE = re.compile(
    r"""
    ^\s*(?:export\s+)?
    (?P<name>[A-Za-z0-9_.-]+)
    (?:\s*=\s*?|:\s+?)
    (?P<value>\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^\#\r\n]+)?
    \s*(?:\#.*)?$
    """,
    re.MULTILINE | re.VERBOSE,
)
_QUOTED = re.compile(r"^(['\"`])(.*)\1$", re.MULTILINE | re.DOTALL)
_REFERENCE = re.compile(r"(?<!\\)\$\{([^{}]+)\}|(?<!\\)\$([A-Za-z_][A-Za-z0-9_]*)")
_OPERATOR = re.compile(r":\+|\+|:-|-")


def parse(text: str) -> dict[str, str]:
    """The names and values of a file; lines that are no assignment are passed over, the last of two wins."""
    found: dict[str, str] = {}
    for match in _LINE.finditer(re.sub(r"\r\n?", "\n", text)):
        value = (match["value"] or "").strip()
        quote = value[:1]
        value = _QUOTED.sub(r"\2", value)
        if quote == '"':
            value = value.replace("\\n", "\n").replace("\\r", "\r")
        found[match["name"]] = value
    return found


def expand(parsed: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    """Replace ``$NAME``, ``${NAME}``, ``${NAME:-default}`` and ``${NAME:+other}``; ``environ`` wins over the
    files.
    """
    expanded: dict[str, str] = {}
    for name, value in parsed.items():
        override = environ.get(name)
        result = override if override else _replace(value, environ, expanded)
        expanded[name] = result.replace("\\$", "$")
    return {**environ, **expanded}


def _replace(value: str, environ: Mapping[str, str], expanded: Mapping[str, str]) -> str:
    known = {**expanded, **environ}
    seen: set[str] = set()
    while (match := _REFERENCE.search(value)) is not None:
        seen.add(value)
        expression = match[1] or match[2]
        operator = _OPERATOR.search(expression)
        name = expression[: operator.start()] if operator else expression
        default = expression[operator.end() :] if operator else ""
        if operator and operator.group().endswith("+"):
            substitute = default if known.get(name) else ""
        else:
            current = known.get(name)
            substitute = current if current and current not in seen else default
        value = value.replace(match[0], substitute, 1)
        if value == expanded.get(name):
            break
    return value


def local_secrets(root: Path, environment: str | None, *, with_process: bool) -> dict[str, str] | None:
    """What ``wrangler dev`` would load for a project in ``root``; ``None`` when there is no file to load.

    ``.dev.vars.ENVIRONMENT``, else ``.dev.vars``; only without either the ``.env`` files, later over earlier:
    ``.env``, ``.env.local``, ``.env.ENVIRONMENT``, ``.env.ENVIRONMENT.local``. ``with_process`` (or the
    variable CLOUDFLARE_INCLUDE_PROCESS_ENV) adds the variables of this process;
    CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV=false leaves ``.env`` alone. Raises
    :class:`doris.config.ConfigError` for a file that is not UTF-8.
    """
    dev_vars = [root / f".dev.vars.{environment}"] if environment else []
    for file in (*dev_vars, root / ".dev.vars"):
        if file.is_file():
            return parse(read_text(file))
    if not _switch("CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV", default=True):
        return None
    parsed: dict[str, str] = {}
    for file in _env_files(root, environment):
        if file.is_file():
            parsed.update(parse(read_text(file)))
    process = (
        dict(os.environ) if with_process or _switch("CLOUDFLARE_INCLUDE_PROCESS_ENV", default=False) else {}
    )
    return expand(parsed, process)


def _env_files(root: Path, environment: str | None) -> Iterable[Path]:
    names = [".env", ".env.local"]
    if environment:
        names += [f".env.{environment}", f".env.{environment}.local"]
    return [root / name for name in names]


def _switch(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").lower()
    return default if value not in ("true", "false") else value == "true"

"""Reading a project: one wrangler file, for one environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from doris.config import build, dotenv, environments, rules, source
from doris.config.errors import ConfigError, Location, Problem
from doris.config.fields import ENVIRONMENT, FILE
from doris.config.model import Project
from doris.config.shapes import MapOf, Shape, Table, did_you_mean, dotted

Raw = dict[str, Any]


def load(path: str | Path, env: str | None = None) -> Project:
    """Read the wrangler file at ``path`` (the file, or the folder it is in).

    ``env`` chooses one of the file's environments; ``None`` takes the one that the variable CLOUDFLARE_ENV
    names, or the top level; an empty text always the top level.

    Raises :class:`~doris.config.ConfigError` with everything that is wrong: a missing or malformed file, a
    field or binding type that wrangler does not know, a value of the wrong kind, an environment that is not
    there. Of the environments only the chosen one is checked, as wrangler does it.
    """
    document = source.read(source.resolve(path))
    environment = (os.environ.get("CLOUDFLARE_ENV") if env is None else env) or None
    return _Loader(document).project(environment)


def find_project(start: str | Path = ".") -> Path | None:
    """The nearest wrangler file with a Worker in it, in ``start`` or a folder above; ``None`` when there is
    none.

    Files of static assets only (no ``main``) are passed over, and so are those that cannot be read: whoever
    loads one hears of it then.
    """
    folder = Path(start).absolute()
    for place in (folder, *folder.parents):
        file = source.find_in(place)
        if file is not None and _has_worker(file):
            return file
    return None


def read_by_wrangler(folder: str | Path) -> Path | None:
    """The file that wrangler reads when it is run in ``folder``.

    It looks for each name in all folders above before it looks for the next, so that a ``wrangler.jsonc`` far
    above wins over a ``wrangler.toml`` that is right here.
    """
    place = Path(folder).absolute()
    for name in source.FILE_NAMES:
        for candidate in (place, *place.parents):
            if (candidate / name).is_file():
                return candidate / name
    return None


def locate(project: Project, *field: str | int) -> Location | None:
    """Line and column of a field in the project's file, in its environment's section if it is there."""
    document = source.read(project.file)
    section = ("env", project.environment or "", *field)
    return document.locations.get(section) or document.locations.get(field)


def _has_worker(file: Path) -> bool:
    try:
        value = source.read(file).value
    except ConfigError:
        return True
    return isinstance(value.get("main"), str) or "assets" not in value


class _Loader:
    def __init__(self, document: source.Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def project(self, environment: str | None) -> Project:
        file, top = self.document.file, dict(self.document.value)
        sections = top.pop("env", None) or {}
        MapOf(Table(open=True)).check(sections, ("env",), self.report)
        self.check_section(FILE, top, ())
        self.stop_if_wrong()
        fields: Raw = top
        at: tuple[str, ...] = ()
        if environment is not None:
            fields, at = self.choose(top, sections, environment)
        self.check_whole(top, fields, at)
        self.stop_if_wrong()
        secrets = self.secrets(fields, environment)
        warnings = tuple(map(str, self.warnings))
        return build.project(file, fields, environment, secrets=secrets, warnings=warnings)

    def choose(self, top: Raw, sections: Raw, name: str) -> tuple[Raw, tuple[str, ...]]:
        """The fields of the environment, and where its section stands."""
        section = sections.get(name)
        if section is None:
            hint = f'Add an "env.{name}" section.'
            if sections:
                known = ", ".join(f'"{known}"' for known in sections)
                hint = f"{did_you_mean(name, sections) or ''} It has: {known}.".strip()
                self.report(("env",), f'there is no environment "{name}"', hint)
                self.stop_if_wrong()
            self.warn(("env",), f'there is no environment "{name}"; the top level is used', hint)
            return environments.undefined(top, name), ()
        at = ("env", name)
        self.check_section(ENVIRONMENT, section, at)
        self.stop_if_wrong()
        for field, message in environments.warnings(top, section, name):
            self.warn((*at, field), message, None, named=False)
        return environments.effective(top, section, name), at

    def check_section(self, shape: Shape, raw: Raw, at: tuple[str, ...]) -> None:
        known = {key: value for key, value in raw.items() if key not in ("legacy_env", "node_compat")}
        before = len(self.problems)
        shape.check(known, at, self.report)
        if len(self.problems) == before:  # the rules rely on the kinds
            rules.check_section(raw, at, self.report, self.warn)

    def check_whole(self, top: Raw, fields: Raw, at: tuple[str, ...]) -> None:
        rules.check_whole(fields, at, self.report, self.warn)
        if fields is not top:
            rules.check_whole(top, (), self.report, self.ignore)
        rules.check_python(fields, at, self.report)

    def secrets(self, fields: Raw, environment: str | None) -> dict[str, str]:
        declared = fields.get("secrets")
        loaded = dotenv.local_secrets(
            self.document.file.parent, environment, with_process=declared is not None
        )
        if declared is None:
            return loaded or {}
        required = declared.get("required") or []
        missing = [name for name in required if name not in (loaded or {})]
        if missing:
            message = f"missing required secrets: {', '.join(missing)}"
            self.warn(("secrets",), message, "Add them to .dev.vars, .env, or set as environment variables.")
        wanted = {*required, *(fields.get("vars") or {})}
        return {name: value for name, value in (loaded or {}).items() if name in wanted}

    def report(self, path: tuple[str | int, ...], message: str, hint: str | None) -> None:
        self._note(self.problems, path, message, hint, named=True)

    def warn(
        self, path: tuple[str | int, ...], message: str, hint: str | None, *, named: bool = True
    ) -> None:
        self._note(self.warnings, path, message, hint, named=named)

    def ignore(self, path: tuple[str | int, ...], message: str, hint: str | None) -> None:
        """Takes the warnings about the top level when an environment is used."""

    def _note(
        self,
        notes: list[Problem],
        path: tuple[str | int, ...],
        message: str,
        hint: str | None,
        *,
        named: bool,
    ) -> None:
        field = dotted(path) if named else None
        location = self.document.locate(path)
        notes.append(Problem(self.document.file, message, field or None, location, hint))

    def stop_if_wrong(self) -> None:
        if self.problems:
            raise ConfigError(sorted(set(self.problems), key=lambda problem: problem.location or (0, 0)))

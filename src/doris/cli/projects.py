"""Which project a command is about."""

from __future__ import annotations

import sys
from pathlib import Path

from doris.config import ConfigError, D1Database, Project, find_project, load
from doris.errors import UserError


def open_project(folder: str | None, environment: str | None, *, warn: bool = True) -> Project:
    """The project of ``folder`` or, without one, of the current folder or the nearest above it that has a
    Worker.

    Warnings go to the error stream. Raises :class:`doris.config.ConfigError`.
    """
    project = load(_place(folder), environment)
    if warn:
        for warning in project.warnings:
            print(f"warning: {warning}", file=sys.stderr)
    return project


def _place(folder: str | None) -> Path:
    if folder is not None:
        return Path(folder)
    found = find_project()
    if found is None:
        hint = "Go to the folder of your Worker, or name it. A first project: doris new"
        message = "no wrangler.jsonc or wrangler.toml with a Worker here, nor in any folder above"
        raise ConfigError.of(Path.cwd(), message, hint=hint)
    return found


def find_database(project: Project, name: str) -> D1Database:
    """The D1 database that ``name`` means. Raises :class:`UserError` that lists the known ones."""
    database = project.d1_database(name)
    if database is not None:
        return database
    known = ", ".join(
        f"{db.binding} ({db.database_name})" if db.database_name else db.binding
        for db in project.d1_databases
    )
    hint = f"It has: {known}." if known else "Add an entry to d1_databases."
    message = f"Couldn't find a D1 DB with the name or binding '{name}' in your {project.file.name} file."
    raise UserError(f"{message}\n  {hint}")

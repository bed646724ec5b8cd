"""``doris d1``: look after the local D1 databases of a project."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from doris import migrations, state
from doris.cli import table
from doris.cli.projects import find_database, open_project
from doris.config import D1Database, Project
from doris.errors import UserError
from doris.sql import Database, SqlError

_LARGEST_EXACT = 2**53
_SQLITE_MAGIC = b"SQLite format 3\0"


def apply_migrations(options: argparse.Namespace) -> int:
    """``doris d1 migrations apply``."""
    project, database = _target(options)
    _check_folder(project, database)
    with _opened(project, database, options.persist_to) as sql:
        waiting = migrations.unapplied(sql, database)
        if not waiting:
            print("No migrations to apply!")
            return 0
        rows = [{"name": migration.name, "status": "not run"} for migration in waiting]
        try:
            for row, migration in zip(rows, waiting, strict=True):
                row["status"] = "failed"
                migrations.apply(sql, database, migration)
                row["status"] = "applied"
        finally:
            _print_table(rows)
    return 0


def list_migrations(options: argparse.Namespace) -> int:
    """``doris d1 migrations list``."""
    project, database = _target(options)
    _check_folder(project, database)
    with _opened(project, database, options.persist_to) as sql:
        waiting = migrations.unapplied(sql, database)
    if not waiting:
        print("No migrations to apply!")
        return 0
    print("Migrations to be applied:")
    _print_table([{"name": migration.name} for migration in waiting])
    return 0


def execute(options: argparse.Namespace) -> int:
    """``doris d1 execute``."""
    try:
        results = _execute(options)
    except (UserError, SqlError) as error:
        if not options.json:
            raise
        print(json.dumps({"error": {"text": str(error)}}, indent=2))
        return 1
    if options.json:
        print(json.dumps(results, indent=2, ensure_ascii=False))
        return 0
    for result in results:
        if result["results"]:
            _print_table(result["results"])
    print(f"{len(results)} command{'' if len(results) == 1 else 's'} executed successfully.")
    return 0


def _execute(options: argparse.Namespace) -> list[dict[str, Any]]:
    text = options.command if options.file is None else _read(Path(options.file))
    project, database = _target(options)
    statements = list(migrations.statements(migrations.without_transaction(text)))
    if not statements:
        raise UserError("No SQL statements detected.")
    results: list[dict[str, Any]] = []
    statement = statements[0]
    try:
        with _opened(project, database, options.persist_to) as sql, sql.transaction():
            for statement in statements:
                results.append(_run(sql, statement.text))
    except SqlError as error:
        if options.file is None:
            raise
        raise UserError(f"{options.file}:{statement.line}: {error}\n  Nothing of it was done.") from error
    return results


def _run(sql: Database, statement: str) -> dict[str, Any]:
    begin = time.perf_counter()
    result = sql.run(statement)
    rows = [
        {name: _cell(value) for name, value in zip(result.columns, row, strict=True)} for row in result.rows
    ]
    duration = round((time.perf_counter() - begin) * 1000, 2)
    return {"results": rows, "success": True, "meta": {"duration": duration}}


def _cell(value: Any) -> Any:
    """As wrangler shows it: a BLOB as the list of its bytes, a whole number without a point."""
    if isinstance(value, bytes | bytearray | memoryview):
        return f"[{', '.join(map(str, bytes(value)))}]"
    if isinstance(value, int) and abs(value) > _LARGEST_EXACT:
        value = float(value)  # D1 hands integers over as JavaScript's numbers
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _read(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError:
        raise UserError(
            f'Unable to read SQL text file "{file}". Please check the file path and try again.'
        ) from None
    if data.startswith(_SQLITE_MAGIC):
        raise UserError(f"{file} is a SQLite database, not text\n  Export it as SQL text first.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{file}: this is not UTF-8\n  Save the file as UTF-8.") from None


def _target(options: argparse.Namespace) -> tuple[Project, D1Database]:
    project = open_project(options.cwd, options.env, warn=False)
    return project, find_database(project, options.database)


def _check_folder(project: Project, database: D1Database) -> None:
    folder = database.migrations_dir
    if folder.is_dir():
        return
    hint = "Put a first migration there, for example 0001_first.sql"
    if database.migrations_dir_as_written is None:
        hint += f", or set migrations_dir in {project.file.name}"
    raise UserError(f"No migrations present at {folder}.\n  {hint}.")


def _print_table(rows: Sequence[dict[str, Any]]) -> None:
    shown = [{name: "null" if value is None else value for name, value in row.items()} for row in rows]
    print(table.render(shown, sys.stdout.encoding))


def _opened(project: Project, database: D1Database, persist_to: str | None) -> closing[Database]:
    """The file that ``doris dev`` uses too, open for the length of a ``with`` block."""
    return closing(Database(state.d1_file(project, database, persist_to)))

"""D1 migrations, as ``wrangler d1 migrations`` runs them.

Each ``.sql`` file of the database's migrations folder is applied once, in the order of the numbers that the
names begin with. One file is one transaction, together with the row that remembers it in the table
``d1_migrations``: a file that fails leaves the database as it was, and the later ones are not run.

Order, names, the table and the text that is run (the file, and below it the INSERT of its name) are those of
wrangler 4.164.
"""

from __future__ import annotations

import os.path
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from doris.config import D1Database
from doris.errors import UserError
from doris.sql import Database, SqlError, split

_TRANSACTION = "BEGIN TRANSACTION"


class MigrationError(UserError):
    """A migration that cannot be found, read or applied; the text names the file and the way out."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One migration file. ``name`` is what the bookkeeping table holds: the path below the migrations
    folder.
    """

    name: str
    file: Path


class Statement(NamedTuple):
    """One statement of a file: the line it begins on, and its text without the semicolon."""

    line: int
    text: str


def find(database: D1Database) -> list[Migration]:
    """The migration files of a database in the order in which they are applied; none when there is no folder.

    Raises :class:`MigrationError` when ``migrations_pattern`` does not fit ``migrations_dir``.
    """
    folder = database.migrations_dir
    pattern = _pattern(database)
    names = sorted((name for name in _files(folder, "") if pattern.fullmatch(name)), key=_order)
    return [Migration(name, folder / name) for name in names]


def unapplied(sql: Database, database: D1Database) -> list[Migration]:
    """The migrations of ``database`` that ``sql`` has not seen. Makes the bookkeeping table when it is
    missing.

    Raises :class:`MigrationError`, and :class:`doris.sql.SqlError` when the table cannot be made or read.
    """
    table = _quoted(database.migrations_table)
    sql.execute(
        f"CREATE TABLE IF NOT EXISTS {table}(\n"
        "\t\tid         INTEGER PRIMARY KEY AUTOINCREMENT,\n"
        "\t\tname       TEXT UNIQUE,\n"
        "\t\tapplied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL\n"
        ")"
    )
    applied = {name for (name,) in sql.execute(f"SELECT name FROM {table} ORDER BY id")}
    return [migration for migration in find(database) if migration.name not in applied]


def apply(sql: Database, database: D1Database, migration: Migration) -> None:
    """Run one migration and remember it, both or neither. Raises :class:`MigrationError`."""
    text = _read(migration)
    name = migration.name.replace("'", "''")
    remember = f"INSERT INTO {_quoted(database.migrations_table)} (name)\nvalues ('{name}')"
    statement = Statement(1, "")
    try:
        with sql.transaction():
            for statement in statements(f"{text}\n{remember};"):
                sql.run(statement.text)
    except SqlError as error:
        hint = f"Nothing of {migration.name} was kept, and no later migration was run."
        if statement.text != remember and statement.text.endswith(remember):
            hint += " Does its last statement end with a semicolon?"
        raise MigrationError(f"{_shown(migration.file)}:{statement.line}: {error}\n  {hint}") from error


def statements(text: str) -> Iterator[Statement]:
    """The statements of a text as D1 takes them."""
    end = 0
    for part in split(text):
        start = text.index(part.text, end)
        end = start + len(part.text)
        line = text.count("\n", 0, end - len(part.text.lstrip())) + 1
        yield Statement(line, part.text.strip().removesuffix(";"))


def apply_all(sql: Database, database: D1Database) -> list[Migration]:
    """Apply what is unapplied, one after the other, and return it.

    It stops at the first that fails: those before it stay, it and those after it leave no trace. A database
    without any migration file is not touched. Raises :class:`MigrationError`.
    """
    waiting = unapplied(sql, database) if find(database) else []
    for migration in waiting:
        apply(sql, database, migration)
    return waiting


def _read(migration: Migration) -> str:
    try:
        text = migration.file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise MigrationError(f"{_shown(migration.file)}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise MigrationError(
            f"{_shown(migration.file)}: this is not UTF-8\n  Save the file as UTF-8."
        ) from None
    try:
        return without_transaction(text)
    except UserError as error:
        raise MigrationError(f"{_shown(migration.file)}: {error}") from None


def without_transaction(text: str) -> str:
    """The text without the ``BEGIN TRANSACTION;`` and ``COMMIT;`` around it: D1 runs SQL in a transaction by
    itself.

    Raises :class:`doris.errors.UserError` when there is more than one, as wrangler does.
    """
    if _TRANSACTION not in text:
        return text
    text = text.replace("BEGIN TRANSACTION;", "", 1).replace("COMMIT;", "", 1)
    if _TRANSACTION in text:
        raise UserError(
            "it holds several transactions\n"
            "  D1 runs your SQL in one transaction: take BEGIN TRANSACTION and COMMIT out."
        )
    return text


def _shown(file: Path) -> str:
    relative = os.path.relpath(file)
    return str(file) if relative.startswith("..") else Path(relative).as_posix()


def _quoted(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def _files(folder: Path, prefix: str) -> Iterator[str]:
    """Paths of all files below the folder; hidden ones and what hidden folders hold are left out."""
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _files(entry, f"{prefix}{entry.name}/")
        elif entry.is_file():
            yield prefix + entry.name


def _order(name: str) -> list[tuple[float, str]]:
    """Sort key: part by part of the path, the leading number first, names without a number last."""
    numbers = (re.match(r"\s*[+-]?\d+", part.split("_")[0]) for part in name.split("/"))
    return [
        (int(number.group()) if number else float("inf"), part)
        for number, part in zip(numbers, name.split("/"), strict=True)
    ]


def _pattern(database: D1Database) -> re.Pattern[str]:
    """What the names of migration files look like: ``*.sql``, unless ``migrations_pattern`` says
    otherwise.
    """
    if database.migrations_pattern is None:
        return _glob("*.sql")
    pattern = posixpath.normpath(database.migrations_pattern.replace("\\", "/"))
    folder = posixpath.normpath((database.migrations_dir_as_written or "").replace("\\", "/"))
    if database.migrations_dir_as_written is None:
        raise MigrationError(
            f'd1_databases "{database.binding}": migrations_pattern needs migrations_dir\n'
            '  Add migrations_dir = "migrations", and begin migrations_pattern with it.'
        )
    if folder == ".":
        return _glob(pattern)
    if not pattern.startswith(f"{folder}/"):
        raise MigrationError(
            f'd1_databases "{database.binding}": migrations_pattern "{database.migrations_pattern}" '
            f'must start with "{folder}/"\n  For example "{folder}/*.sql".'
        )
    return _glob(pattern[len(folder) + 1 :])


def _glob(pattern: str) -> re.Pattern[str]:
    """``*``, ``?``, ``[…]``, ``{a,b}`` and ``**`` between slashes, as minimatch has them; its ``+(…)`` are
    not supported.
    """
    return re.compile("|".join(_translate(alternative) for alternative in _braces(pattern)))


def _braces(pattern: str) -> list[str]:
    match = re.search(r"\{([^{}]*,[^{}]*)\}", pattern)
    if match is None:
        return [pattern]
    head, tail = pattern[: match.start()], pattern[match.end() :]
    return [text for choice in match[1].split(",") for text in _braces(head + choice + tail)]


def _translate(pattern: str) -> str:
    parts = pattern.split("/")
    text = ""
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "**":
            text += ".*" if last else "(?:[^/]+/)*"
            continue
        for token in re.findall(r"\*+|\?|\[[^\]]+\]|.", part):
            if token[0] == "*":
                text += "[^/]*"
            elif token == "?":
                text += "[^/]"
            elif token[0] == "[" and len(token) > 1:
                text += "[^" + token[2:] if token[1] in "!^" else token
            else:
                text += re.escape(token)
        text += "" if last else "/"
    return text

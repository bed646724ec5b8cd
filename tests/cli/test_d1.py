from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from doris.sql import Database

from .conftest import Ended


@pytest.fixture(autouse=True)
def _migrations(project: Path) -> None:
    (project / "migrations").mkdir()
    (project / "migrations" / "0001_notes.sql").write_text(
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, title);\n"
    )


@pytest.fixture
def state(project: Path) -> Path:
    return project / ".doris" / "state" / "v1" / "d1" / "DB.sqlite"


def test_list_and_apply(doris: Callable[..., Ended], state: Path) -> None:
    assert doris("d1", "migrations", "list", "DB") == Ended(
        0,
        "Migrations to be applied:\n"
        "┌────────────────┐\n"
        "│ name           │\n"
        "├────────────────┤\n"
        "│ 0001_notes.sql │\n"
        "└────────────────┘\n",
        "",
    )
    assert doris("d1", "migrations", "apply", "notes") == Ended(
        0,
        "┌────────────────┬─────────┐\n"
        "│ name           │ status  │\n"
        "├────────────────┼─────────┤\n"
        "│ 0001_notes.sql │ applied │\n"
        "└────────────────┴─────────┘\n",
        "",
    )
    for command in ("apply", "list"):
        assert doris("d1", "migrations", command, "DB") == Ended(0, "No migrations to apply!\n", "")
    assert state.is_file()


def test_apply_that_fails(doris: Callable[..., Ended], project: Path) -> None:
    (project / "migrations" / "0002_bad.sql").write_text(
        "CREATE TABLE tags (name);\nINSERT INTO note VALUES (1);"
    )
    (project / "migrations" / "0003_more.sql").write_text("CREATE TABLE more (name);")
    assert doris("d1", "migrations", "apply", "DB") == Ended(
        1,
        "┌────────────────┬─────────┐\n"
        "│ name           │ status  │\n"
        "├────────────────┼─────────┤\n"
        "│ 0001_notes.sql │ applied │\n"
        "│ 0002_bad.sql   │ failed  │\n"
        "│ 0003_more.sql  │ not run │\n"
        "└────────────────┴─────────┘\n",
        "error: migrations/0002_bad.sql:2: no such table: note: SQLITE_ERROR\n"
        "  Nothing of 0002_bad.sql was kept, and no later migration was run.\n",
    )
    ended = doris(
        "d1", "execute", "DB", "--json", "--command", "SELECT name FROM pragma_table_list() ORDER BY name"
    )
    names = [row["name"] for row in json.loads(ended.output)[0]["results"]]
    assert [name for name in names if not name.startswith("sqlite_")] == ["d1_migrations", "notes"]


def test_execute(doris: Callable[..., Ended]) -> None:
    sql = "SELECT 1.0 AS whole, 1.5 AS half, x'0102' AS blob, NULL AS none, 'a' AS text; SELECT 1 WHERE 0;"
    assert doris("d1", "execute", "DB", "--command", sql) == Ended(
        0,
        "┌───────┬──────┬────────┬──────┬──────┐\n"
        "│ whole │ half │ blob   │ none │ text │\n"
        "├───────┼──────┼────────┼──────┼──────┤\n"
        "│ 1     │ 1.5  │ [1, 2] │ null │ a    │\n"
        "└───────┴──────┴────────┴──────┴──────┘\n"
        "2 commands executed successfully.\n",
        "",
    )


def test_execute_json(doris: Callable[..., Ended]) -> None:
    ended = doris("d1", "execute", "DB", "--json", "--command", "SELECT 9007199254740993 AS big, 'é' AS text")
    (result,) = json.loads(ended.output)
    assert result["meta"].pop("duration") >= 0
    assert result == {"results": [{"big": 9007199254740992, "text": "é"}], "success": True, "meta": {}}


def test_execute_file(doris: Callable[..., Ended], project: Path) -> None:
    (project / "seed.sql").write_text("CREATE TABLE a (x);\nINSERT INTO a VALUES (1);\n")
    assert doris("d1", "execute", "DB", "--file", "seed.sql").output == "2 commands executed successfully.\n"


def test_execute_file_that_fails(doris: Callable[..., Ended], project: Path) -> None:
    (project / "seed.sql").write_text("CREATE TABLE a (x);\n\n-- here\nINSERT INTO b VALUES (1);\n")
    assert doris("d1", "execute", "DB", "--file", "seed.sql") == Ended(
        1, "", "error: seed.sql:3: no such table: b: SQLITE_ERROR\n  Nothing of it was done.\n"
    )
    assert doris("d1", "execute", "DB", "--command", "SELECT * FROM a").status == 1


def test_execute_is_all_or_nothing(doris: Callable[..., Ended]) -> None:
    ended = doris("d1", "execute", "DB", "--command", "CREATE TABLE a (x); SELECT * FROM nope")
    assert ended == Ended(1, "", "error: no such table: nope: SQLITE_ERROR\n")
    assert doris("d1", "execute", "DB", "--command", "CREATE TABLE a (x)").status == 0


def test_execute_json_tells_errors_in_json(doris: Callable[..., Ended]) -> None:
    ended = doris("d1", "execute", "DB", "--json", "--command", "selec")
    assert (ended.status, ended.errors) == (1, "")
    assert json.loads(ended.output) == {
        "error": {"text": 'near "selec": syntax error at offset 0: SQLITE_ERROR'}
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--command", "-- nothing"], "No SQL statements detected."),
        (
            ["--file", "no.sql"],
            'Unable to read SQL text file "no.sql". Please check the file path and try again.',
        ),
        (["--file", "latin.sql"], "latin.sql: this is not UTF-8\n  Save the file as UTF-8."),
        (
            ["--file", "data.sqlite"],
            "data.sqlite is a SQLite database, not text\n  Export it as SQL text first.",
        ),
        (
            ["--command", "BEGIN TRANSACTION; BEGIN TRANSACTION"],
            "it holds several transactions\n"
            "  D1 runs your SQL in one transaction: take BEGIN TRANSACTION and COMMIT out.",
        ),
    ],
)
def test_execute_nothing_useful(
    arguments: list[str], message: str, doris: Callable[..., Ended], project: Path
) -> None:
    (project / "latin.sql").write_bytes(b"SELECT '\xe9'")
    (project / "data.sqlite").write_bytes(b"SQLite format 3\0....")
    assert doris("d1", "execute", "DB", *arguments) == Ended(1, "", f"error: {message}\n")


def test_same_state_while_it_is_open(doris: Callable[..., Ended], state: Path) -> None:
    doris("d1", "migrations", "apply", "DB")
    running = Database(state)
    try:
        running.execute("INSERT INTO notes (title) VALUES ('from the Worker')")
        ended = doris("d1", "execute", "DB", "--command", "INSERT INTO notes (title) VALUES ('from outside')")
        assert ended.status == 0
        titles = running.execute("SELECT title FROM notes ORDER BY id")
    finally:
        running.close()
    assert titles == [("from the Worker",), ("from outside",)]


def test_other_folders(doris: Callable[..., Ended], project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.parent)
    arguments = ["notes", "--cwd", "project", "--persist-to", "kept"]
    assert doris("d1", "migrations", "apply", *arguments).status == 0
    assert (project.parent / "kept" / "v1" / "d1" / "DB.sqlite").is_file()
    assert doris("d1", "migrations", "list", *arguments).output == "No migrations to apply!\n"
    assert not (project / ".doris").exists()


def test_unknown_database(doris: Callable[..., Ended], project: Path) -> None:
    start = "error: Couldn't find a D1 DB with the name or binding 'NOPE' in your wrangler.toml file.\n"
    assert doris("d1", "migrations", "list", "NOPE") == Ended(1, "", f"{start}  It has: DB (notes).\n")
    (project / "wrangler.toml").write_text('name = "a"\n[[d1_databases]]\nbinding = "X"\n')
    assert doris("d1", "migrations", "list", "NOPE") == Ended(1, "", f"{start}  It has: X.\n")
    (project / "wrangler.toml").write_text('name = "a"\n')
    assert doris("d1", "migrations", "list", "NOPE") == Ended(
        1, "", f"{start}  Add an entry to d1_databases.\n"
    )


def test_no_migrations_folder(doris: Callable[..., Ended], project: Path) -> None:
    (project / "migrations").rename(project / "elsewhere")
    assert doris("d1", "migrations", "apply", "DB") == Ended(
        1,
        "",
        f"error: No migrations present at {project}/migrations.\n"
        "  Put a first migration there, for example 0001_first.sql, "
        "or set migrations_dir in wrangler.toml.\n",
    )
    with (project / "wrangler.toml").open("a") as file:
        file.write('migrations_dir = "sql"\n')
    assert doris("d1", "migrations", "list", "DB").errors == (
        f"error: No migrations present at {project}/sql.\n"
        "  Put a first migration there, for example 0001_first.sql.\n"
    )


def test_a_file_that_is_no_database(doris: Callable[..., Ended], state: Path) -> None:
    state.parent.mkdir(parents=True)
    state.write_text("this is no database, whatever its name says. " * 50)
    ended = doris("d1", "execute", "DB", "--command", "SELECT 1")
    assert ended.status == 1
    assert ended.errors == (
        f"error: {state}: cannot be used as a database: file is not a database: SQLITE_NOTADB\n"
        "  Move it away, or keep the state in another folder (--persist-to).\n"
    )
    assert state.read_text().startswith("this is no database")


def test_a_folder_that_cannot_be_made(doris: Callable[..., Ended], project: Path) -> None:
    (project / ".doris").write_text("a file")
    ended = doris("d1", "execute", "DB", "--command", "SELECT 1")
    assert ended.errors.startswith(
        f"error: {project}/.doris/state/v1/d1/DB.sqlite: cannot be used as a database: "
    )

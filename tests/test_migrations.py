from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doris import migrations
from doris.config import D1Database
from doris.errors import UserError
from doris.migrations import Migration, MigrationError, apply_all, find, unapplied
from doris.sql import Database, split
from tests.config.wrangler import Wrangler


@pytest.fixture
def sql() -> Iterator[Database]:
    database = Database(now=lambda: 0)
    yield database
    database.close()


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., D1Database]:
    """Writes migration files, and gives the database that they belong to."""
    monkeypatch.chdir(tmp_path)

    def files(contents: dict[str, str], **options: Any) -> D1Database:
        folder = tmp_path / options.pop("folder", "migrations")
        for name, text in contents.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        return D1Database(binding="DB", migrations_dir=folder, **options)

    return files


def tables(sql: Database) -> list[Any]:
    return [
        name for (name,) in sql.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    ]


def applied(sql: Database) -> list[Any]:
    return [name for (name,) in sql.execute("SELECT name FROM d1_migrations ORDER BY id")]


def failure(sql: Database, database: D1Database) -> str:
    with pytest.raises(MigrationError) as caught:
        apply_all(sql, database)
    return str(caught.value)


def test_each_file_once_in_order(sql: Database, files: Callable[..., D1Database]) -> None:
    database = files({"0002_b.sql": "INSERT INTO a VALUES (1);", "0001_a.sql": "CREATE TABLE a (x);"})
    assert [migration.name for migration in apply_all(sql, database)] == ["0001_a.sql", "0002_b.sql"]
    assert apply_all(sql, database) == []
    assert sql.execute("SELECT * FROM a") == [(1,)]
    assert sql.execute("SELECT * FROM d1_migrations") == [
        (1, "0001_a.sql", "1970-01-01 00:00:00"),
        (2, "0002_b.sql", "1970-01-01 00:00:00"),
    ]


def test_a_new_file_is_applied_later(sql: Database, files: Callable[..., D1Database]) -> None:
    apply_all(sql, files({"0002_a.sql": "CREATE TABLE a (x);"}))
    database = files({"0001_b.sql": "CREATE TABLE b (x);"})
    assert [migration.name for migration in unapplied(sql, database)] == ["0001_b.sql"]
    apply_all(sql, database)
    assert applied(sql) == ["0002_a.sql", "0001_b.sql"]


def test_order_is_that_of_the_numbers(files: Callable[..., D1Database]) -> None:
    names = [
        "2_b.sql",
        "10_a.sql",
        "0001_z.sql",
        "b.sql",
        "a.sql",
        "2_a.sql",
        "-1_x.sql",
        "03.sql",
        "3x_y.sql",
    ]
    found = [migration.name for migration in find(files(dict.fromkeys(names, "")))]
    expected = [
        "-1_x.sql",
        "0001_z.sql",
        "2_a.sql",
        "2_b.sql",
        "03.sql",
        "3x_y.sql",
        "10_a.sql",
        "a.sql",
        "b.sql",
    ]
    assert found == expected


def test_only_sql_files_of_the_folder_itself(files: Callable[..., D1Database]) -> None:
    database = files(
        dict.fromkeys(["1.sql", "README.md", ".2.sql", "deeper/3.sql", ".hidden/4.sql", "5.SQL"], "")
    )
    assert [migration.name for migration in find(database)] == ["1.sql"]


def test_no_folder_means_nothing_to_do(sql: Database, tmp_path: Path) -> None:
    assert apply_all(sql, D1Database(binding="DB", migrations_dir=tmp_path / "no")) == []
    assert tables(sql) == []


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("migrations/*/migration.sql", ["1_a/migration.sql", "2_b/migration.sql"]),
        ("migrations/**/*.sql", ["0001_first.sql", "1_a/migration.sql", "1_a/undo.sql", "2_b/migration.sql"]),
        ("./migrations/**", ["0001_first.sql", "1_a/migration.sql", "1_a/undo.sql", "2_b/migration.sql"]),
        ("migrations\\{1_a,2_b}\\m*.sql", ["1_a/migration.sql", "2_b/migration.sql"]),
        ("migrations/[12]_?/[!u]*.sql", ["1_a/migration.sql", "2_b/migration.sql"]),
        ("migrations/0001_f+rst.sql", []),
    ],
)
def test_pattern(pattern: str, names: list[str], files: Callable[..., D1Database]) -> None:
    contents = dict.fromkeys(["1_a/migration.sql", "1_a/undo.sql", "2_b/migration.sql", "0001_first.sql"], "")
    database = files(contents, migrations_pattern=pattern, migrations_dir_as_written="./migrations/")
    assert [migration.name for migration in find(database)] == names


def test_pattern_at_the_top(files: Callable[..., D1Database], tmp_path: Path) -> None:
    database = files({"1.sql": ""}, folder=".", migrations_pattern="*.sql", migrations_dir_as_written=".")
    assert find(database) == [Migration("1.sql", tmp_path / "1.sql")]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"migrations_pattern": "sql/*.sql"},
            'd1_databases "DB": migrations_pattern needs migrations_dir\n'
            '  Add migrations_dir = "migrations", and begin migrations_pattern with it.',
        ),
        (
            {"migrations_pattern": "sql/*.sql", "migrations_dir_as_written": "migrations"},
            'd1_databases "DB": migrations_pattern "sql/*.sql" must start with "migrations/"\n'
            '  For example "migrations/*.sql".',
        ),
    ],
)
def test_pattern_that_does_not_fit(
    options: dict[str, str], message: str, sql: Database, files: Callable[..., D1Database]
) -> None:
    assert failure(sql, files({}, **options)) == message


def test_failing_half_way_leaves_no_trace(sql: Database, files: Callable[..., D1Database]) -> None:
    database = files(
        {
            "0001_notes.sql": "CREATE TABLE notes (title);\n",
            "0002_colours.sql": "ALTER TABLE notes ADD COLUMN colour;\n\n-- wrong\nUPDATE note SET x = 1;\n",
            "0003_tags.sql": "CREATE TABLE tags (name);",
        }
    )
    assert failure(sql, database) == (
        "migrations/0002_colours.sql:3: no such table: note: SQLITE_ERROR\n"
        "  Nothing of 0002_colours.sql was kept, and no later migration was run."
    )
    assert tables(sql) == ["d1_migrations", "notes", "sqlite_sequence"]
    assert applied(sql) == ["0001_notes.sql"]
    assert sql.execute("SELECT name FROM pragma_table_info('notes')") == [("title",)]
    database = files({"0002_colours.sql": "ALTER TABLE notes ADD COLUMN colour TEXT;"})
    assert [migration.name for migration in apply_all(sql, database)] == ["0002_colours.sql", "0003_tags.sql"]


def test_last_statement_without_semicolon(sql: Database, files: Callable[..., D1Database]) -> None:
    """As with wrangler, which writes the INSERT of the bookkeeping row below the file."""
    assert failure(sql, files({"1.sql": "CREATE TABLE a (x);\nSELECT 1"})) == (
        'migrations/1.sql:2: near "INSERT": syntax error at offset 9: SQLITE_ERROR\n'
        "  Nothing of 1.sql was kept, and no later migration was run. "
        "Does its last statement end with a semicolon?"
    )
    assert "a" not in tables(sql)


def test_trigger_and_comments(sql: Database, files: Callable[..., D1Database]) -> None:
    text = """
    /* two tables; one trigger */
    CREATE TABLE a (x); CREATE TABLE log (x, "semi;colon", y DEFAULT ';');
    CREATE TRIGGER t AFTER INSERT ON a BEGIN
      INSERT INTO log (x) VALUES (new.x); -- a comment; with a semicolon
      INSERT INTO log (x) VALUES (CASE WHEN new.x THEN 1 ELSE 2 END);
    END;
    INSERT INTO a VALUES ('it''s; one');
    -- the end
    """
    apply_all(sql, files({"1.sql": text}))
    assert sql.execute("SELECT x FROM log") == [("it's; one",), (2,)]


def test_a_file_of_comments_only(sql: Database, files: Callable[..., D1Database]) -> None:
    apply_all(sql, files({"1.sql": "-- Migration number: 0001\n", "2.sql": ""}))
    assert applied(sql) == ["1.sql", "2.sql"]


def test_a_transaction_of_its_own_is_taken_out(sql: Database, files: Callable[..., D1Database]) -> None:
    apply_all(sql, files({"1.sql": "BEGIN TRANSACTION;\nCREATE TABLE a (x);\nCOMMIT;\n"}))
    assert "a" in tables(sql)


def test_two_transactions_are_refused(sql: Database, files: Callable[..., D1Database]) -> None:
    text = "BEGIN TRANSACTION;\nCOMMIT;\nBEGIN TRANSACTION;\nCOMMIT;\n"
    assert failure(sql, files({"1.sql": text})) == (
        "migrations/1.sql: it holds several transactions\n"
        "  D1 runs your SQL in one transaction: take BEGIN TRANSACTION and COMMIT out."
    )
    with pytest.raises(UserError):
        migrations.without_transaction(text)


def test_a_quote_in_a_name(sql: Database, files: Callable[..., D1Database]) -> None:
    database = files({"1_it's.sql": "CREATE TABLE a (x);"}, migrations_table='the "history"')
    apply_all(sql, database)
    assert sql.execute('SELECT name FROM "the ""history"""') == [("1_it's.sql",)]
    assert unapplied(sql, database) == []


def test_table_is_wrangler_s(sql: Database, files: Callable[..., D1Database]) -> None:
    unapplied(sql, files({}))
    ((text,),) = sql.execute("SELECT sql FROM sqlite_schema WHERE name = 'd1_migrations'")
    assert re.sub(r"\s+", " ", str(text)) == (
        'CREATE TABLE "d1_migrations"( id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, '
        "applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL )"
    )


def test_not_utf8(sql: Database, files: Callable[..., D1Database], tmp_path: Path) -> None:
    database = files({"1.sql": ""})
    (tmp_path / "migrations" / "1.sql").write_bytes(b"SELECT '\xff';")
    assert failure(sql, database) == "migrations/1.sql: this is not UTF-8\n  Save the file as UTF-8."


def test_unreadable(sql: Database, files: Callable[..., D1Database], monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    database = files({"1.sql": ""})
    monkeypatch.setattr(Path, "read_bytes", denied)
    assert failure(sql, database) == "migrations/1.sql: cannot be read: Permission denied"


def test_files_elsewhere_are_named_in_full(
    sql: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "1.sql").write_text("nonsense;")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert failure(sql, D1Database(binding="DB", migrations_dir=tmp_path)).startswith(
        f"{tmp_path}/1.sql:1: near"
    )


@pytest.fixture(scope="module")
def wrangler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wrangler]:
    process = Wrangler(tmp_path_factory.mktemp("wrangler"))
    yield process
    process.close()


COMMENTS = ("-- c;\n", "/* ; */")
TOKENS = (
    *("CREATE", "TEMP", "TRIGGER", "TABLE", "BEGIN", "END", "end", "CASE", "WHEN", ";", ";", "; ", "EXPLAIN"),
    *(
        "'a;b'",
        '"x;y"',
        "`q;`",
        "[z;]",
        "'it''s'",
        "\n",
        "QUERY",
        "PLAN",
        "SELECT 1",
        "x.END",
        "ON t",
        "INSERT",
    ),
    *COMMENTS,
)


def bare(statements: list[str]) -> list[str]:
    """Without comments and the last semicolon: wrangler keeps some where SQLite would not look at them."""
    comment = "|".join(map(re.escape, COMMENTS)) + "|-- c;$"
    found = [
        re.sub(r"\s+", " ", re.sub(comment, " ", text)).strip().removesuffix(";").strip()
        for text in statements
    ]
    return [text for text in found if text.strip("; ")]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=14).map(" ".join))
def test_statements_end_where_wrangler_ends_them(wrangler: Wrangler, sql: str) -> None:
    assert bare([statement.text for statement in split(sql)]) == bare(wrangler.ask("split", sql=sql).value)

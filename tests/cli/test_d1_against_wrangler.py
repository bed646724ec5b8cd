"""The same migrations and SQL with ``wrangler d1``, whose local database is the reference runtime's."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.reference.node import find_node

from .conftest import Ended

pytestmark = pytest.mark.reference
HERE = Path(__file__).parent
WRANGLER = HERE.parent.parent / "node_modules" / "wrangler" / "bin" / "wrangler.js"

MIGRATIONS = {
    "0002_second.sql": "INSERT INTO notes (title) VALUES ('it''s; here');\n-- the end",
    "0001_first.sql": """
        CREATE TABLE notes (id INTEGER PRIMARY KEY, title TEXT, at TEXT DEFAULT 'noon'); /* ; */
        CREATE TABLE log (line);
        CREATE TRIGGER remember AFTER INSERT ON notes BEGIN
          INSERT INTO log VALUES (CASE WHEN new.id > 1 THEN 'more; ' ELSE 'first' END);
        END;
    """,
    "10_bad.sql": "INSERT INTO notes (title) VALUES ('gone');\n\nINSERT INTO nots (title) VALUES ('x');\n",
    "11_after.sql": "DROP TABLE notes;",
}
QUESTION = (
    "SELECT name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*' "
    "ORDER BY name; "
    "SELECT id, name FROM d1_migrations; SELECT * FROM notes; SELECT * FROM log; "
    "SELECT 1.0 AS whole, 1.5 AS half, 9007199254740993 AS big, x'00ff' AS bytes, NULL AS none, 'é' AS text;"
)


@pytest.fixture
def wrangler(project: Path, tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Runs a command of wrangler in the project: its exit status and what it printed, without colours."""
    environment = {
        "HOME": str(tmp_path),
        "USERPROFILE": str(tmp_path),
        "PATH": os.environ["PATH"],
        "CI": "true",
    }
    environment |= {"WRANGLER_SEND_METRICS": "false", "NO_COLOR": "1", "FORCE_COLOR": "0"}
    environment |= {"NODE_OPTIONS": f"--import={(HERE / 'offline.mjs').as_uri()}"}

    def wrangler(*arguments: str) -> tuple[int, str]:
        command = [find_node(), WRANGLER, *arguments]
        ended = subprocess.run(
            command, cwd=project, env=environment, capture_output=True, check=False, timeout=120
        )
        output = re.sub(r"\x1b\[[0-9;]*m", "", (ended.stdout + ended.stderr).decode())
        return ended.returncode, output

    return wrangler


def answers(text: str) -> Any:
    found = json.loads(text)
    for result in found:
        result["meta"].pop("duration")
    return found


def test_migrations(
    project: Path, doris: Callable[..., Ended], wrangler: Callable[..., tuple[int, str]]
) -> None:
    (project / "migrations").mkdir()
    for name, text in MIGRATIONS.items():
        (project / "migrations" / name).write_text(text)
    status, output = wrangler("d1", "migrations", "apply", "notes", "--local")
    ours = doris("d1", "migrations", "apply", "notes")
    assert status == ours.status == 1
    reason = re.search(r"10_bad\.sql:3: (.*)", ours.errors)
    assert reason is not None
    assert reason[1] in output
    theirs = wrangler("d1", "execute", "notes", "--local", "--json", "--command", QUESTION)[1]
    assert answers(doris("d1", "execute", "notes", "--json", "--command", QUESTION).output) == answers(theirs)
    waiting = wrangler("d1", "migrations", "list", "notes", "--local")[1]
    listed = doris("d1", "migrations", "list", "notes").output
    assert (
        re.findall(r"\S+\.sql", listed) == re.findall(r"\S+\.sql", waiting) == ["10_bad.sql", "11_after.sql"]
    )

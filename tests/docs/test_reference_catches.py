"""The replay on the reference runtime compares: a page that shows something else than workerd says fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.replay.lexer import lex
from tests.docs.replay.page import Page
from tests.docs.replay.reference.engine import ReferenceEngine, statements

PAGE = """
```jsonc title="wrangler.jsonc"
{
  "name": "counter",
  "main": "src/entry.py",
  "compatibility_date": "2026-11-01",
  "compatibility_flags": ["python_workers"],
  "d1_databases": [{ "binding": "DB", "database_name": "counter" }]
}
```

```sql title="migrations/0001_visits.sql"
CREATE TABLE visits (name TEXT);
INSERT INTO visits VALUES ('first; visit');
```

```python title="src/entry.py"
from workers import Response, WorkerEntrypoint


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        return Response("one\\n")
```

```console
$ doris d1 migrations apply DB
$ doris dev
Ready on http://127.0.0.1:8787
```

```console
$ curl http://127.0.0.1:8787/
one
```

```{ .python title="src/entry.py" data-edit="merge" }
class Default(WorkerEntrypoint):
    async def fetch(self, request):
        return Response("two\\n")
```

```console
$ curl http://127.0.0.1:8787/
%s
```

```pycon
>>> import doris, sys
>>> sys.platform
'emscripten'
>>> worker = await doris.open(".")
>>> (await worker.env.DB.prepare("SELECT name, ? + 1 AS n FROM visits").bind(1).all()).results
[{'name': 'first; visit', 'n': %s}]
>>> await worker.env.DB.prepare("SELECT nope").all()
Traceback (most recent call last):
pyodide.ffi.JsException: Error: D1_ERROR: no such column: nope at offset 7: SQLITE_ERROR
```
"""


@pytest.mark.replay_reference
@pytest.mark.parametrize(
    ("answer", "value", "message"),
    [
        ("two", "2", None),
        ("one", "2", "expected (-) against got (+):\n    - one\n    + two"),
        ("two", "2.0", "'n': 2.0}]\n    + [{'name': 'first; visit', 'n': 2}]"),
    ],
)
def test_answers_are_compared(tmp_path: Path, answer: str, value: str, message: str | None) -> None:
    page = Page(
        "docs/page.md", lex(PAGE % (answer, value), "docs/page.md"), tmp_path, ReferenceEngine()
    ).run()
    assert (message or "") in str(page.broken or "")
    assert (page.broken is None) == (message is None)


def test_statements_of_a_migration() -> None:
    sql = "CREATE TABLE t (a TEXT DEFAULT ';');\n-- a; comment\nINSERT INTO t VALUES ('x;y');\n"
    assert statements(sql) == [
        "CREATE TABLE t (a TEXT DEFAULT ';');",
        "-- a; comment\nINSERT INTO t VALUES ('x;y');",
    ]

"""The replay catches mistakes on pages that run a Worker: answers, the database, the server's own output."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

Failure = Callable[[str], str]
Levels = Callable[[str], list[str]]

PROJECT = """
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
CREATE TABLE visits (name TEXT NOT NULL);
```

```console
$ doris d1 migrations apply DB | tail -0
```

```python title="src/entry.py"
from workers import Response, WorkerEntrypoint


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        name = request.url.rpartition("/")[2]
        await self.env.DB.prepare("INSERT INTO visits VALUES (?)").bind(name).run()
        count = await self.env.DB.prepare("SELECT count(*) AS n FROM visits").first("n")
        return Response.json({"name": name, "count": count}, headers={"x-count": str(count)})
```

```console
$ doris dev
Ready on http://127.0.0.1:8787
```

```console
$ curl http://127.0.0.1:8787/ada
{"name": "ada", "count": 1}
```
"""
HOLDS = ["validated", "ran", "ran", "ran", "ran", "ran"]


def test_everything_about_a_worker(levels: Levels) -> None:
    text = f"""{PROJECT}
```http
HTTP/1.1 200 OK
Content-Type: application/json
X-Count: 1

{{"name": "ada",
 "count": 1}}
```

```http
GET /bob HTTP/1.1
Accept: */*
```

```{{ .json .output }}
{{"name": "bob", "count": 2}}
```

```sql
DELETE FROM visits WHERE name = 'bob';
```

```{{ .js data-answers }}
export default {{
  async fetch(request, env) {{
    const name = new URL(request.url).pathname.slice(1);
    await env.DB.prepare("INSERT INTO visits VALUES (?)").bind(name).run();
    const count = await env.DB.prepare("SELECT count(*) AS n FROM visits").first("n");
    return Response.json({{ name, count }});
  }},
}};
```

```{{ .python title="src/entry.py" data-edit="merge" }}
class Default(WorkerEntrypoint):
    async def fetch(self, request):
        print("asked for", request.url)
        return Response("changed\\n")
```

```console
$ curl http://127.0.0.1:8787/eve
changed
```

```{{ .text data-output="doris dev" }}
GET /ada 200 OK (... ms)
GET /bob 200 OK (... ms)
Reloaded: src/entry.py changed
asked for http://127.0.0.1:8787/eve
GET /eve 200 OK (... ms)
```

```pycon
>>> import doris
>>> async with doris.open(".") as worker:
...     response = await worker.fetch("/zoe")
...     print(response.status, await response.text())
asked for http://...zoe
200 changed
<BLANKLINE>
```

```console
^C
$ echo ended
ended
```
"""
    text = text.replace("<BLANKLINE>\n", "")
    more = ["ran", "ran", "ran", "ran", "ran", "ran", "ran", "ran", "ran", "ran"]
    assert levels(text) == HOLDS + more


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (
            "```http\nHTTP/1.1 200 OK\ncontent-type: application/json\nx-count: 2\n\n{}\n```",
            "    - x-count: 2\n    + x-count: 1",
        ),
        ("```http\nHTTP/1.1 200 OK\ncontent-type: application/json\n\n{}\n```", "    + x-count: 1"),
        (
            "```http\nHTTP/1.1 201 Created\nx-count: 1\n\n{}\n```",
            "    - HTTP/1.1 201 Created\n    + HTTP/1.1 200 OK",
        ),
        ('```{ .json .output }\n{"name": "ada", "count": 7}\n```', '    -   "count": 7\n    +   "count": 1'),
        ("```http\nGET /x HTTP/1.1\n```", "a request whose answer the page does not show"),
        ("```sql\nSELECT nope FROM visits\n```", "D1 refuses it:\n"),
        ('```{ .text data-output="doris dev" }\nGET /ada 404 Not Found\n```', "what `doris dev` printed"),
        (
            '```{ .js data-answers }\nexport default { fetch: () => Response.json({ name: "ada" }) };\n```',
            "asked again: $ curl http://127.0.0.1:8787/ada (docs/page.md:",
        ),
        (
            '```{ .python title="src/entry.py" data-edit="append" }\ndef unused():\n    return 1\n```',
            "1 executable line(s) of src/entry.py never ran on this page:\n    line 2: return 1",
        ),
        ('```console\n$ curl http://127.0.0.1:8787/bob\n{"name": "bob", "count": 1}\n```', '"count": 2}'),
    ],
)
def test_a_mistake(failure: Failure, block: str, message: str) -> None:
    assert message in failure(f"{PROJECT}\n{block}\n")


def test_a_worker_that_does_not_start(failure: Failure) -> None:
    text = re.sub("class Default.*?```", "class Default(Worker): ...\n```", PROJECT, flags=re.DOTALL)
    told = failure(text)
    assert "docs/page.md:28: $ doris dev\ndoes not get ready:\nerror: " in told
    assert "NameError: name 'Worker' is not defined" in told


def test_a_server_has_to_be_the_last_command_of_its_block(failure: Failure) -> None:
    assert "`doris dev` goes on: it is the last of its block" in failure(
        "```console\n$ doris dev\n$ ls\n```\n"
    )


def test_an_interrupt_with_nothing_to_interrupt(failure: Failure) -> None:
    assert failure("```console\n^C\n$ ls\n```\n") == "docs/page.md:2: ^C, and nothing runs"


def test_a_line_that_ran_before_a_reload_counts_for_the_version_that_had_it(levels: Levels) -> None:
    text = f"""{PROJECT}
```{{ .python title="src/entry.py" data-edit="merge" }}
class Default(WorkerEntrypoint):
    async def fetch(self, request):
        return Response("second\\n")
```

```console
$ curl http://127.0.0.1:8787/
second
```
"""
    assert levels(text) == [*HOLDS, "ran", "ran"]


def test_the_second_version_has_to_run_too(failure: Failure) -> None:
    text = f"""{PROJECT}
```{{ .python title="src/entry.py" data-edit="merge" }}
class Default(WorkerEntrypoint):
    async def fetch(self, request):
        return Response("second\\n")
```
"""
    assert 'line 3: return Response("second\\n")' in failure(text)

"""`doris.open`."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import doris
from tests.projects import make_project, worker_source


async def test_a_folder_or_a_file_awaited_or_entered(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    async with doris.open(folder) as worker:
        assert await (await worker.fetch("/")).text() == "hello"
    worker = await doris.open(str(folder / "wrangler.jsonc"))
    assert await (await worker.fetch("/")).text() == "hello"
    await worker.close()
    assert not {name.partition(".")[0] for name in sys.modules} & {"entry", "js", "pyodide"}


async def test_an_environment_can_be_chosen(tmp_path: Path) -> None:
    source = worker_source("return Response(self.env.WHERE)")
    folder = make_project(
        tmp_path, source, vars={"WHERE": "top"}, env={"staging": {"vars": {"WHERE": "staging"}}}
    )
    async with doris.open(folder, env="staging") as worker:
        assert await (await worker.fetch("/")).text() == "staging"


async def test_state_can_be_kept(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "project", kv_namespaces=[{"binding": "KV", "id": "kv"}])
    async with doris.open(folder, persist_to=tmp_path / "state") as worker:
        await worker.env.KV.put("k", "kept")
    async with doris.open(folder, persist_to=tmp_path / "state") as worker:
        assert await worker.env.KV.get("k") == "kept"
    async with doris.open(folder) as worker:
        assert await worker.env.KV.get("k") is None


async def test_writes_to_one_object_can_be_limited(tmp_path: Path) -> None:
    source = worker_source(
        """
        for attempt in range(3):
            try:
                await self.env.BUCKET.put("k", "v")
            except Exception as error:
                return Response(str(error))
            if attempt == 0:
                await asyncio.sleep(1)
        """,
        before="import asyncio",
    )
    folder = make_project(tmp_path, source, r2_buckets=[{"binding": "BUCKET", "bucket_name": "files"}])
    async with doris.open(folder, r2_write_limit=True) as worker:
        assert await (await worker.fetch("/")).text() == (
            "Error: put: Reduce your concurrent request rate for the same object. (10058)"
        )


async def test_a_binding_that_only_exists_remotely_takes_a_fake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Model:
        async def run(self, model: str, question: dict[str, str]) -> dict[str, str]:
            return {"response": f"{model} says {question['prompt']}"}

    source = worker_source(
        """
        answer = await self.env.AI.run("llama", {"prompt": "hi"})
        return Response(answer["response"])
        """
    )
    folder = make_project(tmp_path, source, ai={"binding": "AI"})
    async with doris.open(folder, bindings={"AI": Model()}) as worker:
        assert await (await worker.fetch("/")).text() == "llama says hi"
    async with doris.open(folder) as worker:
        assert (await worker.fetch("/")).status == 500
    assert "Give a replacement: doris.open(…, bindings={'AI': …})" in capsys.readouterr().err


async def test_in_memory_the_migrations_are_applied(tmp_path: Path) -> None:
    folder = make_project(
        tmp_path,
        d1_databases=[{"binding": "DB", "database_name": "notes", "database_id": "x"}],
        files={"migrations/0001_notes.sql": "CREATE TABLE notes (title TEXT);"},
    )
    async with doris.open(folder) as worker:
        assert await worker.env.DB.prepare("SELECT count(*) AS n FROM notes").first() == {"n": 0}


async def test_the_clock_can_be_chosen(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    async with doris.open(folder, clock=datetime(2026, 1, 1)) as worker:
        assert worker.clock.now() == datetime(2026, 1, 1, tzinfo=UTC)
    async with doris.open(folder, clock="real") as worker:
        assert isinstance(worker.clock, doris.RealClock)
        assert await (await worker.fetch("/")).text() == "hello"
    with pytest.raises(
        ValueError, match="clock must be 'virtual', 'real', a datetime or a Clock, not 'fast'"
    ):
        doris.open(folder, clock="fast")  # type: ignore[arg-type]


async def test_two_projects_with_equal_names_run_side_by_side(tmp_path: Path) -> None:
    source = worker_source("return Response(helper.who)", before="import helper")
    one = make_project(tmp_path / "one", source, files={"src/helper.py": "who = 'one'"})
    two = make_project(tmp_path / "two", source, files={"src/helper.py": "who = 'two'"})
    async with doris.open(one) as first, doris.open(two) as second:
        responses = await asyncio.gather(first.fetch("/"), second.fetch("/"), first.fetch("/"))
        assert [await response.text() for response in responses] == ["one", "two", "one"]


def test_a_missing_file_and_a_project_without_a_worker(tmp_path: Path) -> None:
    with pytest.raises(doris.ConfigError):
        doris.open(tmp_path / "nowhere")
    (tmp_path / "wrangler.jsonc").write_text(
        '{"name": "site", "assets": {"directory": "."}}', encoding="utf-8"
    )
    with pytest.raises(doris.WorkerError, match="there is no `main`"):
        doris.open(tmp_path)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("def broken(:", "SyntaxError: "),
        ("raise SystemExit(2)", "SystemExit: 2"),
        ("import src.helper", "your import statement shouldn't include a 'src.' prefix"),
        (
            "x = 1",
            "the Worker exports nothing that can handle an event\n  define `class Default(WorkerEntrypoint)`",
        ),
        ("class Default:\n    pass", "the Worker exports nothing that can handle an event"),
    ],
)
async def test_code_that_does_not_start_is_said_with_its_file(tmp_path: Path, source: str, says: str) -> None:
    folder = make_project(tmp_path, source)
    with pytest.raises(doris.WorkerError) as caught:
        await doris.open(folder)
    text = str(caught.value)
    assert text.startswith(f"{folder / 'src' / 'entry.py'}: the Worker ")
    assert says in text
    assert "doris/isolate" not in text
    assert isinstance(caught.value, doris.UserError)


async def test_a_main_that_does_not_exist(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    (folder / "src" / "entry.py").unlink()
    with pytest.raises(doris.WorkerError, match=r"main: there is no file .*entry\.py\n  create it, or name"):
        await doris.open(folder)

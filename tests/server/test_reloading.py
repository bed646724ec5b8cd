"""Loading a project anew when its files change."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from doris import config
from doris.clock import RealClock
from doris.runtime.runtime import Runtime, Settings
from doris.server.reloading import Reloader
from doris.web import Request
from tests.projects import make_project, worker_source

SOURCE = worker_source(
    """
    if "slow" in request.url:
        await asyncio.sleep(0.05)
        from helper import word
        return Response(word)
    return Response(f"{helper.word} {getattr(self.env, 'TEXT', None)} {await self.env.KV.get('k')}")
    """,
    before="import asyncio, helper",
)


async def opened(folder: Path) -> Runtime:
    """A running project with a helper module and a KV namespace."""
    make_project(
        folder, SOURCE, files={"src/helper.py": "word = 'old'"}, kv_namespaces=[{"binding": "KV", "id": "kv"}]
    )
    runtime = Runtime(config.load(folder), Settings(clock=RealClock()), asyncio.get_running_loop())
    runtime.start()
    return runtime


async def answer(runtime: Runtime, path: str = "/") -> str:
    """The text that the Worker answers."""
    response = await runtime.fetch(Request.from_http("GET", f"http://localhost{path}", []))
    body = response.take()  # type: ignore[attr-defined]
    return body.decode() if isinstance(body, bytes) else str(body)


async def test_a_changed_module_answers_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runtime = await opened(tmp_path)
    reloader = Reloader(runtime)
    assert await answer(runtime) == "old None None"
    reloader.look()
    (tmp_path / "src" / "helper.py").write_text("word = 'newer'", encoding="utf-8")
    reloader.look()
    assert await answer(runtime) == "newer None None"
    assert capsys.readouterr().out == "Reloaded: src/helper.py changed\n"
    await runtime.stop()


async def test_a_request_that_runs_finishes_with_the_old_code(tmp_path: Path) -> None:
    runtime = await opened(tmp_path)
    reloader = Reloader(runtime)
    running = asyncio.create_task(answer(runtime, "/slow"))
    await asyncio.sleep(0.01)
    (tmp_path / "src" / "helper.py").write_text("word = 'newer'", encoding="utf-8")
    reloader.look()
    assert await running == "old"
    assert await answer(runtime) == "newer None None"
    await runtime.stop()


async def test_a_changed_configuration_keeps_the_state(tmp_path: Path) -> None:
    runtime = await opened(tmp_path)
    reloader = Reloader(runtime)
    await runtime.run(_put(runtime))
    file = tmp_path / "wrangler.jsonc"
    fields = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**fields, "vars": {"TEXT": "configured"}}), encoding="utf-8")
    reloader.look()
    assert await answer(runtime) == "old configured kept"
    (tmp_path / ".dev.vars").write_text("TEXT=secret", encoding="utf-8")
    reloader.look()
    assert await answer(runtime) == "old secret kept"
    await runtime.stop()


async def _put(runtime: Runtime) -> None:
    from doris.js import call, get

    kv = get(runtime.env, "KV")
    arrived = asyncio.get_running_loop().create_future()
    call(get(kv, "put"), kv, "k", "kept").then_(arrived.set_result, arrived.set_exception)
    await arrived


@pytest.mark.parametrize(
    ("file", "content"), [("src/helper.py", "1 / 0"), ("wrangler.jsonc", "{"), ("src/entry.py", "x = 1")]
)
async def test_what_does_not_load_is_said_and_the_old_code_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, content: str
) -> None:
    runtime = await opened(tmp_path)
    reloader = Reloader(runtime)
    (tmp_path / file).write_text(content, encoding="utf-8")
    reloader.look()
    error = capsys.readouterr().err
    assert error.startswith("error: ")
    assert Path(file).name in error
    assert error.endswith("The old code stays until this is mended.\n")
    assert await answer(runtime) == "old None None"
    await runtime.stop()


async def test_polling_looks_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = await opened(tmp_path)
    reloader = Reloader(runtime)
    looks: list[int] = []
    enough = asyncio.Event()

    def look() -> None:
        looks.append(1)
        if len(looks) == 2:
            enough.set()

    monkeypatch.setattr("doris.server.reloading._POLL", 0)
    monkeypatch.setattr(reloader, "look", look)
    polling = asyncio.create_task(reloader.poll())
    await enough.wait()
    polling.cancel()
    await runtime.stop()

"""`Worker`, from outside."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

import doris
from tests.projects import make_project
from tests.runtime.conftest import Fetching

Answer = Callable[..., Awaitable[str]]

ECHO = """
return Response.from_json({
    "method": request.method, "url": request.url, "headers": dict(request.headers),
    "body": await request.text(), "colo": request.cf and request.cf.colo,
})
"""


async def test_fetch_takes_paths_urls_and_bodies(fetching: Fetching) -> None:
    async with fetching(ECHO) as worker:
        plain = await (await worker.fetch("/a/b?c=d")).json()
        assert (plain["method"], plain["url"], plain["body"]) == ("GET", "http://localhost/a/b?c=d", "")
        assert plain["colo"] == "DFW"
        whole = await (await worker.fetch("https://shop.example/x", method="PUT", body="é")).json()
        assert (whole["method"], whole["url"], whole["body"]) == ("PUT", "https://shop.example/x", "é")
        assert whole["headers"]["content-length"] == "2"
        as_json = await (await worker.fetch("/", json={"a": [1]})).json()
        assert (as_json["method"], as_json["body"]) == ("POST", '{"a": [1]}')
        assert as_json["headers"]["content-type"] == "application/json"
        typed = await (
            await worker.fetch("/", json=1, headers={"Content-Type": "x/y", "Content-Length": "1"})
        ).json()
        assert typed["headers"]["content-type"] == "x/y"
        pairs = await (await worker.fetch("/", body=b"b", headers=[("x-a", "1"), ("x-a", "2")])).json()
        assert (pairs["headers"]["x-a"], pairs["body"]) == ("1, 2", "b")
        with_cf = await (await worker.fetch("/", cf={"colo": "ZRH"})).json()
        assert with_cf["colo"] == "ZRH"


async def test_fetch_gives_the_sdks_response_and_takes_its_requests(fetching: Fetching) -> None:
    async with fetching("return Response('x', status=201, headers={'x-a': '1'})") as worker:
        sdk = worker._runtime.code.sdk
        response = await worker.fetch(sdk.Request("https://example.com/y", method="DELETE"))
        assert type(response) is sdk.Response
        assert (response.status, response.headers["x-a"]) == (201, "1")


async def test_a_form_can_be_sent(fetching: Fetching) -> None:
    async with fetching("return Response((await request.form_data())['name'])") as worker:
        form = worker._runtime.code.sdk.FormData({"name": "Ada"})
        assert await (await worker.fetch("/", body=form)).text() == "Ada"


async def test_env_has_variables_and_bindings(fetching: Fetching) -> None:
    async with fetching(
        "return Response(f'{self.env.TEXT} {self.env.DATA.list[0]} {await self.env.KV.get(\"k\")}')",
        vars={"TEXT": "t", "DATA": {"list": [1]}},
        kv_namespaces=[{"binding": "KV", "id": "kv"}],
    ) as worker:
        await worker.env.KV.put("k", "v")
        assert await (await worker.fetch("/")).text() == "t 1 v"
        assert worker.env.TEXT == "t"


async def test_bindings_can_be_replaced(fetching: Fetching) -> None:
    class Fake:
        async def get(self, key: str) -> str:
            return f"fake {key}"

    body = "return Response(self.env.TEXT + await self.env.KV.get('k'))"
    options = {"bindings": {"KV": Fake(), "TEXT": "replaced "}}
    async with fetching(
        body, vars={"TEXT": "t"}, kv_namespaces=[{"binding": "KV", "id": "x"}], options=options
    ) as worker:
        assert await (await worker.fetch("/")).text() == "replaced fake k"


async def test_a_binding_that_is_not_covered_says_so_when_used(fetching: Fetching, capsys: Any) -> None:
    async with fetching(
        "return Response(str(await self.env.AI.run('m', {})))", ai={"binding": "AI"}
    ) as worker:
        response = await worker.fetch("/")
        assert response.status == 500
        assert "doris does not emulate bindings of type 'ai' yet" in await response.text()


async def test_a_missing_binding_is_an_attribute_error_with_a_hint(fetching: Fetching, capsys: Any) -> None:
    async with fetching("return Response(await self.env.CACHE.get('x'))", vars={"TEXT": "t"}) as worker:
        response = await worker.fetch("/")
        assert response.status == 500
        assert (await response.text()).rstrip().endswith("AttributeError: CACHE")
    error = capsys.readouterr().err
    assert "wrangler.jsonc has no binding or variable 'CACHE'; it has: TEXT" in error


async def test_a_handler_that_fails_is_a_500_with_a_traceback_that_begins_in_its_code(
    fetching: Fetching, capsys: Any, tmp_path: Path
) -> None:
    async with fetching("raise ValueError('boom é')") as worker:
        response = await worker.fetch("/")
        text = await response.text()
    file = tmp_path / "worker" / "src" / "entry.py"
    assert response.status == 500
    assert text.startswith(f'PythonError: Traceback (most recent call last):\n  File "{file}", line ')
    assert text.rstrip().endswith("ValueError: boom é")
    logged = capsys.readouterr().err
    assert logged.startswith(f'Traceback (most recent call last):\n  File "{file}", line ')
    assert "doris/runtime" not in logged


@pytest.mark.parametrize("result", ["5", "None", "'text'", "{'a': 1}", "b'x'", "[1]"])
async def test_a_result_that_is_no_response(answer: Answer, result: str) -> None:
    text = await answer(f"return {result}")
    assert text == "TypeError: Incorrect type for Promise: the Promise did not resolve to 'Response'."


async def test_a_handler_that_exits_does_not_end_the_process(answer: Answer) -> None:
    assert (await answer("raise SystemExit(3)")).rstrip().endswith("SystemExit: 3")


async def test_time_stands_jumps_and_travels(fetching: Fetching) -> None:
    body = """
    import asyncio, time, js
    before = time.time()
    if "sleep" in request.url:
        await asyncio.sleep(3600)
    return Response(f"{time.time() - before:g} {js.Date.now() - before * 1000:g} {datetime.datetime.now()}")
    """
    start = doris.VirtualClock(0)
    async with fetching(body, before="import datetime", options={"clock": start}) as worker:
        assert await (await worker.fetch("/")).text() == "0 0 1970-01-01 00:00:00"
        assert await (await worker.fetch("/sleep")).text() == "3600 3.6e+06 1970-01-01 01:00:00"
        worker.clock.travel(hours=1)
        assert await (await worker.fetch("/")).text() == "0 0 1970-01-01 02:00:00"


async def test_wait_until_goes_on_after_the_answer(fetching: Fetching) -> None:
    body = """
    import asyncio
    async def later():
        await asyncio.sleep(20)
        await self.env.KV.put("later", "done")
    assert self.ctx.waitUntil(later()) is None
    wait_until(asyncio.sleep(1))
    return Response("at once")
    """
    async with fetching(
        body, before="from workers import wait_until", kv_namespaces=[{"binding": "KV", "id": "kv"}]
    ) as worker:
        assert await (await worker.fetch("/")).text() == "at once"
        assert await worker.env.KV.get("later") is None
        await worker.wait_until()
        assert await worker.env.KV.get("later") == "done"


async def test_what_takes_longer_than_production_allows_is_given_up(fetching: Fetching, capsys: Any) -> None:
    body = """
    import asyncio
    async def later():
        await asyncio.sleep(31)
        print("never")
    self.ctx.waitUntil(later())
    return Response("x")
    """
    async with fetching(body) as worker:
        await worker.fetch("/")
        started = worker.clock.now_ms()
        await worker.wait_until()
        assert worker.clock.now_ms() - started == 30_000
    output = capsys.readouterr()
    assert output.err.startswith(
        "waitUntil() tasks did not complete within the allowed time after invocation end"
    )
    assert "CancelledError" not in output.err
    assert output.out == ""


async def test_a_stream_that_nobody_reads_does_not_hold_up_the_end(fetching: Fetching, capsys: Any) -> None:
    body = """
    import js
    stream = js.TransformStream.new()
    writer = stream.writable.getWriter()
    self.ctx.waitUntil(writer.write(js.TextEncoder.new().encode("x")))
    return Response(stream.readable)
    """
    async with fetching(body) as worker:
        assert (await worker.fetch("/")).status == 200


async def test_a_failure_behind_wait_until_is_only_logged(fetching: Fetching, capsys: Any) -> None:
    body = """
    async def fails():
        raise ValueError("in the background")
    self.ctx.waitUntil(fails())
    self.ctx.waitUntil(None)
    self.ctx.passThroughOnException()
    return Response(str(self.ctx.props.to_py()))
    """
    async with fetching(body) as worker:
        assert await (await worker.fetch("/")).text() == "{}"
        await worker.wait_until()
    error = capsys.readouterr().err
    assert "Uncaught (in promise) PythonError: Traceback" in error
    assert "ValueError: in the background" in error


SCHEDULED = """
from workers import WorkerEntrypoint

class Default(WorkerEntrypoint):
    async def scheduled(self, controller, env, ctx):
        controller.noRetry()
        await self.env.KV.put("said", f"{controller.cron} {controller.scheduledTime} {env} {ctx}")
        if controller.cron == "fail":
            raise ValueError("cron")
"""


async def test_scheduled(tmp_path: Path) -> None:
    folder = make_project(tmp_path, SCHEDULED, kv_namespaces=[{"binding": "KV", "id": "kv"}])
    async with doris.open(folder, clock=doris.VirtualClock(5000)) as worker:
        await worker.scheduled(cron="0 3 * * *")
        assert await worker.env.KV.get("said") == "0 3 * * * 5000 None None"
        await worker.scheduled(scheduled_time=7)
        assert await worker.env.KV.get("said") == "* * * * * 7 None None"
        with pytest.raises(ValueError, match="cron"):
            await worker.scheduled(cron="fail")


async def test_scheduled_must_take_all_three_arguments(tmp_path: Path) -> None:
    folder = make_project(tmp_path, SCHEDULED.replace("controller, env, ctx", "controller"))
    async with doris.open(folder) as worker:
        with pytest.raises(TypeError, match="takes 2 positional arguments but 4 were given"):
            await worker.scheduled()


async def test_requests_out_are_refused_mocked_or_followed(fetching: Fetching) -> None:
    body = """
    from workers import fetch
    answer = await fetch("https://api.example/x", method="POST", body="sent", headers={"x-a": "1"})
    return Response(f"{answer.status} {answer.url} {await answer.text()}")
    """
    async with fetching(body) as worker:
        refused = await worker.fetch("/")
        assert refused.status == 500
        assert "fetch of POST https://api.example/x was refused" in await refused.text()
        worker.outbound.post("https://api.example/x").respond(status=307, headers={"location": "/y"})
        worker.outbound.post("https://api.example/y").respond("there")
        assert await (await worker.fetch("/")).text() == "200 https://api.example/y there"
        assert [call.body for call in worker.outbound.calls[-2:]] == [b"sent", b"sent"]
        assert worker.outbound.calls[-1].headers["x-a"] == "1"


async def test_a_redirect_to_another_method_and_too_many(fetching: Fetching) -> None:
    body = """
    from workers import fetch
    answer = await fetch("https://api.example/x", method="POST", body="sent")
    return Response(await answer.text())
    """
    async with fetching(body) as worker:
        worker.outbound.post("*").respond(status=303, headers={"location": "https://api.example/got"})
        worker.outbound.get("https://api.example/got").respond("got")
        assert await (await worker.fetch("/")).text() == "got"
        worker.outbound.get("*").respond(status=302, headers={"location": "https://api.example/again"})
        assert "Too many redirects" in await (await worker.fetch("/")).text()


async def test_run_sync_works_in_a_handler(answer: Answer) -> None:
    body = """
    import asyncio, time
    from pyodide.ffi import run_sync
    before = time.time()
    time.sleep(5)
    waited, ran = run_sync(asyncio.sleep(10, "waited")), asyncio.run(asyncio.sleep(5, "ran"))
    return Response(f"{waited} {ran} {time.time() - before:g}")
    """
    assert await answer(body) == "waited ran 20"


async def test_requests_run_side_by_side(fetching: Fetching) -> None:
    body = """
    import asyncio
    await asyncio.sleep(int(request.url[-1]))
    order.append(request.url[-1])
    return Response("".join(order))
    """
    async with fetching(body, before="order = []") as worker:
        responses = await asyncio.gather(*(worker.fetch(f"/{number}") for number in (3, 1, 2)))
        assert [await response.text() for response in responses] == ["123", "1", "12"]


async def test_reload_loads_the_code_anew_and_keeps_the_state(fetching: Fetching, tmp_path: Path) -> None:
    async with fetching(
        "return Response(f'old {await self.env.KV.get(\"k\")}')", kv_namespaces=[{"binding": "KV", "id": "k"}]
    ) as worker:
        await worker.env.KV.put("k", "kept")
        file = tmp_path / "worker" / "src" / "entry.py"
        file.write_text(file.read_text(encoding="utf-8").replace("old", "newer"), encoding="utf-8")
        worker.reload()
        assert await (await worker.fetch("/")).text() == "newer kept"
        file.write_text("1 / 0", encoding="utf-8")
        with pytest.raises(doris.WorkerError, match="ZeroDivisionError"):
            worker.reload()
        assert await (await worker.fetch("/")).text() == "newer kept"


async def test_what_comes_later_says_so(fetching: Fetching) -> None:
    async with fetching("return Response('x')") as worker:
        with pytest.raises(NotImplementedError, match="queues are not covered yet"):
            await worker.queue("jobs", [])
        with pytest.raises(NotImplementedError, match="Durable Objects are not covered yet"):
            worker.durable_object("ROOMS", "lobby")
        assert worker.project.name == "test-worker"


async def test_a_request_that_cannot_be_made_says_so(fetching: Fetching) -> None:
    async with fetching("return Response('x')") as worker:
        with pytest.raises(Exception, match="Invalid HTTP method string: no method") as caught:
            await worker.fetch("/", method="no method")
        assert type(caught.value).__name__ == "JsException"

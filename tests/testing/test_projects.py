"""Whole pytest runs with the plugin."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.projects import make_project, worker_source

COUNTER = worker_source(
    """
    hits.append(1)
    await self.env.KV.put("count", str(int(await self.env.KV.get("count") or 0) + 1))
    return Response(f"{len(hits)} {await self.env.KV.get('count')}", status=201)
    """,
    before="hits = []",
)


def run(folder: Path, *arguments: str, plugins: bool = True, expect: int = 0) -> str:
    """Run pytest in a folder; its output."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
        "-q",
        *arguments,
    ]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"}
    )
    assert done.returncode == expect, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a counter behind KV."""
    (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n", encoding="utf-8")
    return make_project(tmp_path, COUNTER, kv_namespaces=[{"binding": "KV", "id": "kv"}], vars={"TEXT": "t"})


def write(folder: Path, name: str, source: str) -> None:
    """Write a test module."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(source), encoding="utf-8")


def test_fixtures_of_the_nearest_project(project: Path) -> None:
    write(
        project,
        "tests/test_counter.py",
        """
        import asyncio
        import pytest
        from workers import Response, env as module_env

        async def test_the_worker_answers_the_sdks_response(worker, env):
            response = await worker.fetch("/")
            assert isinstance(response, Response)
            assert (response.status, await response.text()) == (201, "1 1")
            assert await env.KV.get("count") == await module_env.KV.get("count") == "1"

        async def test_every_test_starts_clean_also_the_modules_globals(worker, env):
            assert await env.KV.get("count") is None
            assert await (await worker.fetch("/")).text() == "1 1"

        async def test_time(worker, clock):
            before = clock.now_ms()
            await asyncio.sleep(3600)
            assert clock.now_ms() - before == 3_600_000
            clock.travel(hours=1)
            assert clock.now_ms() - before == 7_200_000

        def test_outbound_and_synchronous_tests(outbound, env):
            from pyodide.ffi import run_sync
            outbound.get("https://api.example").respond("x")
            assert env.TEXT == "t"
            assert run_sync(env.KV.get("count")) is None

        @pytest.fixture
        async def stored(worker):
            await worker.env.KV.put("stored", "yes")
            yield "value"
            await worker.env.KV.delete("stored")

        @pytest.fixture
        async def plain(stored):
            return stored.upper()

        class TestInAClass:
            async def test_async_fixtures(self, stored, plain, env):
                assert (plain, await env.KV.get("stored")) == ("VALUE", "yes")
        """,
    )
    assert "5 passed" in run(project, "tests")


def test_a_failing_assertion_is_rewritten_and_shown_from_the_test_on(project: Path) -> None:
    write(
        project,
        "tests/test_fails.py",
        """
        async def test_fails(worker):
            response = await worker.fetch("/")
            assert response.status == 200
        """,
    )
    output = run(project, "tests", expect=1)
    assert "assert 201 == 200" in output
    assert "where 201 = " in output
    assert "doris/runtime" not in output
    assert "asyncio" not in output


def test_tests_without_a_project_are_run_and_left_alone(tmp_path: Path) -> None:
    write(
        tmp_path,
        "test_plain.py",
        """
        import asyncio, sys
        import pytest

        async def test_async():
            await asyncio.sleep(0)
            assert type(asyncio.get_running_loop()).__name__ != "WebLoop"

        def test_sync():
            assert not [name for name in sys.modules if name.startswith("doris.runtime")]
            with pytest.raises(ImportError):
                import js

        @pytest.mark.anyio
        async def test_of_another_plugin(anyio_backend):
            assert anyio_backend == "asyncio"

        @pytest.fixture
        def anyio_backend():
            return "asyncio"
        """,
    )
    assert "3 passed" in run(tmp_path)
    write(tmp_path, "test_plain.py", "def test_needs_one(worker): pass")
    output = run(tmp_path, expect=1)
    assert "no wrangler.toml, wrangler.json or wrangler.jsonc of a Worker in" in output


def test_inside_a_worker(project: Path, tmp_path: Path) -> None:
    tests = tmp_path / "elsewhere"
    write(
        tests,
        "conftest.py",
        """
        import pytest
        from workers import env as _env

        @pytest.fixture
        def env():
            return _env
        """,
    )
    write(
        tests,
        "test_inside.py",
        """
        import asyncio
        import pytest
        import entry
        from workers import env as module_env

        @pytest.mark.asyncio
        async def test_env(env):
            await env.KV.put("a", "1")
            assert await module_env.KV.get("a") == "1"
            assert type(asyncio.get_running_loop()).__name__ == "WebLoop"

        @pytest.mark.asyncio
        async def test_clean_state(env, worker):
            assert await env.KV.get("a") is None
            await worker.fetch("/")
            assert entry.hits == [1]

        def test_sync():
            import js
            assert js.Response.new("x").status == 200
        """,
    )
    output = run(tmp_path, "--worker", str(project), "--strict-markers", "elsewhere")
    assert "3 passed" in output


def test_a_worker_that_is_not_there_or_does_not_start(tmp_path: Path) -> None:
    write(tmp_path, "test_x.py", "def test_x(): pass")
    output = run(tmp_path, "--worker", "nowhere", expect=4)
    assert "--worker: " in output
    assert "Traceback" not in output
    broken = make_project(tmp_path / "broken", "1 / 0")
    output = run(tmp_path, "--worker", str(broken), expect=4)
    assert "ZeroDivisionError" in output


def test_a_worker_whose_code_fails_fails_the_tests_that_need_it(tmp_path: Path) -> None:
    make_project(tmp_path, "1 / 0")
    write(tmp_path, "tests/test_x.py", "async def test_x(worker): pass\ndef test_y(): pass")
    output = run(tmp_path, "tests", expect=1)
    assert "1 passed" in output
    assert "doris.WorkerError" in output
    assert "ZeroDivisionError" in output

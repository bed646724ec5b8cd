"""The pytest plugin as a project meets it: pytest in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import doris
from tests.projects import make_project, worker_source


def run_pytest(folder: Path, tests: str, *options: str) -> str:
    """The output of pytest over one test module of a project."""
    (folder / "tests").mkdir()
    (folder / "tests" / "test_it.py").write_text(tests, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, "tests"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True).stdout


KV = [{"binding": "KV", "id": "kv"}]


def test_an_async_fixture_with_a_wider_scope_is_refused_by_name(tmp_path: Path) -> None:
    output = run_pytest(
        make_project(tmp_path / "project"),
        "import pytest\n"
        "@pytest.fixture(scope='session')\n"
        "async def account(): return 1\n"
        "async def test_account(account): pass\n",
    )
    assert "the async fixture 'account' has the scope 'session'" in output
    assert "leave the scope out" in output
    assert output.endswith("\n1 error in " + output.rpartition(" in ")[2])


def test_async_fixtures_may_give_nothing_and_belong_to_classes(tmp_path: Path) -> None:
    output = run_pytest(
        make_project(
            tmp_path / "project",
            worker_source("return Response(str(await self.env.KV.get('a')))"),
            kv_namespaces=KV,
        ),
        "import pytest\n"
        "@pytest.fixture\n"
        "async def seeded(env): await env.KV.put('a', 'seen')\n"
        "@pytest.fixture\n"
        "async def kept(env):\n"
        "    await env.KV.put('a', 'kept')\n"
        "    yield\n"
        "    await env.KV.delete('a')\n"
        "async def test_seeded(seeded, worker): assert await (await worker.fetch('/')).text() == 'seen'\n"
        "async def test_kept(kept, worker): assert await (await worker.fetch('/')).text() == 'kept'\n"
        "class TestInAClass:\n"
        "    @pytest.fixture\n"
        "    async def mine(self, env): return self\n"
        "    async def test_mine(self, mine): assert isinstance(mine, TestInAClass)\n",
    )
    assert "3 passed" in output


def test_a_failure_shows_no_code_of_the_emulator(tmp_path: Path) -> None:
    output = run_pytest(
        make_project(tmp_path / "project", worker_source("return Response('x')")),
        "import js\n"
        "async def test_binding(env): env.NOPE\n"
        "async def test_javascript(worker): js.JSON.parse('{')\n",
    )
    assert "AttributeError: NOPE" in output
    assert "JsException: SyntaxError: Expected property name" in output
    assert os.path.relpath(Path(doris.__file__).parent, tmp_path / "project") not in output
    assert str(Path(doris.__file__).parent) not in output


# What pytest-asyncio does: items of its own, whose function becomes an ordinary one when the test runs.
ASYNCIO_PLUGIN = """
import asyncio, functools, inspect, pytest

class Coroutine(pytest.Function):
    def runtest(self):
        call = self.obj
        @functools.wraps(call)
        def inner(*args, **kwargs):
            with asyncio.Runner() as runner:
                runner.run(call(*args, **kwargs))
        inner.__wrapped__ = None
        self.obj = inner
        super().runtest()

Coroutine.__module__ = "pytest_asyncio.plugin"

def pytest_pycollect_makeitem(collector, name, obj):
    if name.startswith("test_theirs") and inspect.iscoroutinefunction(obj):
        return Coroutine.from_parent(collector, name=name)
"""


def test_tests_that_pytest_asyncio_runs_are_left_alone(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", files={"conftest.py": ASYNCIO_PLUGIN})
    output = run_pytest(
        project,
        "import asyncio\n"
        "async def test_ours(worker): assert (await worker.fetch('/')).status == 200\n"
        "async def test_theirs(): assert type(asyncio.get_running_loop()).__module__.startswith('asyncio')\n"
        "async def test_theirs_in_a_worker(worker): pass\n",
    )
    assert "the fixture 'worker' needs a test that doris runs, but another plugin claims this one" in output
    assert "\n2 passed, 1 error in" in output

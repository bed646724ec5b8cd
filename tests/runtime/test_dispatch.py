"""Which handlers are called, and how."""

from __future__ import annotations

from pathlib import Path

import pytest

import doris
from doris.runtime.dispatch import relaxed_call
from tests.projects import make_project

LEGACY = ["python_workers", "disable_python_no_global_handlers"]


async def text_of(tmp_path: Path, source: str, **fields: object) -> str:
    async with doris.open(make_project(tmp_path, source, **fields)) as worker:
        text: str = await (await worker.fetch("/")).text()
        return text


@pytest.mark.parametrize("parameters", ["self", "self, request", "self, request, env, ctx", "self, *rest"])
async def test_fetch_takes_as_many_arguments_as_it_names(tmp_path: Path, parameters: str) -> None:
    source = f"""
    from workers import Response, WorkerEntrypoint
    class Default(WorkerEntrypoint):
        async def fetch({parameters}):
            given = [f"{{k}}={{type(v).__name__}}" for k, v in locals().items() if k != "self"]
            return Response(", ".join(given))
    """
    expected = {
        "self": "",
        "self, request": "request=Request",
        "self, request, env, ctx": "request=Request, env=NoneType, ctx=NoneType",
        "self, *rest": "rest=tuple",
    }
    assert await text_of(tmp_path, source) == expected[parameters]


async def test_fetch_need_not_be_async_and_may_return_a_js_response(tmp_path: Path) -> None:
    source = """
    import js
    from workers import WorkerEntrypoint
    class Default(WorkerEntrypoint):
        def fetch(self):
            return js.Response.new("plain JavaScript")
    """
    assert await text_of(tmp_path, source) == "plain JavaScript"


async def test_every_event_gets_an_instance_of_its_own(tmp_path: Path) -> None:
    source = """
    from workers import Response, WorkerEntrypoint
    class Default(WorkerEntrypoint):
        count = 0
        async def fetch(self):
            self.count += 1
            return Response(str(self.count))
    """
    async with doris.open(make_project(tmp_path, source)) as worker:
        assert [await (await worker.fetch("/")).text() for _ in range(2)] == ["1", "1"]


async def test_a_class_without_the_handler(tmp_path: Path) -> None:
    source = "from workers import WorkerEntrypoint\nclass Default(WorkerEntrypoint):\n    pass"
    assert await text_of(tmp_path, source) == "TypeError: Method fetch does not exist"


async def test_only_another_entrypoint(tmp_path: Path) -> None:
    source = "from workers import WorkerEntrypoint\nclass Other(WorkerEntrypoint):\n    pass"
    assert await text_of(tmp_path, source) == "Error: Handler does not export a fetch() function."


async def test_global_handlers_where_the_date_allows_them(tmp_path: Path) -> None:
    source = """
    from workers import Response, handler
    @handler
    def on_fetch(request, env, ctx):
        return Response(f"{type(request).__name__} {env.TEXT} {ctx.constructor.name}")
    """
    text = await text_of(tmp_path, source, compatibility_flags=LEGACY, vars={"TEXT": "t"})
    assert text == "Request t ExecutionContext"
    text = await text_of(tmp_path, source, compatibility_date="2025-08-01", vars={"TEXT": "t"})
    assert text == "Request t ExecutionContext"


async def test_a_missing_global_handler(tmp_path: Path) -> None:
    source = "def on_scheduled(controller, env, ctx): pass"
    text = await text_of(tmp_path, source, compatibility_flags=LEGACY)
    assert text == 'PythonUserError: Python entrypoint "entry.py" does not export a handler named "on_fetch"'


async def test_a_class_beside_global_handlers_is_asked_for_on_fetch(tmp_path: Path) -> None:
    source = """
    from workers import Response, WorkerEntrypoint
    class Default(WorkerEntrypoint):
        async def on_fetch(self, request):
            return Response("on_fetch of the class")
    """
    assert await text_of(tmp_path, source, compatibility_flags=LEGACY) == "on_fetch of the class"


def test_relaxed_calls() -> None:
    assert relaxed_call(lambda: "none", 1, 2) == "none"
    assert relaxed_call(lambda a: a, 1, 2) == 1
    assert relaxed_call(lambda *all_: all_, 1, 2) == (1, 2)
    assert relaxed_call(lambda a, /, b=5, *, c=6: (a, b, c), 1) == (1, 5, 6)
    assert relaxed_call(max, 1, 2) == 2

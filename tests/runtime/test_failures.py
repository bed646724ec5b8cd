"""What is shown of an error in the Worker's code."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

import doris
from doris import WorkerError
from tests.projects import make_project, worker_source


def start(folder: Path) -> None:
    async def opened() -> None:
        async with doris.open(folder):
            raise AssertionError("it started")

    asyncio.run(opened())


def refusal(folder: Path, source: str, **files: str) -> str:
    """What is said about code that does not start, with ENTRY for the main module's path."""
    project = make_project(folder, source, files={f"src/{name}.py": text for name, text in files.items()})
    with pytest.raises(WorkerError) as caught:
        start(project)
    return str(caught.value).replace(str(project / "src"), "SRC")


def test_the_traceback_begins_in_the_workers_code(tmp_path: Path) -> None:
    text = refusal(tmp_path, "import helper\n", helper="raise ValueError('no')\n")
    assert text == (
        "SRC/entry.py: the Worker does not start\n"
        "Traceback (most recent call last):\n"
        '  File "SRC/entry.py", line 1, in <module>\n'
        "    import helper\n"
        '  File "SRC/helper.py", line 1, in <module>\n'
        "    raise ValueError('no')\n"
        "ValueError: no"
    )


@pytest.mark.parametrize(
    ("source", "name"), [("x = = 1\n", "SyntaxError"), ("x = 1\n  y = 2\n", "IndentationError")]
)
def test_a_syntax_error_says_where_it_is_and_nothing_else(tmp_path: Path, source: str, name: str) -> None:
    lines = refusal(tmp_path, source).splitlines()
    places = [line for line in lines if line.startswith("  File ")]
    assert places == [f'  File "SRC/entry.py", line {2 if name == "IndentationError" else 1}']
    assert lines[-1].startswith(f"{name}: ")


async def test_an_answer_shows_no_frame_of_the_emulator(tmp_path: Path) -> None:
    body = """
    if "binding" in request.url:
        return Response(self.env.NOPE)
    try:
        js.JSON.parse("{")
    except Exception as error:
        raise ValueError("no JSON") from error
    """
    project = make_project(tmp_path, worker_source(body, before="import js"))
    async with doris.open(project) as worker:
        for path, last in (("/binding", "AttributeError: NOPE"), ("/json", "ValueError: no JSON")):
            text = await (await worker.fetch(path)).text()
            assert text.rstrip().endswith(last)
            assert str(Path(doris.__file__).parent) not in text
            assert f'File "{project / "src" / "entry.py"}"' in text

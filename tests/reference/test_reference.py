"""The reference runtime: it starts a project, tells errors in workerd's words, and takes the files wrangler
takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reference import ReferenceError, ReferenceRuntime
from tests.reference.modules import sdk_modules, source_modules, vendored_modules
from tests.reference.node import NodeMissing, find_node
from tests.reference.runtime import find_config

ENTRY = """\
from workers import Response, WorkerEntrypoint
from helper import GREETING

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        if request.url.endswith("/end"):
            raise SystemExit(1)
        print("asked")
        return Response(f"{GREETING} {self.env.NAME}", headers={"x-a": "1"})
"""
CONFIG = """\
name = "greeter"
main = "src/entry.py"
compatibility_date = "2026-11-01"
compatibility_flags = ["python_workers"]
vars = { NAME = "you" }
[[d1_databases]]
binding = "DB"
database_name = "db"
database_id = "db"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "entry.py").write_text(ENTRY)
    (tmp_path / "src" / "helper.py").write_text('GREETING = "hello"\n')
    (tmp_path / "wrangler.toml").write_text(CONFIG)
    return tmp_path


@pytest.fixture(scope="module")
def runtime() -> Iterator[ReferenceRuntime]:
    with ReferenceRuntime() as runtime:
        yield runtime


@pytest.mark.reference
def test_a_project_runs(runtime: ReferenceRuntime, project: Path) -> None:
    with runtime.start(project) as worker:
        answer = worker.fetch("/")
        assert (answer.status, answer.text, answer.header("X-A")) == (200, "hello you", "1")
        assert {"level": "log", "message": "asked"} in worker.logs
        worker.sql("DB", "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)")
        assert worker.sql("DB", "SELECT a FROM t") == [{"a": 1}, {"a": 2}]


@pytest.mark.reference
def test_variables_can_be_replaced_and_state_kept(runtime: ReferenceRuntime, project: Path) -> None:
    state = project / "state"
    with runtime.start(project, vars={"NAME": "all"}, persist=state) as worker:
        assert worker.fetch("/").text == "hello all"
        worker.sql("DB", "CREATE TABLE kept (a)")
    with runtime.start(project, persist=state) as worker:
        assert worker.sql("DB", "SELECT count(*) AS n FROM kept") == [{"n": 0}]


@pytest.mark.reference
def test_a_worker_that_does_not_import_says_why(runtime: ReferenceRuntime, project: Path) -> None:
    (project / "src" / "helper.py").unlink()
    with pytest.raises(ReferenceError, match="No module named 'helper'"), runtime.start(project) as worker:
        worker.fetch("/")


@pytest.mark.reference
def test_a_runtime_that_ends_says_its_last_words(runtime: ReferenceRuntime, project: Path) -> None:
    with runtime.start(project) as worker, pytest.raises(ReferenceError, match=r"(?s)GET /end.*exit\(1\)"):
        worker.fetch("/end")


@pytest.mark.reference
def test_a_config_that_wrangler_refuses_says_why(runtime: ReferenceRuntime, project: Path) -> None:
    (project / "wrangler.toml").write_text(CONFIG.replace('"src/entry.py"', "5"))
    with pytest.raises(ReferenceError, match='"main" to be of type string'):
        runtime.start(project)


def test_a_folder_without_a_wrangler_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReferenceError, match="holds none"):
        find_config(tmp_path)


def test_the_files_beside_the_main_module_are_found(project: Path) -> None:
    (project / "src" / "page.html").write_text("<p>")
    (project / "src" / ".hidden.py").write_text("")
    (project / "src" / "sub" / "__pycache__").mkdir(parents=True)
    (project / "src" / "sub" / "deep.py").write_text("")
    (project / "src" / "sub" / "__pycache__" / "deep.py").write_text("")
    (project / "src" / "notes.md").write_text("")
    found = [(module.name, module.type) for module in source_modules(project / "src" / "entry.py")]
    assert found == [
        ("entry.py", "PythonModule"),
        ("helper.py", "PythonModule"),
        ("page.html", "Text"),
        ("sub/deep.py", "PythonModule"),
    ]


def test_vendored_files_are_data_but_for_the_javascript_of_the_sdk(tmp_path: Path) -> None:
    for name in ("workers/a.js", "workers/b.py", "other/c.js"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    found = {module.name: module.type for module in vendored_modules(tmp_path)}
    assert found == {
        "python_modules/other/c.js": "Data",
        "python_modules/workers/a.js": "ESModule",
        "python_modules/workers/b.py": "Data",
    }


def test_the_installed_sdk_is_vendored_whole() -> None:
    names = {module.name for module in sdk_modules()}
    assert {"python_modules/asgi.py", "python_modules/workers/__init__.py"} <= names
    assert not any(name.endswith(".pyc") or ".." in name for name in names)


def test_an_old_node_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v20.1.0\n")
    old.chmod(0o755)
    monkeypatch.setenv("DORIS_NODE", str(old))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(NodeMissing, match=r"22\.12 or newer"):
        find_node()

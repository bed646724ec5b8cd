from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import ENTRY, Ended


def replace(project: Path, old: str, new: str, name: str = "wrangler.toml") -> None:
    file = project / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_all_is_well(doris: Callable[..., Ended], project: Path) -> None:
    assert doris("check") == Ended(0, "wrangler.toml: no problems found\n", "")


def test_bad_file(doris: Callable[..., Ended], project: Path) -> None:
    replace(project, "database_name", "databse_name")
    assert doris("check") == Ended(
        1,
        "",
        "error: wrangler.toml:7:1: d1_databases[0].databse_name: wrangler knows no such field\n"
        '  Did you mean "database_name"?\n',
    )


def test_no_main(doris: Callable[..., Ended], project: Path) -> None:
    replace(project, 'main = "src/entry.py"\n', "")
    assert doris("check", ".") == Ended(
        1,
        "",
        "error: wrangler.toml: main: it is missing\n"
        '  Name the Worker\'s main module: "main": "src/entry.py".\n',
    )


def test_main_that_is_not_python(doris: Callable[..., Ended], project: Path) -> None:
    replace(project, "src/entry.py", "src/index.ts")
    assert doris("check").errors == (
        "error: wrangler.toml:2:1: main: src/index.ts is no Python module\n"
        "  doris runs Python Workers: the name ends in .py.\n"
    )


def test_main_that_does_not_exist(doris: Callable[..., Ended], project: Path) -> None:
    replace(project, "src/entry.py", "src/enrty.py")
    assert doris("check").errors == (
        'error: wrangler.toml:2:1: main: src/enrty.py does not exist\n  Did you mean "src/entry.py"?\n'
    )
    replace(project, "src/enrty.py", "worker.py")
    assert doris("check").errors == (
        "error: wrangler.toml:2:1: main: worker.py does not exist\n"
        "  Create it, or name the Worker's main module.\n"
    )


def test_main_that_is_a_folder(doris: Callable[..., Ended], project: Path) -> None:
    entry = project / "src" / "entry.py"
    entry.unlink()
    entry.mkdir()
    message = "error: wrangler.toml:2:1: main: src/entry.py is a folder\n  Name a module in it.\n"
    assert doris("check") == Ended(1, "", message)


def test_main_that_is_no_code(doris: Callable[..., Ended], project: Path) -> None:
    (project / "src" / "entry.py").write_text("import workers\nclass Default(\n")
    assert doris("check") == Ended(1, "", "error: src/entry.py:2:14: '(' was never closed\n")
    (project / "src" / "entry.py").write_bytes(b"x = '\xe9'\n")
    ended = doris("check")
    assert ended.status == 1
    assert ended.errors.startswith("error: src/entry.py:1:")
    (project / "src" / "entry.py").write_bytes(b"a\0b")
    assert doris("check").errors == "error: src/entry.py:1:1: source code string cannot contain null bytes\n"


def test_main_that_does_not_import(doris: Callable[..., Ended], project: Path) -> None:
    (project / "src" / "entry.py").write_text(f"{ENTRY}\nimport no_such_module\n")
    ended = doris("check")
    assert (ended.status, ended.output) == (1, "")
    assert ended.errors.startswith(f"error: {project}/src/entry.py: the Worker does not start\n")
    assert ended.errors.endswith("ModuleNotFoundError: No module named 'no_such_module'\n")
    assert "doris/" not in ended.errors


def test_main_without_default(doris: Callable[..., Ended], project: Path) -> None:
    (project / "src" / "entry.py").write_text(ENTRY.replace("class Default", "class Main"))
    assert doris("check") == Ended(
        1,
        "",
        "error: src/entry.py: there is no class Default\n"
        "  The Worker begins with class Default(WorkerEntrypoint): with async def fetch(self, request).\n",
    )


def test_old_handlers_need_an_old_date(doris: Callable[..., Ended], project: Path) -> None:
    (project / "src" / "entry.py").write_text("async def on_fetch(request): ...\n")
    assert doris("check").status == 1
    replace(project, "2026-11-01", "2025-01-01")
    assert doris("check") == Ended(0, "wrangler.toml: no problems found\n", "")


def test_a_class_needs_a_newer_date(doris: Callable[..., Ended], project: Path) -> None:
    replace(project, "2026-11-01", "2025-08-01")
    assert doris("check") == Ended(
        1,
        "",
        "error: wrangler.toml:3:1: compatibility_date: before 2025-08-14 the runtime calls on_fetch, "
        "not class Default\n  Set a newer date, 2026-01-01 or later.\n",
    )


def test_binding_that_the_file_lacks(doris: Callable[..., Ended], project: Path) -> None:
    (project / "src" / "entry.py").write_text(
        ENTRY.replace('Response("hello")', "Response(str([self.env.DBB, self.env.CACHE]))")
    )
    assert doris("check") == Ended(
        1,
        "",
        "error: src/entry.py:7:30: env.DBB: wrangler.toml has no binding of that name\n"
        '  Did you mean "DB"?\n'
        "error: src/entry.py:7:44: env.CACHE: wrangler.toml has no binding of that name\n"
        "  Add it to wrangler.toml, or to .dev.vars.\n",
    )
    (project / ".dev.vars").write_text("DBB=x\nCACHE=y")
    assert doris("check").status == 0


def test_binding_that_the_environment_lacks(doris: Callable[..., Ended], project: Path) -> None:
    (project / "src" / "entry.py").write_text(ENTRY.replace('Response("hello")', "Response(self.env.DB)"))
    (project / "wrangler.toml").write_text((project / "wrangler.toml").read_text() + "[env.prod]\n")
    assert doris("check").status == 0
    ended = doris("check", "-e", "prod")
    assert ended.status == 1
    assert (
        'error: src/entry.py:7:25: env.DB: wrangler.toml has no binding of that name in "env.prod"\n'
        '  Add it to wrangler.toml in "env.prod", or to .dev.vars.\n'
    ) in ended.errors


def test_what_is_not_emulated(doris: Callable[..., Ended], project: Path) -> None:
    with (project / "wrangler.toml").open("a") as file:
        file.write('[ai]\nbinding = "AI"\n[[queues.producers]]\nbinding = "JOBS"\nqueue = "jobs"\n')
    ended = doris("check")
    assert ended.status == 0
    assert (
        "note: ai AI: not emulated; the Worker loads, and an error is raised when it uses env.AI\n"
        in ended.output
    )
    assert ended.output.endswith("wrangler.toml: no problems found\n")


def test_assets_only(doris: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wrangler.jsonc").write_text('{"name": "site", "assets": {"directory": "."}}')
    assert doris("check", ".") == Ended(
        0,
        "note: no main: a project of static assets has nothing for doris to run\n"
        "wrangler.jsonc: no problems found\n",
        "",
    )


def test_no_date(doris: Callable[..., Ended], project: Path) -> None:
    replace(project, 'compatibility_date = "2026-11-01"\n', "")
    ended = doris("check")
    assert ended.status == 0
    assert ended.errors == (
        "warning: wrangler.toml: compatibility_date: it is missing\n"
        "  Add today's date: wrangler deploy asks for it.\n"
    )


def test_wrangler_would_read_another_file(doris: Callable[..., Ended], project: Path) -> None:
    above = project.parent / "wrangler.jsonc"
    above.write_text("{}")
    assert doris("check").errors == (
        f"warning: wrangler.toml: wrangler, run in this folder, reads {above} instead\n"
        "  It looks for wrangler.json, then wrangler.jsonc, then wrangler.toml, each in all folders above. "
        "Rename this file to wrangler.jsonc, or run wrangler with --config.\n"
    )


def test_migration_that_fails(doris: Callable[..., Ended], project: Path) -> None:
    (project / "migrations").mkdir()
    (project / "migrations" / "0001_bad.sql").write_text("nonsense;")
    ended = doris("check")
    assert ended.status == 1
    assert ended.errors.startswith('error: migrations/0001_bad.sql:1: near "nonsense": syntax error')
    assert not (project / ".doris").exists()


def test_odd_escapes_are_not_its_business(doris: Callable[..., Ended], project: Path) -> None:
    (project / "src" / "lib.py").write_text('PATTERN = "\\d"\n')
    assert doris("check").status == 0

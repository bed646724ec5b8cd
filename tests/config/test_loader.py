from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from doris.config import Project, find_project, locate, read_by_wrangler

TWO = """
name = "a"
main = "entry.js"
[vars]
WHERE = "top"
[env.prod.vars]
WHERE = "prod"
"""


def test_environment(read: Callable[..., Project], monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(TWO).vars == {"WHERE": "top"}
    assert (read(TWO, "prod").vars, read(TWO, "prod").environment) == ({"WHERE": "prod"}, "prod")
    monkeypatch.setenv("CLOUDFLARE_ENV", "prod")
    assert read(TWO).vars == {"WHERE": "prod"}
    assert read(TWO, "").vars == {"WHERE": "top"}


def test_only_the_chosen_environment_is_checked(
    read: Callable[..., Project], refusal: Callable[..., str]
) -> None:
    text = 'name = "a"\n[env.bad]\nname = 5\n'
    assert read(text).name == "a"
    assert refusal(text, "bad") == "wrangler.toml:3:1: env.bad.name: expected a string, got 5"


def test_environment_without_any(read: Callable[..., Project]) -> None:
    project = read('name = "a"\n[vars]\nA = "x"', "prod")
    assert (project.name, project.vars) == ("a-prod", {"A": "x"})
    assert project.warnings == (
        'wrangler.toml:1:1: env: there is no environment "prod"; the top level is used\n'
        '  Add an "env.prod" section.',
    )


def test_environments_must_be_objects(refusal: Callable[..., str]) -> None:
    assert refusal("[env]\nprod = 1") == "wrangler.toml:2:1: env.prod: expected an object, got 1"
    assert refusal("env = 1") == "wrangler.toml:1:1: env: expected an object, got 1"


def test_all_problems_at_once_in_order(refusal: Callable[..., str]) -> None:
    text = 'name = 1\nwher = 2\n[ai]\nbindin = "AI"\n[[d1_databases]]\nbinding = "DB"\nremote = 1\n'
    assert refusal(text) == (
        "wrangler.toml:1:1: name: expected a string, got 1\n"
        "wrangler.toml:2:1: wher: wrangler knows no such field or binding type\n"
        "  Remove it, or look for its right name in wrangler's documentation.\n"
        'wrangler.toml:3:2: ai: "binding" is missing\n'
        "  Add binding: a string.\n"
        "wrangler.toml:4:1: ai.bindin: wrangler knows no such field\n"
        '  Did you mean "binding"?\n'
        "wrangler.toml:7:1: d1_databases[0].remote: expected a boolean, got 1"
    )


def test_unknown_binding_type(refusal: Callable[..., str]) -> None:
    assert refusal('{"name": "a",\n "telepathy": [{"binding": "MIND"}]}', name="wrangler.jsonc") == (
        "wrangler.jsonc:2:2: telepathy: wrangler knows no such field or binding type\n"
        "  Remove it, or look for its right name in wrangler's documentation."
    )


def test_find_project_goes_up(tmp_path: Path) -> None:
    inner = tmp_path / "tests" / "unit"
    inner.mkdir(parents=True)
    (tmp_path / "wrangler.toml").write_text('main = "entry.py"')
    assert find_project(inner) == tmp_path / "wrangler.toml"
    assert find_project(tmp_path / "tests") == tmp_path / "wrangler.toml"


def test_find_project_passes_over_assets(tmp_path: Path) -> None:
    (tmp_path / "wrangler.toml").write_text('main = "entry.py"')
    site = tmp_path / "site"
    site.mkdir()
    (site / "wrangler.jsonc").write_text('{"name": "site", "assets": {"directory": "."}}')
    assert find_project(site) == tmp_path / "wrangler.toml"
    (site / "wrangler.jsonc").write_text('{"main": "a.py", "assets": {"directory": "."}}')
    assert find_project(site) == site / "wrangler.jsonc"
    (site / "wrangler.jsonc").write_text("{broken")
    assert find_project(site) == site / "wrangler.jsonc"


def test_find_project_finds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_project() is None


def test_wrangler_may_read_another_file(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "wrangler.toml").touch()
    assert read_by_wrangler(inner) == inner / "wrangler.toml"
    (tmp_path / "wrangler.jsonc").touch()
    assert read_by_wrangler(inner) == tmp_path / "wrangler.jsonc"


def test_wrangler_finds_nothing(tmp_path: Path) -> None:
    assert read_by_wrangler(tmp_path) is None


def test_locate(read: Callable[..., Project]) -> None:
    project = read(TWO, "prod")
    assert locate(project, "main") == (3, 1)
    assert locate(project, "vars", "WHERE") == (7, 1)
    assert locate(project, "d1_databases") is None

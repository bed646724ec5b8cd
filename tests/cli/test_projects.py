from __future__ import annotations

from pathlib import Path

import pytest

from doris.cli.projects import find_database, open_project
from doris.config import ConfigError, load
from doris.errors import UserError


def test_named_folder_or_file(project: Path) -> None:
    assert open_project(str(project), None).root == project
    assert open_project("wrangler.toml", None).root == project


def test_nearest_above(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "src")
    assert open_project(None, None).root == project
    with pytest.raises(ConfigError, match="no wrangler file in this folder"):
        open_project(".", None)


def test_warnings_go_to_the_error_stream(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_project(None, "prod")
    assert capsys.readouterr() == (
        "",
        'warning: wrangler.toml:1:1: env: there is no environment "prod"; the top level is used\n'
        '  Add an "env.prod" section.\n',
    )
    open_project(None, "prod", warn=False)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["DB", "notes"])
def test_database_by_binding_or_name(name: str, project: Path) -> None:
    assert find_database(load(project), name).binding == "DB"


def test_unknown_database(project: Path) -> None:
    with pytest.raises(UserError, match=r"(?s)'OTHER' in your wrangler.toml file.*It has: DB \(notes\)\."):
        find_database(load(project), "OTHER")

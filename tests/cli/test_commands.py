from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from doris import server

from .conftest import Ended


def test_new_lists(doris: Callable[..., Ended]) -> None:
    ended = doris("new")
    assert ended.status == 0
    assert "05-d1  Pillar 5: notes on D1\n" in ended.output


def test_new_copies(doris: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert doris("new", "05-d1") == Ended(0, "05-d1 copied to 05-d1\n", "")
    assert doris("new", "05-d1", "here/there") == Ended(0, "05-d1 copied to here/there\n", "")
    assert (tmp_path / "here" / "there" / "wrangler.jsonc").is_file()
    assert doris("check", "here/there").status == 0


def test_new_refuses(doris: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    assert doris("new", "05-d1", "full") == Ended(
        1, "", "error: full is not empty, nothing was copied\n  Name another folder: doris new 05-d1 FOLDER\n"
    )
    ended = doris("new", "05-d2")
    assert (ended.status, ended.output) == (1, "")
    assert ended.errors.startswith(
        'error: there is no example "05-d2"\n  Did you mean "05-d1"? The examples are: '
    )


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What `doris dev` would serve."""
    served: dict[str, Any] = {}
    monkeypatch.setattr(server, "serve", lambda project, **options: served.update(options, project=project))
    return served


def test_dev(doris: Callable[..., Ended], project: Path, served: dict[str, Any]) -> None:
    assert doris("dev") == Ended(0, "", "")
    assert served.pop("project").root == project
    assert served == {
        "host": "127.0.0.1",
        "port": 8787,
        "persist_to": project / ".doris" / "state",
        "reload": True,
    }


def test_dev_elsewhere(
    doris: Callable[..., Ended], project: Path, served: dict[str, Any], tmp_path: Path
) -> None:
    options = ["--port", "0", "--host", "::1", "--persist-to", "kept"]
    assert doris("dev", str(project), *options).status == 0
    assert (served["host"], served["port"], served["persist_to"]) == ("::1", 0, project / "kept")
    assert doris("dev", "--ephemeral").status == 0
    assert served["persist_to"] is None


def test_dev_environment(doris: Callable[..., Ended], project: Path, served: dict[str, Any]) -> None:
    with (project / "wrangler.toml").open("a") as file:
        file.write("[env.prod]\n")
    ended = doris("dev", "--env", "prod")
    assert served["project"].environment == "prod"
    assert ended.errors.startswith(
        'warning: wrangler.toml:8:6: "d1_databases" exists at the top level, but not on "env.prod".'
    )


def test_dev_without_main(doris: Callable[..., Ended], project: Path, served: dict[str, Any]) -> None:
    (project / "src" / "entry.py").rename(project / "src" / "worker.py")
    assert doris("dev") == Ended(
        1,
        "",
        'error: wrangler.toml:2:1: main: src/entry.py does not exist\n  Did you mean "src/worker.py"?\n',
    )
    assert served == {}


def test_dev_outside_of_a_project(
    doris: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert doris("dev") == Ended(
        1,
        "",
        f"error: {tmp_path}: no wrangler.jsonc or wrangler.toml with a Worker here, nor in any folder above\n"
        "  Go to the folder of your Worker, or name it. A first project: doris new\n",
    )
    assert doris("dev", "there").errors == (
        "error: there: no such file or folder\n"
        "  Give a folder with a wrangler.jsonc or wrangler.toml, or the file itself.\n"
    )


def test_dev_below_the_project(
    doris: Callable[..., Ended], project: Path, served: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "src")
    assert doris("dev").status == 0
    assert served["project"].root == project

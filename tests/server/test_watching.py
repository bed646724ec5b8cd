"""Which files make a Worker."""

from __future__ import annotations

from pathlib import Path

from doris import config
from doris.server.watching import Watch
from tests.projects import make_project


def test_sources_and_configuration_count_the_rest_does_not(tmp_path: Path) -> None:
    make_project(tmp_path, files={"src/pkg/inner.py": "", "src/page.html": ""})
    watch = Watch(config.load(tmp_path))
    assert watch.changed() == []
    for name in (
        "src/python_modules/x.py",
        "src/.hidden/x.py",
        "src/image.png",
        "README.md",
        "src/venv/pyvenv.cfg",
        "src/venv/x.py",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert watch.changed() == []
    for name in (
        "src/pkg/inner.py",
        "src/page.html",
        "src/added.py",
        "wrangler.jsonc",
        ".dev.vars",
        ".env.local",
    ):
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write(" ")
        assert watch.changed() == [tmp_path / name]
    (tmp_path / "src" / "added.py").unlink()
    assert watch.changed() == [tmp_path / "src" / "added.py"]


def test_what_configures(tmp_path: Path) -> None:
    make_project(tmp_path)
    watch = Watch(config.load(tmp_path))
    assert watch.configures(tmp_path / "wrangler.jsonc")
    assert watch.configures(tmp_path / ".dev.vars")
    assert watch.configures(tmp_path / ".env.staging")
    assert not watch.configures(tmp_path / "src" / "entry.py")

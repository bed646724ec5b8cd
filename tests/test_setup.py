"""Setting up: what is done stays done, a failure says which step and what to do."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import pythons
import setup


@pytest.fixture
def done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A root of its own with one tier of two steps; the names of the steps as they are done."""
    done: list[str] = []
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    (tmp_path / "input.txt").write_text("1")

    def step(name: str) -> setup.Step:
        def run() -> None:
            done.append(name)
            (tmp_path / f"{name}.out").touch()

        return setup.Step(
            name, f"the {name} things", ("input.txt",), lambda: [tmp_path / f"{name}.out"], run, "Hint."
        )

    monkeypatch.setattr(setup, "STEPS", {name: step(name) for name in ("first", "second")})
    monkeypatch.setattr(setup, "TIERS", {"all": ("first", "second")})
    return done


def test_every_step_is_done_once_and_said(done: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.main(["all"]) == 0
    said = capsys.readouterr().out
    assert "[1/2] the first things ..." in said
    assert "[2/2] the second things ..." in said
    assert setup.main(["all"]) == 0
    assert capsys.readouterr().out == ""
    assert done == ["first", "second"]


def test_a_step_is_done_again_when_its_input_changes(done: list[str], tmp_path: Path) -> None:
    setup.main(["all"])
    (tmp_path / "input.txt").write_text("2")
    setup.main(["all"])
    assert done == ["first", "second"] * 2


def test_a_step_is_done_again_when_its_output_is_gone(done: list[str], tmp_path: Path) -> None:
    setup.main(["all"])
    (tmp_path / "second.out").unlink()
    setup.main(["all"])
    assert done == ["first", "second", "second"]


def test_a_step_is_done_again_for_another_python(done: list[str], tmp_path: Path) -> None:
    setup.main(["all"])
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("version = 3.12.1")
    setup.main(["all"])
    assert done == ["first", "second"] * 2


def test_a_failure_says_which_step_and_what_to_do(
    done: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "STEPS", {**setup.STEPS, "second": failing("raise SystemExit(7)")})
    assert setup.main(["all"]) == 1
    said = capsys.readouterr().err
    assert "setup: the step 'broken' (the broken things) failed." in said
    assert "ended with exit status 7." in said
    assert "Look there." in said
    assert "Traceback" not in said
    assert done == ["first"]  # and that stays done
    assert setup.main(["all"]) == 1
    assert done == ["first"]


def failing(code: str) -> setup.Step:
    def run() -> None:
        setup.call(sys.executable, "-c", code)

    return setup.Step("broken", "the broken things", (), list, run, "Look there.")


def test_a_flaky_command_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(setup.time, "sleep", waits.append)
    code = "import pathlib, sys; p = pathlib.Path(sys.argv[1]); f = p.exists(); p.touch(); sys.exit(not f)"
    setup.call(sys.executable, "-c", code, tmp_path / "second-try", tries=3)
    assert "failed (exit status 1); try 2 of 3" in capsys.readouterr().out
    assert waits == [2]


def test_unknown_tiers_get_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.main(["everything"]) == 2
    assert "usage: python3 scripts/setup.py site|test|lock|verify" in capsys.readouterr().err


def test_a_python_that_is_too_old_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "OLDEST_PYTHON", (99, 0))
    monkeypatch.setattr(setup, "fitting_python", lambda: None)
    assert setup.main(["test"]) == 1
    assert "make PYTHON=/path/to/python3.11" in capsys.readouterr().err


def test_without_chromium_and_without_apt_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(setup.shutil, "which", lambda name: None)
    with pytest.raises(setup.SetupError, match="no Chromium"):
        setup.install_chromium()


def test_every_step_of_a_tier_exists() -> None:
    assert {name for steps in setup.TIERS.values() for name in steps} == set(setup.STEPS)
    for step in setup.STEPS.values():
        assert all((setup.ROOT / name).exists() for name in step.inputs), step.name
        assert step.hint


def test_other_pythons_are_found_by_minor_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("3.10.4", "3.11.2", "3.12.1", "3.13-dev"):
        (tmp_path / "versions" / version).mkdir(parents=True)
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setattr(
        pythons.shutil, "which", lambda name: "/opt/python3.13" if name == "python3.13" else None
    )
    found = pythons.interpreters(own=11)
    assert {version: path.as_posix() for version, path in found.items()} == {
        "3.12": (tmp_path / "versions/3.12.1/bin/python").as_posix(),
        "3.13": "/opt/python3.13",
    }

from __future__ import annotations

from pathlib import Path

import pytest

from doris.config import ConfigError, Problem
from doris.config.errors import Lines, show_path
from doris.errors import UserError


def test_a_problem_says_where_what_and_the_way_out() -> None:
    problem = Problem(Path("wrangler.toml"), "it is wrong", "d1_databases[0]", (3, 5), "Mend it.")
    assert str(problem) == "wrangler.toml:3:5: d1_databases[0]: it is wrong\n  Mend it."
    assert str(Problem(Path("wrangler.toml"), "it is wrong")) == "wrangler.toml: it is wrong"


def test_an_error_has_all_problems() -> None:
    problems = [Problem(Path("a"), "one"), Problem(Path("a"), "two")]
    error = ConfigError(problems)
    assert error.problems == tuple(problems)
    assert str(error) == "a: one\na: two"
    assert isinstance(error, UserError)
    assert ConfigError.of(Path("a"), "one", field="name", location=(1, 2), hint="Do.").problems == (
        Problem(Path("a"), "one", "name", (1, 2), "Do."),
    )


def test_lines() -> None:
    lines = Lines("ab\n\nc")
    assert [lines.locate(at) for at in range(6)] == [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1), (3, 2)]


def test_paths_are_shown_as_one_would_write_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert show_path(tmp_path / "a" / "b") == "a/b"
    assert show_path(tmp_path) == str(tmp_path)
    assert show_path(tmp_path.parent / "x") == str(tmp_path.parent / "x")

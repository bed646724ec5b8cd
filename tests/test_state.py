from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doris import state
from doris.config import D1Database, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(file=tmp_path / "wrangler.toml", root=tmp_path)


def test_beside_the_wrangler_file(project: Project, tmp_path: Path) -> None:
    database = D1Database(binding="DB", migrations_dir=tmp_path)
    assert state.path_for(project) == tmp_path / ".doris" / "state" / "v1"
    assert state.d1_file(project, database) == tmp_path / ".doris" / "state" / "v1" / "d1" / "DB.sqlite"


def test_elsewhere(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = D1Database(binding="DB", database_id="0-1", migrations_dir=tmp_path)
    assert state.d1_file(project, database, tmp_path / "x") == tmp_path / "x" / "v1" / "d1" / "0-1.sqlite"
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert state.path_for(project, "x") == tmp_path / "here" / "x" / "v1"


def test_one_database_for_one_id(project: Project, tmp_path: Path) -> None:
    first, second = (D1Database(binding=name, database_id="id", migrations_dir=tmp_path) for name in "AB")
    assert state.d1_file(project, first) == state.d1_file(project, second)


@pytest.mark.parametrize(
    ("text", "name"),
    [("DB", "DB"), ("${D1_ID}", "%24%7BD1_ID%7D"), ("../x", "%2E.%2Fx"), ("a b", "a%20b"), ("é", "%C3%A9")],
)
def test_file_names(text: str, name: str) -> None:
    assert state.file_name(text) == name


@given(st.text(min_size=1, max_size=300), st.text(min_size=1, max_size=300))
def test_different_texts_have_different_files(one: str, other: str) -> None:
    names = state.file_name(one), state.file_name(other)
    assert (names[0] == names[1]) == (one == other)
    assert all(len(name) <= 120 and not set(name) & set('/\\:*?"<>|') for name in names)

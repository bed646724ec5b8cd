from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from doris.config import Assets, Project
from doris.config.build import json_value


def test_old_kinds_of_modules_are_bindings(read: Callable[..., Project]) -> None:
    project = read('[text_blobs]\nTEXT = "a.txt"\n[wasm_modules]\nWASM = "a.wasm"')
    assert [(other.type, other.name) for other in project.other_bindings] == [
        ("text_blobs", "TEXT"),
        ("wasm_modules", "WASM"),
    ]


def test_paths_are_absolute(read: Callable[..., Project], tmp_path: Path) -> None:
    project = read(
        'main = "./src/../worker/entry.js"\n[[d1_databases]]\nbinding = "DB"\nmigrations_dir = "../sql"'
    )
    assert project.file == tmp_path / "wrangler.toml"
    assert project.root == tmp_path
    assert project.main == tmp_path / "worker" / "entry.js"
    assert project.d1_databases[0].migrations_dir == tmp_path.parent / "sql"


def test_values_of_variables_are_json() -> None:
    assert json_value({"a": [1.0, 1.5, math.nan, -math.inf, True, None, "x"]}) == {
        "a": [1, 1.5, None, None, True, None, "x"]
    }
    assert isinstance(json_value(1.0), int)


def test_what_is_left_out_has_wrangler_s_default(read: Callable[..., Project], tmp_path: Path) -> None:
    project = read('[assets]\ndirectory = "public"\n[[d1_databases]]\nbinding = "DB"\nmigrations_table = ""')
    assert project.assets == Assets(directory=tmp_path / "public")
    (database,) = project.d1_databases
    assert (database.migrations_dir, database.migrations_table) == (tmp_path / "migrations", "d1_migrations")
    assert (project.name, project.main, project.compatibility_date) == (None, None, None)


def test_an_empty_folder_of_migrations_is_the_project_itself(
    read: Callable[..., Project], tmp_path: Path
) -> None:
    project = read('[[d1_databases]]\nbinding = "DB"\nmigrations_dir = ""')
    assert project.d1_databases[0].migrations_dir == tmp_path


def test_services_without_the_plugins_of_wrangler_s_simulator(read: Callable[..., Project]) -> None:
    plugin = 'dev = { plugin = { package = "p", name = "n" } }'
    (service,) = read(
        f'services = [{{ binding = "S", service = "s", environment = "x", {plugin} }}]'
    ).services
    assert (service.service, service.environment) == ("s", "x")


def test_wasm_and_data_are_bindings_too(read: Callable[..., Project]) -> None:
    assert list(read('[data_blobs]\nDATA = "a.bin"').binding_names()) == ["DATA"]

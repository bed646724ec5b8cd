"""Where imports lead inside an isolate."""

from __future__ import annotations

import pytest

from tests.isolate.conftest import MakeIsolate


@pytest.mark.parametrize("name", ["js", "pyodide", "_cloudflare.nothing", "pyodide_js"])
def test_reserved_names_are_served_or_do_not_exist(make_isolate: MakeIsolate, name: str) -> None:
    isolate = make_isolate({f"{name.partition('.')[0]}.py": "mine = True"})
    with pytest.raises(ModuleNotFoundError) as caught:
        isolate.import_module(name)
    assert caught.value.name == name


@pytest.mark.parametrize("name", ["_hashlib", "tkinter", "curses", "dbm.gnu", "resource"])
def test_what_production_lacks_is_missing(make_isolate: MakeIsolate, name: str) -> None:
    isolate = make_isolate({"entry.py": f"import {name}"})
    with pytest.raises(ModuleNotFoundError) as caught:
        isolate.import_module("entry")
    assert str(caught.value) == f"No module named {name!r}"


def test_what_nobody_has_is_missing(make_isolate: MakeIsolate) -> None:
    with pytest.raises(ModuleNotFoundError, match="No module named 'no_such_module'"):
        make_isolate({}).import_module("no_such_module")


def test_the_tools_that_look_from_outside_are_the_hosts(make_isolate: MakeIsolate) -> None:
    import doris

    isolate = make_isolate({})
    assert isolate.import_module("pytest") is pytest
    assert isolate.import_module("doris") is doris


def test_a_missing_import_of_a_shared_module_is_its_own_error(make_isolate: MakeIsolate) -> None:
    with pytest.raises(ModuleNotFoundError, match=r"doris\.no_such"):
        make_isolate({}).import_module("doris.no_such")

"""Modules of one Worker, apart from all others."""

from __future__ import annotations

import importlib
import inspect
import sys
import traceback
from pathlib import Path
from types import ModuleType

import pytest

from doris.isolate import current, outside
from tests.isolate.conftest import MakeIsolate


def served(name: str, **names: object) -> dict[str, ModuleType]:
    module = ModuleType(name)
    vars(module).update(names)
    return {name: module}


def test_two_isolates_with_equal_names_keep_them_both(make_isolate: MakeIsolate) -> None:
    first = make_isolate(
        {"entry.py": "import helper\nwho = helper.who", "helper.py": "who = 'first'"}, name="a"
    )
    second = make_isolate(
        {"entry.py": "import helper\nwho = helper.who", "helper.py": "who = 'second'"}, name="b"
    )
    one, two = first.import_module("entry"), second.import_module("entry")
    assert (one.who, two.who) == ("first", "second")
    assert (one.__name__, two.__name__) == ("entry", "entry")
    assert first.import_module("helper") is not second.import_module("helper")


def test_nothing_of_it_can_be_imported_outside(make_isolate: MakeIsolate) -> None:
    isolate = make_isolate({"only_inside.py": ""}, served=served("js", fetch=1))
    isolate.import_module("only_inside")
    assert isolate.import_module("js").fetch == 1
    for name in ("only_inside", "js"):
        assert name not in sys.modules
        with pytest.raises(ModuleNotFoundError):
            importlib.import_module(name)


def test_inside_sys_modules_shows_its_modules_and_hides_those_of_the_host(
    make_isolate: MakeIsolate, monkeypatch: pytest.MonkeyPatch
) -> None:
    host_module = ModuleType("shadowed")
    monkeypatch.setitem(sys.modules, "shadowed", host_module)
    isolate = make_isolate(
        {"shadowed.py": "mine = True", "entry.py": "import shadowed, sys\nseen = sys.modules['shadowed']"}
    )
    entry = isolate.import_module("entry")
    assert entry.seen.mine
    assert sys.modules["shadowed"] is host_module
    with isolate.entered():
        assert sys.modules["shadowed"] is entry.seen
        with outside():
            assert current() is None
            assert sys.modules["shadowed"] is host_module
        assert current() is isolate
    assert sys.modules["shadowed"] is host_module


def test_a_function_called_from_outside_imports_from_its_isolate(make_isolate: MakeIsolate) -> None:
    isolate = make_isolate(
        {
            "entry.py": """
            def lazily():
                import helper
                from pkg.inner import value
                return helper.name + value
            """,
            "helper.py": "name = 'lazy'",
            "pkg/__init__.py": "",
            "pkg/inner.py": "from . import sibling\nfrom .sibling import value",
            "pkg/sibling.py": "value = ' import'",
        }
    )
    assert isolate.import_module("entry").lazily() == "lazy import"
    assert "helper" not in sys.modules


def test_what_looks_modules_up_by_name_finds_them(make_isolate: MakeIsolate) -> None:
    isolate = make_isolate(
        {
            "entry.py": """
            from __future__ import annotations
            import copy, dataclasses, importlib, pickle, typing
            import pkg.inner as alias

            @dataclasses.dataclass
            class Point:
                x: int = 0
                other: Point | None = None

            def check():
                point = pickle.loads(pickle.dumps(Point(3)))
                assert point == Point(3) and type(point) is Point
                assert copy.deepcopy(point) == point
                assert typing.get_type_hints(Point)["other"] == Point | None
                assert importlib.import_module("pkg.inner") is alias
                assert importlib.import_module(".inner", "pkg") is alias
                return Point.__module__
            """,
            "pkg/__init__.py": "",
            "pkg/inner.py": "",
        }
    )
    entry = isolate.import_module("entry")
    with isolate.entered():
        assert entry.check() == "entry"


def test_files_sources_and_tracebacks_are_the_real_ones(make_isolate: MakeIsolate, tmp_path: Path) -> None:
    isolate = make_isolate({"entry.py": "def fail():\n    raise ValueError('here')\n"})
    entry = isolate.import_module("entry")
    file = str(tmp_path / "project" / "entry.py")
    assert entry.__file__ == entry.__spec__.origin == file
    assert inspect.getsource(entry.fail).startswith("def fail")
    with pytest.raises(ValueError, match="here") as caught:
        entry.fail()
    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert (last.filename, last.lineno, last.line) == (file, 2, "raise ValueError('here')")


def test_a_module_that_replaces_itself_stays_replaced(make_isolate: MakeIsolate) -> None:
    isolate = make_isolate({"alias.py": "import sys, real\nsys.modules[__name__] = real", "real.py": "x = 1"})
    assert isolate.import_module("alias") is isolate.import_module("real")
    assert isolate.import_module("alias").x == 1


def test_a_module_that_fails_can_be_imported_again(make_isolate: MakeIsolate, tmp_path: Path) -> None:
    isolate = make_isolate({"broken.py": "1 / 0"})
    with pytest.raises(ZeroDivisionError):
        isolate.import_module("broken")
    (tmp_path / "project" / "broken.py").write_text("mended_by_now = True", encoding="utf-8")
    importlib.invalidate_caches()
    assert isolate.import_module("broken").mended_by_now
    assert "broken" not in sys.modules


def test_the_order_is_project_then_vendored_then_host(make_isolate: MakeIsolate, tmp_path: Path) -> None:
    vendored = tmp_path / "python_modules"
    vendored.mkdir()
    for name in ("both", "only_vendored", "iniconfig"):
        (vendored / f"{name}.py").write_text("where = 'vendored'", encoding="utf-8")
    isolate = make_isolate({"both.py": "where = 'project'"}, vendored=[vendored])
    assert isolate.import_module("both").where == "project"
    assert isolate.import_module("only_vendored").where == "vendored"
    assert isolate.import_module("iniconfig").where == "vendored"
    assert isolate.import_module("sortedcontainers").__file__.startswith(sys.prefix)


def test_libraries_are_private_the_standard_library_and_extensions_are_shared(
    make_isolate: MakeIsolate,
) -> None:
    import json

    import idna
    import pydantic_core

    isolate = make_isolate({}, key="shared with the host")
    assert isolate.import_module("json") is json
    assert isolate.import_module("idna") is not idna
    assert isolate.import_module("pydantic_core") is not pydantic_core
    extension = isolate.import_module("pydantic_core._pydantic_core")
    assert extension is pydantic_core._pydantic_core
    assert importlib.import_module("idna") is idna


def test_a_stateless_library_is_kept_for_the_next_isolate_and_never_used_by_two(
    make_isolate: MakeIsolate,
) -> None:
    first = make_isolate({}, name="a", key="kept")
    kept, private = first.import_module("idna"), first.import_module("sortedcontainers")
    second = make_isolate({}, name="b", key="kept")
    assert second.import_module("idna") is not kept
    first.close()
    third = make_isolate({}, name="c", key="kept")
    assert third.import_module("idna") is kept
    assert third.import_module("sortedcontainers") is not private


def test_packages_without_a_file_work(make_isolate: MakeIsolate) -> None:
    isolate = make_isolate({"space/inner.py": "x = 1", "entry.py": "import space.inner\nx = space.inner.x"})
    assert isolate.import_module("entry").x == 1
    assert "space" not in sys.modules


def test_restart_forgets_the_projects_modules_only(make_isolate: MakeIsolate) -> None:
    isolate = make_isolate({"entry.py": "import idna\ncount = []"})
    before = isolate.import_module("entry")
    isolate.begin_request()
    with isolate.entered():
        isolate.restart()
        assert current() is isolate
    after = isolate.import_module("entry")
    assert after is not before
    assert after.idna is before.idna
    assert not isolate.in_request


def test_isolates_may_call_each_other(make_isolate: MakeIsolate) -> None:
    source = "import sys\ndef names():\n    return [sys.modules['entry'].who]"
    first = make_isolate({"entry.py": "who = 'first'\n" + source}, name="a")
    second = make_isolate({"entry.py": "who = 'second'\n" + source}, name="b")
    one, two = first.import_module("entry"), second.import_module("entry")
    with first.entered():
        with second.entered():
            assert two.names() == ["second"]
        assert one.names() == ["first"]


def test_after_the_last_one_is_closed_no_finder_is_left(make_isolate: MakeIsolate) -> None:
    from doris.isolate.finder import IsolateFinder

    before = [finder for finder in sys.meta_path if isinstance(finder, IsolateFinder)]
    isolate = make_isolate({"entry.py": "def later():\n    import json\n    return json"})
    entry = isolate.import_module("entry")
    assert any(isinstance(finder, IsolateFinder) for finder in sys.meta_path)
    isolate.close()
    isolate.close()
    assert [finder for finder in sys.meta_path if isinstance(finder, IsolateFinder)] == before
    assert entry.later().__name__ == "json"

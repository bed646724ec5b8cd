from __future__ import annotations

from collections.abc import Callable

import pytest

from doris.config import Project
from doris.config.environments import effective, undefined, warnings

TOP = {"name": "a", "main": "x.py", "limits": {"cpu_ms": 1}, "vars": {"A": 1}, "ai": {"binding": "AI"}}


def test_what_is_inherited() -> None:
    assert effective(TOP, {}, "e") == {"name": "a-e", "main": "x.py", "limits": {"cpu_ms": 1}}
    section = {"name": "own", "main": "y.py", "limits": {"subrequests": 2}, "vars": {"B": 2}}
    assert effective(TOP, section, "e") == section


def test_null_is_the_same_as_nothing() -> None:
    assert effective(TOP, {"main": None, "vars": None}, "e")["main"] == "x.py"


def test_without_environments_all_of_the_top_level_holds() -> None:
    assert undefined(TOP, "e") == {**TOP, "name": "a-e"}
    assert undefined({}, "e") == {}


@pytest.mark.parametrize(
    ("top", "section", "message"),
    [
        (
            {"ai": {"binding": "AI"}},
            {},
            '"ai" exists at the top level, but not on "env.e".\n'
            'This is not what you probably want, since "ai" is not inherited by environments.\n'
            'Please add "ai" to "env.e".',
        ),
        (
            {"vars": {"A": 1, "B": 2, "C": 3}},
            {"vars": {"B": 1}},
            'The following vars exist at the top level, but not on "env.e.vars".\n'
            "This is probably not what you want, "
            'since "vars" configuration is not inherited by environments.\n'
            'Please add these vars to "env.e.vars":\n- A\n- C',
        ),
        (
            {"define": {"A": "1"}},
            {"define": {}},
            'The following define entries exist at the top level, but not on "env.e.define".\n'
            "This is probably not what you want, "
            'since "define" configuration is not inherited by environments.\n'
            'Please add these entries to "env.e.define":\n- A',
        ),
        (
            {"kv_namespaces": [{"binding": "A"}, {"binding": "B"}]},
            {"kv_namespaces": [{"binding": "A"}]},
            'There is a kv_namespaces binding with name "B" at the top level, but not on "env.e".\n'
            "This is not what you probably want, "
            'since "kv_namespaces" configuration is not inherited by environments.\n'
            'Please add a binding for "B" to "env.e.kv_namespaces.bindings".',
        ),
        (
            {"durable_objects": {"bindings": [{"name": "A"}, {"name": "B"}]}},
            {"durable_objects": {"bindings": [{"name": "B"}]}},
            'The following bindings are at the top level, but not on "env.e".\n'
            "This is not what you probably want, "
            'since "durable_objects" configuration is not inherited by environments.\n'
            'Please add a binding for each to "env.e.durable_objects.bindings":\n- A',
        ),
    ],
)
def test_warning(top: dict[str, object], section: dict[str, object], message: str) -> None:
    ((field, text),) = warnings(top, section, "e")
    assert [field] == list(top)
    assert text == message


def test_no_warning_when_nothing_is_lost() -> None:
    section = {"vars": {"A": 2}, "ai": {"binding": "OTHER"}}
    assert list(warnings(TOP, section, "e")) == []
    assert list(warnings({"durable_objects": {}}, {"durable_objects": {}}, "e")) == []


def test_warnings_stand_where_the_environment_does(read: Callable[..., Project]) -> None:
    project = read('[ai]\nbinding = "AI"\n\n[env.e]\n', "e")
    assert project.warnings[0].startswith('wrangler.toml:4:6: "ai" exists at the top level')

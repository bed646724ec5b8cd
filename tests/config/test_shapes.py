from __future__ import annotations

import datetime

import pytest

from doris.config.shapes import (
    ANY,
    STRING,
    Either,
    MapOf,
    Table,
    did_you_mean,
    dotted,
    show,
    type_name,
    unknown,
)


def test_paths_read_like_code() -> None:
    assert dotted(("env", "prod", "d1_databases", 0, "binding")) == "env.prod.d1_databases[0].binding"
    assert dotted(()) == ""


def test_values_are_shown_short() -> None:
    assert show({"a": [None, "é"]}) == '{"a": [null, "é"]}'
    assert show(datetime.date(2026, 11, 1)) == "the date 2026-11-01"
    assert show([datetime.date(2026, 11, 1)]) == '["2026-11-01"]'
    assert show("x" * 100) == '"' + "x" * 56 + "..."


@pytest.mark.parametrize(
    ("value", "name"),
    [
        *((None, "null"), (True, "a boolean"), (1, "a number"), (1.5, "a number"), ("", "a string")),
        *(([], "an array"), ({}, "an object"), (datetime.time(1), "a date"), (datetime.date.max, "a date")),
    ],
)
def test_names_of_kinds(value: object, name: str) -> None:
    assert type_name(value) == name


def test_what_is_no_json_has_no_kind() -> None:
    with pytest.raises(TypeError, match="no JSON value: b''"):
        type_name(b"")


def test_nearest_name() -> None:
    names = ["binding", "database_id", "database_name"]
    assert did_you_mean("bindng", names) == 'Did you mean "binding"?'
    assert did_you_mean("data", names) == 'Did you mean "database_id"?'
    assert did_you_mean("zzz", names) is None
    assert did_you_mean(5, names) is None
    assert unknown("zzz", names) == "Remove it. Known here: binding, database_id, database_name."


def test_descriptions() -> None:
    assert Either((STRING, Table(), MapOf(ANY), ANY)).describe() == "a string or an object or a value"

from __future__ import annotations

import pytest

from doris.cli.table import render


def test_as_wrangler_draws() -> None:
    assert (
        render([{"id": 1, "title": "milk"}, {"id": 22, "title": None}])
        == """\
┌────┬───────┐
│ id │ title │
├────┼───────┤
│ 1  │ milk  │
│ 22 │ None  │
└────┴───────┘"""
    )


def test_widths_are_those_of_the_terminal() -> None:
    assert (
        render([{"a": "日本"}, {"a": "✅"}, {"a": "e\N{COMBINING ACUTE ACCENT}t"}])
        == """\
┌──────┐
│ a    │
├──────┤
│ 日本 │
│ ✅   │
│ e\N{COMBINING ACUTE ACCENT}t   │
└──────┘"""
    )


def test_a_cell_is_one_line() -> None:
    assert "│ a\\nb\\tc\\r │" in render([{"x": "a\nb\tc\r"}])


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", None, "no-such-encoding"])
def test_without_box_drawing(encoding: str | None) -> None:
    assert render([{"a": 1, "b": 2}], encoding) == "+---+---+\n| a | b |\n+---+---+\n| 1 | 2 |\n+---+---+"

from __future__ import annotations

import dataclasses

import pytest

from doris.bindings.r2_rows import Row


def test_rows_are_told_apart_by_all_they_hold_and_cannot_change() -> None:
    row = Row("k", "v", 1, "e", 5)
    assert row == Row("k", "v", 1, "e", 5, {}, {}, {})
    assert row != Row("k", "v", 1, "e", 5, custom={"a": "b"})
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.size = 2  # type: ignore[misc]

"""Isolates over small folders of modules."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from doris.clock import VirtualClock
from doris.isolate import Isolate

MakeIsolate = Callable[..., Isolate]


@pytest.fixture
def make_isolate(tmp_path: Path) -> Iterator[MakeIsolate]:
    """Makes isolates of the given modules (path -> source); all are closed at the end."""
    made: list[Isolate] = []

    def make(modules: dict[str, str], *, name: str = "project", **options: Any) -> Isolate:
        folder = tmp_path / name
        for path, source in modules.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(textwrap.dedent(source), encoding="utf-8")
        folder.mkdir(exist_ok=True)
        isolate = Isolate([folder], clock=VirtualClock(1_000_000), **options)
        made.append(isolate)
        return isolate

    yield make
    for isolate in made:
        isolate.close()

"""Running Workers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

import doris
from doris import Worker
from tests.projects import make_project, worker_source

#: Opens a Worker whose ``fetch`` has the given body.
Fetching = Callable[..., Any]


@pytest.fixture
def fetching(tmp_path: Path) -> Fetching:
    """Opens a Worker whose ``fetch`` has the given body; ``before`` is the module's beginning."""

    @asynccontextmanager
    async def opened(
        body: str, *, before: str = "", options: dict[str, Any] | None = None, **fields: Any
    ) -> AsyncIterator[Worker]:
        folder = make_project(tmp_path / "worker", worker_source(body, before=before), **fields)
        async with doris.open(folder, **(options or {})) as worker:
            yield worker

    return opened


@pytest.fixture
def answer(fetching: Fetching) -> Callable[..., Awaitable[str]]:
    """The text that a ``fetch`` with the given body answers."""

    async def text(body: str, **options: Any) -> str:
        async with fetching(body, **options) as worker:
            response = await worker.fetch("/")
            found: str = await response.text()
            return found

    return text

"""Every fence of every page is a test; the first one of a page that is asked for replays the whole page."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.docs.replay.fence import Fence, Refused, ReplayError
from tests.docs.replay.lexer import lex
from tests.docs.replay.page import Page
from tests.docs.replay.pages import Pages

Replay = Callable[[str], Page]


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The replays of this session: one a page and engine."""
    return Pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def replay(tmp_path: Path) -> Replay:
    """Replays a page given as text; it is called docs/page.md."""
    numbers = count()

    def run(text: str) -> Page:
        blocks: list[Fence | Refused] = lex(text, "docs/page.md")
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        return Page("docs/page.md", blocks, folder).run()

    return run


@pytest.fixture
def failure(replay: Replay) -> Callable[[str], str]:
    """Replays a page that does not hold, and gives the text of its first failure."""

    def run(text: str) -> str:
        page = replay(text)
        errors = [page.result(fence).error for fence in page.fences]
        found = [error for error in errors if isinstance(error, ReplayError)]
        assert found, "the page holds"
        return str(found[0])

    return run


@pytest.fixture
def levels(replay: Replay) -> Callable[[str], list[str]]:
    """Replays a page that holds, and gives the level of each block."""

    def run(text: str) -> list[str]:
        page = replay(text)
        results = [page.result(fence) for fence in page.fences]
        assert [str(result.error) for result in results if result.error] == []
        return [str(result.level) for result in results]

    return run


@pytest.fixture(scope="session")
def curl() -> None:
    assert shutil.which("curl"), "curl is not there: pages use it"

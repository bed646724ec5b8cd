"""Every fence of every page is a test: `docs/pillars/d1.md:120`.

The first of a page that is asked for replays the page.
"""

from __future__ import annotations

import pytest

from tests.docs.replay.pages import Pages


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The replays of this session: one a page and engine."""
    return Pages(tmp_path_factory.mktemp("pages"))

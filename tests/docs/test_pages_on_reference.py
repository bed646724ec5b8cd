"""The pages again, on the reference runtime: what they show is what production's runtime does."""

from __future__ import annotations

import pytest

from tests.docs.replay.fence import Fence
from tests.docs.replay.pages import Pages, Source, markdown_pages
from tests.docs.replay.reference.engine import ReferenceEngine

RUNNING = {"console", "http", "pycon", "python"}
SOURCES = [
    source
    for source in markdown_pages()
    if any(isinstance(block, Fence) and block.language in RUNNING for block in source.blocks)
]


@pytest.mark.replay_reference
@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_page(pages: Pages, source: Source) -> None:
    page = pages.replay(source, ReferenceEngine())
    if page.broken is not None:
        pytest.fail(str(page.broken), pytrace=False)

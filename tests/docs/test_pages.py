"""The promise of the site: if it stands on a page, it ran."""

from __future__ import annotations

import pytest

from tests.docs.replay.fence import Fence, Refused
from tests.docs.replay.pages import Pages, Source, sources

SOURCES = sources()
BLOCKS = [pytest.param(source, block, id=block.place) for source in SOURCES for block in source.blocks]


@pytest.mark.parametrize(("source", "block"), BLOCKS)
def test_block(pages: Pages, source: Source, block: Fence | Refused) -> None:
    if isinstance(block, Refused):
        pytest.fail(f"{block.place}: {block.what}", pytrace=False)
    result = pages.replay(source).result(block)
    if result.error is not None:
        pytest.fail(str(result.error), pytrace=False)
    assert result.level is not None


def test_there_are_pages() -> None:
    assert len(SOURCES) > 3

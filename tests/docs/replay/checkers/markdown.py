"""`markdown`: shows how a page is written. The fences inside are not run: they are part of what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..fence import Fence, ReplayError
from ..levels import Level

if TYPE_CHECKING:
    from ..page import Page


def check(page: Page, fence: Fence) -> Level:
    """Read it with the lexer, so that the fences it shows are fences."""
    from ..lexer import refused

    for item in refused(fence.body, fence.path):
        raise ReplayError(fence.place_of(item.line), item.what)
    del page
    return Level.VALIDATED

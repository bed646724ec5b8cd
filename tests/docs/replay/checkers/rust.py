"""`rust`: there is nothing yet that compiles it, and what is not compiled must not look as if it were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..fence import Fence, ReplayError
from ..levels import Level

if TYPE_CHECKING:
    from ..page import Page


def check(page: Page, fence: Fence) -> Level:
    """Always raises ReplayError."""
    del page
    raise ReplayError(
        fence.place, "no rust tier yet: nothing compiles this block, so it cannot stand on a page"
    )

"""`js`: loaded by workerd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..fence import Fence, ReplayError
from ..levels import Level
from ..nodejs import ask

if TYPE_CHECKING:
    from ..page import Page


def check(page: Page, fence: Fence) -> Level:
    """Load the module on workerd; what it says is the page's mistake."""
    del page
    problem = ask("workerd.mjs", fence.body)
    if problem:
        told = "\n".join(f"    {line}" for line in problem.splitlines())
        raise ReplayError(fence.place, f"workerd does not load it:\n{told}")
    return Level.VALIDATED

"""`mermaid`: parsed by mermaid itself, the version that the site serves."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ..fence import Fence, ReplayError
from ..levels import Level
from ..nodejs import ask

if TYPE_CHECKING:
    from ..page import Page


def check(page: Page, fence: Fence) -> Level:
    """All diagrams of a page are parsed in one go: starting Node takes longer than parsing."""
    diagrams = tuple(other.body for other in page.fences if other.language == "mermaid")
    message = parsed(diagrams)[diagrams.index(fence.body)]
    if message:
        match = re.search(r"line (\d+)", message)
        told = "\n".join(f"    {line}" for line in message.splitlines())
        raise ReplayError(fence.place_of(int(match[1]) if match else 1), f"mermaid:\n{told}")
    return Level.VALIDATED


@cache
def parsed(diagrams: tuple[str, ...]) -> list[str | None]:
    """For each diagram None, or what mermaid says is wrong."""
    answers: list[str | None] = ask("mermaid.mjs", list(diagrams))
    return answers

"""`text`: an output of the page, or a tree of files.

Text that is neither says something that nothing checks: refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..fence import Fence, ReplayError
from ..levels import Level
from ..tree import difference_of_trees

if TYPE_CHECKING:
    from ..page import Page


def check(page: Page, fence: Fence) -> Level:
    """Compare the tree, or the output that the block names."""
    if "tree" in fence.classes:
        problem = difference_of_trees(fence.body, page.cwd)
        if problem:
            raise ReplayError(fence.place, problem)
        return Level.VALIDATED
    command = fence.attrs.get("data-output")
    if command == "doris dev":
        _compare_log(page, fence)
    elif command and not page.engine.judges(command):
        return Level.VALIDATED
    elif command:
        outcome = page.shell.run(page.ports.into(command))
        page.compare(fence, fence.place, f"$ {command}", fence.body, outcome.output)
    elif "output" in fence.classes:
        page.compare(
            fence, fence.place, "the output of the block just above", fence.body, _output_above(page, fence)
        )
    elif fence.title:
        return Level.VALIDATED
    else:
        raise ReplayError(
            fence.place,
            "a text block that says nothing that can be checked. Name what it shows: `{ .text .output }` "
            "for the block just "
            'above, `{ .text data-output="command" }`, or `{ .text .tree }`',
        )
    return Level.RAN


def _output_above(page: Page, fence: Fence) -> str:
    previous = page.previous(fence)
    output = page.done.outputs.get(previous.line) if previous else None
    if output is None:
        raise ReplayError(fence.place, "shows an output, and the block just above has none")
    return output


def _compare_log(page: Page, fence: Fence) -> None:
    if page.server is None:
        raise ReplayError(fence.place, "shows what `doris dev` prints, and it does not run on this page")
    wanted = [line for line in fence.body.split("\n") if line.strip()]
    got = page.server.new_output(len(wanted))
    page.compare(fence, fence.place, "what `doris dev` printed", fence.body, got)

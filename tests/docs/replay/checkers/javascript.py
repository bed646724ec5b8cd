"""`js`: loaded by workerd; with `data-answers`, asked there what the page has asked its Python Worker."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from ..elide import mismatch
from ..fence import Fence, ReplayError
from ..levels import Level
from ..nodejs import ask
from .http import same_layout

if TYPE_CHECKING:
    from ..page import Page


def check(page: Page, fence: Fence) -> Level:
    """Load the module on workerd; what it says is the page's mistake."""
    problem = ask("workerd.mjs", fence.body)
    if problem:
        told = "\n".join(f"    {line}" for line in problem.splitlines())
        raise ReplayError(fence.place, f"workerd does not load it:\n{told}")
    if "data-answers" not in fence.attrs:
        return Level.VALIDATED
    if page.thorough:
        _ask_again(page, fence)
    return Level.RAN


def _ask_again(page: Page, fence: Fence) -> None:
    """Send the page's requests to this Worker too: it has to give the answers that the page shows."""
    from ..reference.javascript import repeated, started

    requests = page.done.requests
    if not requests:
        raise ReplayError(
            fence.place, "data-answers, and no curl request stands before it since `doris dev` started"
        )
    # A request may read files of the folder (a header that was kept): it gets a copy.
    folder = page.shell.kept / "javascript"
    shutil.copytree(
        page.cwd, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".doris", ".wrangler")
    )
    environ = page.shell.environ
    with started(fence.body, Path(page.cwd), environ) as worker:
        for request in requests:
            got = repeated(request.command, worker.port, folder, environ)
            expected, got = same_layout(request.expected, got)
            problem = mismatch(expected, got)
            if problem:
                logs = "\n".join(entry["message"] for entry in worker.logs[-3:])
                raise ReplayError(
                    fence.place,
                    f"asked again: $ {request.command} ({request.place})\n{problem}\n{logs}".rstrip(),
                )

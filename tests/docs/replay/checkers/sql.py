"""`sql`: runs on the page's D1 database, through the real command line.

A titled file is a migration, and has to be used.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from ..fence import Fence, ReplayError
from ..levels import Level

if TYPE_CHECKING:
    from ..page import Page


def check(page: Page, fence: Fence) -> Level:
    """Execute the block, or for a file, see to it that the page applies it."""
    if fence.title:
        if not applied_later(page, fence):
            raise ReplayError(
                fence.place,
                f"nothing on this page applies {fence.title}: `doris d1 migrations apply`, "
                "`doris d1 execute --file` "
                "or a test has to follow",
            )
        return Level.RAN
    database = fence.attrs.get("data-database") or first_database(page, fence)
    file = page.kept_file("statements.sql", fence.body)
    outcome = page.shell.run(f"doris d1 execute {shlex.quote(database)} --file {shlex.quote(str(file))}")
    if outcome.status:
        raise ReplayError(
            fence.place, f"{fence.body.splitlines()[0]}\nD1 refuses it:\n{outcome.output.rstrip()}"
        )
    page.done.outputs[fence.line] = outcome.output
    return Level.RAN


def first_database(page: Page, fence: Fence) -> str:
    """The binding of the first D1 database in the page's wrangler file."""
    from doris.config import ConfigError, load

    try:
        project = load(page.cwd)
    except ConfigError as error:
        raise ReplayError(fence.place, f"an sql block needs a project with a D1 database:\n{error}") from None
    if not project.d1_databases:
        raise ReplayError(fence.place, f"an sql block, and {Path(project.file).name} has no D1 database")
    return project.d1_databases[0].binding


def applied_later(page: Page, fence: Fence) -> bool:
    """Whether a command or code further down uses the file: applies migrations, executes it, or tests with
    it.
    """
    below = page.fences[page.fences.index(fence) + 1 :]
    name = Path(fence.title or "").name
    words = ("d1 migrations apply", name, "pytest")
    return any(
        any(word in other.body for word in words)
        for other in below
        if other.language in ("console", "bash", "python", "pycon")
    )

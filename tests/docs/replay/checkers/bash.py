"""`bash`: commands without an output to show.

shellcheck reads them; what needs neither account nor network runs.
"""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

from ..fence import Fence, ReplayError
from ..levels import Level
from ..outward import outward
from ..shell import tool_path
from ..tool_help import fault

if TYPE_CHECKING:
    from ..page import Page

SHELLCHECK = ["shellcheck", "--shell=bash", "--norc", "--format=gcc", "-"]


def check(page: Page, fence: Fence) -> Level:
    """shellcheck, then command by command: run, or held against the tool's help."""
    if page.thorough:
        shellcheck(fence, fence.body)
    if fence.title:
        return Level.VALIDATED
    level = Level.RAN
    for line, text in logical_lines(fence.body):
        reaches = outward(text)
        place = fence.place_of(line)
        if reaches:
            level = Level.VALIDATED
            if not page.thorough:
                continue
            problem = fault(reaches)
            if problem:
                raise ReplayError(place, f"{text}\n{problem}")
            if reaches.deploys:
                _deploy_dry(page, place, text)
            continue
        outcome = page.shell.run(page.ports.into(text))
        page.done.outputs[fence.line] = page.done.outputs.get(fence.line, "") + outcome.output
        if outcome.status:
            raise ReplayError(
                place, f"{text}\nended with exit status {outcome.status}:\n{outcome.output.rstrip()}"
            )
    return level


def shellcheck(fence: Fence, script: str, first_line: int = 1) -> None:
    """Raises ReplayError with what shellcheck says."""
    tool = tool_path("shellcheck")
    if tool is None:
        raise ReplayError(fence.place, "shellcheck is not there: install requirements-dev.txt")
    # SC1091: files that a script sources need not be there while it is read; SC2164: `cd` without `|| exit`
    # is what people type.
    done = subprocess.run(
        [tool, *SHELLCHECK[1:-1], "--exclude=SC1091,SC2164", "-"],
        input=script,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        findings = re.findall(r"^-:(\d+):\d+: (.*)$", done.stdout, re.MULTILINE)
        line = int(findings[0][0]) if findings else 1
        told = "\n".join(f"    line {number}: {what}" for number, what in findings) or done.stderr
        raise ReplayError(fence.place_of(line + first_line - 1), f"shellcheck:\n{told}")


def logical_lines(body: str) -> list[tuple[int, str]]:
    """The commands of a block with the line each starts on; `\\` goes on in the next line.

    Comments are left out.
    """
    found: list[tuple[int, str]] = []
    joined = False
    for number, line in enumerate(body.split("\n"), 1):
        if joined:
            found[-1] = (found[-1][0], found[-1][1] + "\n" + line)
        elif line.strip() and not line.lstrip().startswith("#"):
            found.append((number, line))
        joined = line.endswith("\\") and bool(found)
    return found


def _deploy_dry(page: Page, place: str, text: str) -> None:
    """A deploy, up to where it would leave the machine."""
    words = re.sub(
        r"^(uv run pywrangler|npx (--yes )?wrangler|pywrangler|wrangler)\b", "wrangler", text.strip()
    )
    outcome = page.shell.run(f"{words} --dry-run --outdir {page.root}/deploy")
    if outcome.status:
        raise ReplayError(place, f"{text}\nfails even as a dry run:\n{outcome.output.rstrip()}")

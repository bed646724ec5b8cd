"""`bash`: commands without an output to show.

shellcheck reads them; what needs neither account nor network runs.
"""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

from ..fence import Fence, ReplayError
from ..levels import Level
from ..outward import Outward, outward
from ..shell import Outcome, tool_path

if TYPE_CHECKING:
    from ..page import Page

SHELLCHECK = ["shellcheck", "--shell=bash", "--norc", "--format=gcc", "-"]
ACTIVATE = (".", "source")


def check(page: Page, fence: Fence) -> Level:
    """shellcheck, then command by command: run, or held against the tool's help."""
    if not page.hasty:
        shellcheck(fence, fence.body)
    if fence.title:
        return Level.VALIDATED
    level = Level.RAN
    for line, text in logical_lines(fence.body):
        reaches = outward(text)
        place = fence.place_of(line)
        if reaches:
            level = Level.VALIDATED
            if page.hasty:
                continue
            _hold_against_help(page, place, text, reaches)
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


def _hold_against_help(page: Page, place: str, text: str, reaches: Outward) -> None:
    if reaches.tool in ACTIVATE:
        return
    answer = help_of(reaches.tool, reaches.subcommands)
    if answer is None:
        raise ReplayError(place, f"{text}\n`{reaches.tool}` is not there, so nothing can check its options")
    known = known_options(answer.output)
    subcommands = list(reaches.subcommands)
    for option in reaches.options:
        if option not in known and not _bundled(option, known):
            raise ReplayError(
                place,
                f"{text}\n`{reaches.tool} {' '.join(subcommands)}` has no option {option}, says its own help",
            )
    del page


def _bundled(option: str, known: set[str]) -> bool:
    return not option.startswith("--") and all(f"-{letter}" in known for letter in option[1:])


def known_options(text: str) -> set[str]:
    """The option names in a tool's help."""
    return set(re.findall(r"(?<![\w-])--?[A-Za-z][\w-]*", text))


@cache
def help_of(tool: str, subcommands: tuple[str, ...]) -> Outcome | None:
    """The help of a subcommand: of the longest run of words that the tool knows.

    None when the tool is not there.
    """
    command = _command(tool)
    if command is None:
        return None
    for length in range(len(subcommands), -1, -1):
        words = [*command, *subcommands[:length], "-h" if tool == "git" else "--help"]
        done = subprocess.run(words, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        output = done.stdout + done.stderr
        unknown = re.search(
            r"(?i)unknown (command|argument)|no such command|invalid choice|not a git command|unrecognized",
            output,
        )
        if not unknown and (done.returncode == 0 or (tool == "git" and done.returncode == 129)):
            if length == 0 and subcommands and tool != "venv":
                continue_with = f"unknown subcommand {subcommands[0]}"
                return Outcome(1, continue_with)
            return Outcome(0, output)
    return Outcome(1, "")


def _command(tool: str) -> list[str] | None:
    if tool in ("pip", "venv"):
        return [sys.executable, "-m", tool]
    found = tool_path(tool)
    return [found] if found else None


def _deploy_dry(page: Page, place: str, text: str) -> None:
    """A deploy, up to where it would leave the machine."""
    words = re.sub(
        r"^(uv run pywrangler|npx (--yes )?wrangler|pywrangler|wrangler)\b", "wrangler", text.strip()
    )
    outcome = page.shell.run(f"{words} --dry-run --outdir {page.root}/deploy")
    if outcome.status:
        raise ReplayError(place, f"{text}\nfails even as a dry run:\n{outcome.output.rstrip()}")

"""What a tool's own help says: its subcommands and its options. Commands that cannot run here are held
against it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

from .outward import Outward
from .shell import node_folders, tool_path

UNCHECKED = {".", "source"}
PYWRANGLERS_OWN = {"sync", "types"}
"""The other subcommands of pywrangler are handed on to wrangler as they stand."""


def fault(command: Outward) -> str | None:
    """What the tool's help says against a command, or None."""
    if command.tool in UNCHECKED:
        return None
    tool, words = command.tool, list(command.subcommands)
    if tool == "pywrangler" and words and words[0] not in PYWRANGLERS_OWN:
        tool = "wrangler"
    try:
        text = _help_behind(tool, words)
    except LookupError as error:
        return str(error)
    known = set(re.findall(r"(?<![\w-])--?[A-Za-z][\w-]*", text))
    for option in command.options:
        if option not in known and not _letters(option, known):
            return f"`{command}` has no option {option}, says its own help"
    return None


def _help_behind(tool: str, words: list[str]) -> str:
    """The help of the longest run of words that are subcommands. Raises LookupError for one that is none."""
    if tool == "git":
        return help_text(tool, tuple(words[:1]))
    text = help_text(tool, ())
    for number, word in enumerate(words):
        listed = commands_of(text, tool)
        if word not in listed:
            if listed and number == 0:
                raise LookupError(f"`{tool}` has no subcommand {word}, says its own help")
            if listed:
                raise LookupError(
                    f"`{tool} {' '.join(words[:number])}` has no subcommand {word}, says its own help"
                )
            break  # an argument
        text = help_text(tool, tuple(words[: number + 1]))
    return text


def commands_of(text: str, tool: str) -> set[str]:
    """The subcommands that a help lists: `wrangler d1 create <name>`, or names below a line `Commands:`."""
    found = set(
        re.findall(rf"^  {tool} (?:[a-z0-9-]+ )*?([a-z][a-z0-9-]*)(?= *(?:[<\[]|  |$))", text, re.MULTILINE)
    )
    for section in re.findall(r"(?im)^(?:commands|general commands):\n((?:(?: .*)?\n)+)", text + "\n"):
        found |= set(re.findall(r"(?m)^ {2,4}([a-z][a-z0-9-]*)", section))
    return found


@cache
def help_text(tool: str, words: tuple[str, ...]) -> str:
    """The help of a tool's subcommand. Raises LookupError when the tool is not there."""
    # git's --help opens a manual page; -h prints what we want.
    return _said([*_command(tool), *words, "-h" if tool == "git" else "--help"])


def _said(command: list[str]) -> str:
    folders = [*map(str, node_folders()), os.environ.get("PATH", "")]
    environ = {**os.environ, "PATH": os.pathsep.join(folders), "NO_COLOR": "1", "COLUMNS": "200"}
    if "pywrangler" in command:
        environ["PYTHONPATH"] = str(_pywrangler_folder())
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, env=environ
    )
    return done.stdout + done.stderr


def _command(tool: str) -> list[str]:
    if tool in ("pip", "venv"):
        return [sys.executable, "-m", tool]
    if tool == "pywrangler" and (_pywrangler_folder() / "pywrangler").is_dir():
        return [sys.executable, "-m", tool]
    found = tool_path(tool) if tool != "pywrangler" else None
    if found is None:
        raise LookupError(f"`{tool}` is not there, so nothing can check its options: run `make setup`")
    return [found]


def _pywrangler_folder() -> Path:
    """Where scripts/setup.py puts pywrangler."""
    return Path(sys.prefix) / "pywrangler"


def _letters(option: str, known: set[str]) -> bool:
    """`-xyz` for `-x -y -z`."""
    return not option.startswith("--") and all(f"-{letter}" in known for letter in option[1:])

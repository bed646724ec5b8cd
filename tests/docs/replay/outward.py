"""Commands that reach an account or the network. They cannot run here; their names and options are held
against the tool.

What a command is comes from its first words, after what only starts it (`uv run`, `npx`). A tool's own help
is asked for the option names; a deploy is also done up to the point where it would leave the machine
(`wrangler deploy --dry-run`).
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

HARMLESS = ("--help", "-h", "--version", "--dry-run", "--local")
LAUNCHERS = (["uv", "run"], ["npx"], ["uvx"], ["python", "-m"], ["python3", "-m"])


@dataclass(frozen=True)
class Tool:
    """A tool that reaches out.

    `only` limits that to some of its subcommands; `help` is how it is asked for its options.
    """

    words: tuple[str, ...]
    only: tuple[str, ...] = ()


TOOLS = (
    Tool(("pywrangler",)),
    Tool(("wrangler",)),
    Tool(("pip",), ("install", "download")),
    Tool(("uv",), ("add", "init", "sync", "pip", "tool", "venv")),
    Tool(("git",), ("clone", "push", "pull", "fetch")),
    Tool(("npm",), ("install", "ci")),
    Tool(("venv",)),
    Tool((".",)),
    Tool(("source",)),
)
"""`python -m venv` and activating it belong to an installation: the replay has its own environment."""


@dataclass(frozen=True)
class Outward:
    """A command that cannot run here: the tool, the subcommands, and all options it was given."""

    tool: str
    subcommands: tuple[str, ...]
    options: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join([self.tool, *self.subcommands])

    @property
    def deploys(self) -> bool:
        return self.tool in ("wrangler", "pywrangler") and self.subcommands[:1] == ("deploy",)


def simple_commands(text: str) -> list[str]:
    """The commands of a line of shell: parted at `&&`, `;`, `|` outside quotes."""
    lexer = shlex.shlex(text.replace("\\\n", " "), posix=False, punctuation_chars=";&|")
    lexer.whitespace_split = True
    lexer.commenters = "#"
    parts: list[list[str]] = [[]]
    for token in lexer:
        if set(token) <= set(";&|"):
            parts.append([])
        else:
            parts[-1].append(token)
    return [" ".join(part) for part in parts if part]


def outward(text: str) -> Outward | None:
    """The first command of a line that reaches out, or None.

    A dry run, a local one and a call for help do not.
    """
    for command in simple_commands(text):
        words = [word for word in _words(command) if not re.match(r"^[A-Z_]+=", word)]
        for launcher in LAUNCHERS:
            if words[: len(launcher)] == launcher:
                words = [word for word in words[len(launcher) :] if word != "--yes"]
        found = _outward(words)
        if found:
            return found
    return None


def _outward(words: list[str]) -> Outward | None:
    for tool in TOOLS:
        if tuple(words[: len(tool.words)]) != tool.words:
            continue
        rest = words[len(tool.words) :]
        if any(word in HARMLESS for word in rest):
            return None
        names = []
        for word in rest:
            if word.startswith("-") or not re.fullmatch(r"[a-z][a-z0-9-]*", word):
                break
            names.append(word)
        if tool.only and not (names and names[0] in tool.only):
            continue
        options = tuple(
            word.partition("=")[0] for word in rest if word.startswith("-") and word not in ("-", "--")
        )
        return Outward(tool.words[-1], tuple(names), options)
    return None


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command, comments=True)
    except ValueError:
        return command.split()

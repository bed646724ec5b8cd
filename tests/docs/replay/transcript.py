"""Read a `console` block: commands behind `$ `, their outputs, and what is typed meanwhile."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .fence import Fence, ReplayError

PROMPT = "$ "
DEBUGGER = "(Pdb) "
INTERRUPT = "^C"


@dataclass
class Command:
    """One command of a transcript. `line` is counted from 1 in the block."""

    text: str
    line: int
    expected: list[str] = field(default_factory=list)

    @property
    def output(self) -> str:
        return "\n".join(self.expected)

    @property
    def typed(self) -> list[str]:
        """What is typed at the debugger's prompt."""
        return [line[len(DEBUGGER) :] for line in self.expected if line.startswith(DEBUGGER)]

    @property
    def interrupts(self) -> bool:
        """Whether this is no command but Ctrl+C, pressed for what runs."""
        return self.text == INTERRUPT


def commands(fence: Fence) -> list[Command]:
    """The commands of a console block. Raises ReplayError for text before the first one."""
    found: list[Command] = []
    lines = fence.body.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if line.startswith(PROMPT):
            command = Command(line[len(PROMPT) :], number)
            while command.text.endswith("\\") and number < len(lines):
                command.text += "\n" + re.sub("^> ", "", lines[number])
                number += 1
            found.append(command)
        elif line.strip() == INTERRUPT:
            found.append(Command(INTERRUPT, number))
        elif found:
            found[-1].expected.append(line)
        elif line.strip():
            raise ReplayError(
                fence.place_of(number), f"`{line.strip()}` stands before the first command: `$ ` starts one"
            )
    if not found:
        raise ReplayError(fence.place, "a console block without a command: `$ ` starts one")
    return found


def debugger_transcript(output: str, typed: list[str]) -> str:
    """Put what was typed behind the debugger's prompts, as a terminal shows it and a pipe does not."""
    parts = output.split(DEBUGGER)
    text = parts[0]
    for said, part in zip(typed, parts[1:], strict=False):
        text += f"{DEBUGGER}{said}\n{part}"
    return text

"""`console`: commands in the reader's shell, and what they print."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from ..fence import Fence, ReplayError
from ..levels import Level
from ..outward import outward
from ..reload import Reload
from ..shell import READY
from ..transcript import Command, commands, debugger_transcript

if TYPE_CHECKING:
    from ..page import Page


def check(page: Page, fence: Fence) -> Level:
    """Run each command; compare what it prints."""
    found = commands(fence)
    for command in found:
        if command.interrupts:
            _interrupt(page, fence, command)
        elif is_server(command.text):
            if command is not found[-1] and not found[found.index(command) + 1].interrupts:
                raise ReplayError(
                    fence.place_of(command.line), f"`{command.text}` goes on: it is the last of its block"
                )
            _serve(page, fence, command)
        else:
            _run(page, fence, command)
    return Level.RAN


def shows_answer(fence: Fence) -> bool:
    """Whether a block shows the answer to the request just before it."""
    return fence.language == "http" or (fence.language == "json" and "output" in fence.classes)


def is_server(text: str) -> bool:
    """Whether a command is `doris dev`, which does not end by itself."""
    words = shlex.split(text.replace("\\\n", " "))
    return words[:2] == ["doris", "dev"] and "--help" not in words


def _run(page: Page, fence: Fence, command: Command) -> None:
    place = fence.place_of(command.line)
    refusal = outward(command.text)
    if refusal:
        raise ReplayError(
            place,
            f"$ {command.text}\n{refusal} needs an account or the network, so its output cannot be compared: "
            "put the command into a bash block, without output",
        )
    page.settle(place)
    if "curl" in command.text:
        page.shell.forget_answer()
    outcome = page.shell.run(page.ports.into(command.text), command.typed)
    output = debugger_transcript(outcome.output, command.typed) if command.typed else outcome.output
    if re.search(r"\bcurl\b", command.text):
        page.done.answer = page.shell.last_answer()
        page.remember_request(place, command.text, command.output or page.readable(output))
    if outcome.status and not command.output.strip():
        log = _log(page)
        raise ReplayError(
            place,
            f"$ {command.text}\nended with exit status {outcome.status}:\n"
            f"{page.readable(output).rstrip()}{log}",
        )
    page.done.outputs[fence.line] = output
    following = page.following(fence)
    if not command.output.strip() and following is not None and shows_answer(following):
        return
    if page.engine.judges(command.text):
        page.compare(fence, place, f"$ {command.text}", command.output, output)


def _serve(page: Page, fence: Fence, command: Command) -> None:
    place = fence.place_of(command.line)
    problem = page.stop_server()
    if problem:
        raise ReplayError(place, problem)
    page.server = page.shell.start(_with_port(page, command.text))
    page.done.requests.clear()
    page.reload = Reload(page.server, page.cwd) if page.engine.complete else None
    wanted = [line for line in command.expected if line.strip()]
    output = page.server.new_output(len(wanted), READY if _gets_ready(wanted) else None)
    if _gets_ready(wanted) and READY not in page.server.text:
        raise ReplayError(place, f"$ {command.text}\ndoes not get ready:\n{page.readable(output).rstrip()}")
    if wanted:
        # The server goes on printing: what the page shows is its beginning.
        beginning = [line for line in output.splitlines() if line.strip()][: len(wanted)]
        page.compare(fence, place, f"$ {command.text}", "\n".join(wanted), "\n".join(beginning))
    page.done.outputs[fence.line] = output


def _gets_ready(wanted: list[str]) -> bool:
    return not wanted or any(READY in line for line in wanted)


def _with_port(page: Page, text: str) -> str:
    text = text.rstrip().removesuffix("&").rstrip()
    return page.ports.into(text if "--port" in text else f"{text} --port 8787")


def _interrupt(page: Page, fence: Fence, command: Command) -> None:
    place = fence.place_of(command.line)
    server = page.server
    if server is None:
        raise ReplayError(place, "^C, and nothing runs")
    problem = page.stop_server()
    if problem:
        raise ReplayError(place, problem)
    if command.output.strip():
        page.compare(fence, place, "^C", command.output, server.new_output(0))


def _log(page: Page) -> str:
    """What the server has said lately: the reason of most failures."""
    if page.server is None:
        return ""
    return f"\nfrom `{page.server.command}`:\n{page.readable(page.server.new_output(0)).rstrip()}"

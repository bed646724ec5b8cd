"""`python` and `pycon`: run in the page's Python session, or, with a title, a file whose lines must all run
later on.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..elide import normal
from ..fence import Fence, ReplayError
from ..levels import Level
from ..session import Raised, Said

if TYPE_CHECKING:
    from ..page import Page

TRACEBACK = "Traceback (most recent call last):"
FRAME = re.compile(r'  File "(?P<file>[^"]+)", line (?P<line>\d+)(?:, in (?P<name>.+))?')


@dataclass
class Prompt:
    """One `>>> ` with its source and what the page shows below it. `line` is counted from 1 in the block."""

    source: str
    line: int
    expected: list[str] = field(default_factory=list)


def check(page: Page, fence: Fence) -> Level:
    """A file is only watched here; a script runs."""
    if fence.title:
        file = page.cwd / fence.title
        if file in page.traces.texts:
            syntax(fence, page.traces.texts[file] if fence.includes else fence.body)
            page.traces.watch(fence, file)
            page.at_end.append(fence)
            return Level.RAN
        raise ReplayError(fence.place, f"a python block whose title is no Python file: {fence.title}")
    syntax(fence, fence.body)
    file = _written(page, fence, fence.body)
    said = page.run_python("script", file, fence.body, 1)
    if said.error:
        number = _line_in(said.error, file)
        code = fence.body.split("\n")[number - 1].strip() if number else ""
        raise ReplayError(fence.place_of(number or 1), f"{code}\n{_raised(page, said)}")
    page.done.outputs[fence.line] = said.output
    if said.output.strip() and not page.output_is_shown(fence):
        raise ReplayError(
            fence.place,
            "the block prints, and the page does not show it. Show it just below in a `{ .text .output }`:\n"
            f"{said.output}",
        )
    return Level.RAN


def check_prompts(page: Page, fence: Fence) -> Level:
    """Run each prompt and compare what it writes."""
    found = prompts(fence)
    file = _written(page, fence, "\n".join(_code_lines(fence)))
    for prompt in found:
        said = page.run_python("statement", file, prompt.source, prompt.line)
        _compare(page, fence, prompt, said)
    return Level.RAN


def prompts(fence: Fence) -> list[Prompt]:
    """The prompts of a pycon block.

    Raises ReplayError for text before the first one and for what is no Python.
    """
    found: list[Prompt] = []
    for number, line in enumerate(fence.body.split("\n"), 1):
        if line.startswith(">>> "):
            found.append(Prompt(line[4:], number))
        elif found and not found[-1].expected and (line.startswith("... ") or line == "..."):
            found[-1].source += "\n" + line[4:]
        elif found:
            found[-1].expected.append(line)
        elif line.strip():
            raise ReplayError(
                fence.place_of(number), f"`{line.strip()}` stands before the first prompt: `>>> ` starts one"
            )
    if not found:
        raise ReplayError(fence.place, "a pycon block without a prompt: `>>> ` starts one")
    return found


def syntax(fence: Fence, text: str) -> None:
    """Raises ReplayError when a text of the block is no Python (top-level await allowed)."""
    try:
        compile(text, fence.place, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise ReplayError(fence.place_of(line), f"not Python: {error}") from None


def _compare(page: Page, fence: Fence, prompt: Prompt, said: Said) -> None:
    place = fence.place_of(prompt.line)
    code = f">>> {prompt.source.splitlines()[0]}"
    expected = "\n".join(prompt.expected).rstrip()
    before, shown_error, after = expected.partition(TRACEBACK)
    if said.error is None:
        page.compare(fence, place, code, expected, said.output)
        return
    if not shown_error:
        raise ReplayError(place, f"{code}\n{_raised(page, said)}")
    page.compare(fence, place, code, before, said.output)
    missing, last = _frames_shown(after, said.error)
    if missing:
        raise ReplayError(
            place, f"{code}\nthe traceback has no frame like `{missing}` here:\n{_frames(said.error)}"
        )
    page.compare(fence, place, code, "\n".join(last), said.error.last)


def _frames_shown(shown: str, error: Raised) -> tuple[str | None, list[str]]:
    """The first frame that the page shows and the traceback lacks; the page's last lines of the traceback.

    A page shows the frames it likes, in their order, and the last lines in full.
    """
    frames = list(error.frames)
    last: list[str] = []
    for line in shown.strip("\n").split("\n"):
        match = FRAME.match(line)
        if match:
            while frames and not _same_frame(match, frames[0]):
                frames.pop(0)
            if not frames:
                return line.strip(), last
            frames.pop(0)
        elif last or not line.startswith("    "):  # the source line of a frame is not compared
            last.append(line)
    return None, last


def _same_frame(match: re.Match[str], frame: tuple[str, int, str]) -> bool:
    file, line, name = frame
    return (
        (Path(file).as_posix().endswith(match["file"]) or match["file"].startswith("<"))
        and int(match["line"]) == line
        and match["name"] in (None, name)
    )


def _frames(error: Raised) -> str:
    lines = [f'    File "{file}", line {line}, in {name}' for file, line, name in error.frames]
    return "\n".join([*lines, *(f"    {line}" for line in normal(error.last))])


def _raised(page: Page, said: Said) -> str:
    assert said.error is not None
    output = f"output before it:\n{said.output}\n" if said.output.strip() else ""
    return page.readable(f"raised:\n{_frames(said.error)}\n{output}").rstrip("\n")


def _line_in(error: Raised, file: Path) -> int | None:
    return next((line for name, line, _ in reversed(error.frames) if name == str(file)), None)


def _written(page: Page, fence: Fence, source: str) -> Path:
    """The block as a file of its own beside the project: coverage and tracebacks want one.

    Its lines are awaited, too.
    """
    stem = re.sub(r"\W+", "_", fence.path)
    file = (page.root / "work" / ".replay" / f"{stem}_{fence.line}.py").resolve()
    page.traces.write(file, source)
    if fence.language == "python":
        page.traces.watch(fence, file)
        page.at_end.append(fence)
    return file


def _code_lines(fence: Fence) -> list[str]:
    return [line[4:] if line.startswith((">>> ", "... ")) else "" for line in fence.body.split("\n")]

"""Which lines of the page's files have run, as coverage sees it in every Python process that the page starts.

coverage starts itself in each of them (COVERAGE_PROCESS_START). A server lives on while its file is
rewritten, and the line numbers of two versions must not be mixed: so before a file changes, each living
process is asked to put down what it has seen (`probe`, a plugin of coverage, answers SIGUSR1), and what was
put down is booked on the version that was there.
"""

from __future__ import annotations

import difflib
import json
import os
import signal
import time
from pathlib import Path

from coverage import CoverageData
from coverage.exceptions import NotPython
from coverage.parser import PythonParser

from .fence import Fence

PLUGIN_FOLDER = Path(__file__).parent / "probe"
PATIENCE = 10.0


class Traces:
    """The recording of one page.

    `watch` announces a block's lines, `missed` says in the end which did not run.
    """

    def __init__(self, root: Path, *, recording: bool = True) -> None:
        """Without `recording` nothing is measured: processes start faster."""
        self.root = root
        self.folder = root / "traces"
        self.folder.mkdir(parents=True)
        self.texts: dict[Path, str] = {}
        self.ran: dict[Path, set[int]] = {}
        self.pending: dict[str, tuple[Path, dict[int, int]]] = {}
        rc = self.folder / "coveragerc"
        rc.write_text(
            f"[run]\ndata_file = {self.folder}/data\nparallel = true\ninclude = {root}/work/*\n"
            "concurrency = thread,greenlet\nplugins = replay_probe\n"
            "disable_warnings = no-data-collected,module-not-measured\n",
            encoding="utf-8",
        )
        self.variables: dict[str, str] = {}
        if not recording:
            return
        self.variables = {
            "COVERAGE_PROCESS_START": str(rc),
            "PYTHONPATH": str(PLUGIN_FOLDER),
            "REPLAY_TRACES": str(self.folder),
            "REPLAY_PROJECT": f"{root}/work/",
        }

    def write(self, file: Path, text: str) -> None:
        """Write a version of a Python file, after booking what ran of the version before."""
        before = self.texts.get(file)
        if before == text and file.is_file():
            return
        self.collect()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.texts[file] = text
        moved = line_map((before or "").split("\n"), text.split("\n"))
        # A line that stands unchanged in the new version has run if it ran before.
        self.ran[file] = {moved[line] for line in self.ran.get(file, ()) if line in moved}
        for place, (watched, lines) in self.pending.items():
            if watched == file:
                # A line that is gone keeps a number below zero: it can run no more.
                self.pending[place] = (file, {own: moved.get(at, -own) for own, at in lines.items()})

    def watch(self, fence: Fence, file: Path) -> None:
        """From now on the executable lines of this block are awaited, where they stand in the file."""
        self.collect()
        text = self.texts[file]
        body = [line.strip() for line in fence.body.split("\n")]
        where = line_map(body, [line.strip() for line in text.split("\n")])
        awaited = statements(text) - self.ran[file]
        self.pending[fence.place] = (file, {own: at for own, at in where.items() if at in awaited})

    def collect(self) -> None:
        """Book what all processes have seen so far, and forget it there."""
        self._ask_the_living()
        for file in sorted(self.folder.glob("data.*")):
            data = CoverageData(str(file), no_disk=False)
            data.read()
            for name in data.measured_files():
                self._book(Path(name).resolve(), set(data.lines(name) or ()))
            data.close()
            file.unlink()
        for file in sorted(self.folder.glob("lines.*")):
            for name, line in json.loads(file.read_text(encoding="utf-8")):
                self._book(Path(name).resolve(), {line})
            file.unlink()

    def missed(self, fence: Fence) -> list[int]:
        """The lines of the block's body, from 1, that have not run in any version."""
        return sorted(self.pending[fence.place][1])

    def _book(self, file: Path, ran: set[int]) -> None:
        text = self.texts.get(file)
        if text is None:
            return
        parser = parsed(text)
        ran = {parser.first_line(line) for line in ran} if parser else ran
        self.ran[file] |= ran
        for place, (watched, lines) in self.pending.items():
            if watched == file:
                self.pending[place] = (file, {own: at for own, at in lines.items() if at not in ran})

    def _ask_the_living(self) -> None:
        for file in self.folder.glob("pid.*"):
            pid = int(file.suffix[1:])
            answer = self.folder / f"answer.{pid}"
            answer.unlink(missing_ok=True)
            try:
                os.kill(pid, signal.SIGUSR1)
            except ProcessLookupError:
                file.unlink(missing_ok=True)
                continue
            deadline = time.monotonic() + PATIENCE
            while not answer.exists() and file.exists() and time.monotonic() < deadline:
                time.sleep(0.005)


def parsed(text: str) -> PythonParser | None:
    """coverage's view of a source text; None when it is no Python."""
    parser = PythonParser(text=text)
    try:
        parser.parse_source()
    except NotPython:
        return None
    return parser


def statements(text: str) -> set[int]:
    """The executable lines of a source text, as coverage counts them: docstrings are none."""
    parser = parsed(text)
    return set(parser.statements) if parser else set()


def line_map(before: list[str], after: list[str]) -> dict[int, int]:
    """Where the lines of one text stand in another, both counted from 1.

    A text that stands there as a whole is found.
    """
    for start in range(len(after) - len(before) + 1):
        if after[start : start + len(before)] == before:
            return {number: start + number for number in range(1, len(before) + 1)}
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return {
        block.a + offset + 1: block.b + offset + 1
        for block in matcher.get_matching_blocks()
        for offset in range(block.size)
    }

"""One page, replayed from top to bottom in a folder of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .checkers import CHECKERS, STATIC
from .elide import Shown, fault_among, mismatch
from .engine import Emulator, Engine
from .fence import Fence, Refused, ReplayError
from .files import Files
from .levels import Level, Row
from .ports import Ports
from .reload import Reload
from .session import Said, Session
from .shell import HASTY_LIMIT, LIMIT, Background, Shell
from .traces import Traces


@dataclass
class Result:
    """What became of a block: its level, or why it does not hold."""

    fence: Fence
    level: Level | None = None
    error: ReplayError | None = None


@dataclass
class Done:
    """What the blocks further up have done that a block below may refer to."""

    outputs: dict[int, str] = field(default_factory=dict)
    """The output of each block by its line: what `{ .text .output }` below it shows."""
    answer: str | None = None
    """The raw answer to the last request."""
    requests: list[Request] = field(default_factory=list)
    """The curl commands since `doris dev` started."""


@dataclass(frozen=True)
class Request:
    """A curl command of the page, and what the page shows as its answer (what came, when it shows none)."""

    place: str
    command: str
    expected: str


class Page:
    """The replay of one page. `run` does it once; `results` has one entry for each fence."""

    def __init__(
        self,
        name: str,
        blocks: list[Fence | Refused],
        root: Path,
        engine: Engine | None = None,
        *,
        replaced: Mapping[str, str] | None = None,
        hasty: bool = False,
    ) -> None:
        """`replaced`: texts in place of included files. `hasty`: only what runs, up to the first failure."""
        self.name = name
        self.fences = [block for block in blocks if isinstance(block, Fence)]
        self.refused = [block for block in blocks if isinstance(block, Refused)]
        self.engine = engine or Emulator()
        self.root = root
        self.ports = Ports()
        self.traces = Traces(root, recording=self.engine.complete and not hasty)
        limit = HASTY_LIMIT if hasty else LIMIT
        self.shell = Shell(root, {**self.traces.variables, **self.engine.variables}, limit)
        self.engine.prepare(self.shell)
        self.session = Session(limit)
        self.files = Files(self.traces, replaced or {})
        self.hasty = hasty
        self.server: Background | None = None
        self.reload: Reload | None = None
        self.done = Done()
        self.shown: list[tuple[Fence, Shown]] = []
        self.at_end: list[Fence] = []
        self.results: dict[int, Result] = {}
        self.broken: ReplayError | None = None
        self.ran = False

    def run(self) -> Page:
        """Replay the page, once."""
        if self.ran:
            return self
        self.ran = True
        try:
            for fence in self.fences:
                self.results[id(fence)] = self._replay(fence)
                if self.hasty and self.broken:
                    break
            if not self.broken and self.fences:
                self._settle_at_end(self.fences[-1])
        finally:
            stopped = self.stop()
        if stopped and self.broken is None:
            self._fail(self.fences[-1], ReplayError(self.name, stopped))
        if not self.thorough:
            return self
        for shown_in, fault in self._elided_too_far():
            self._fail(shown_in, fault)
        for fence in self.at_end:
            self._check_lines(fence)
        return self

    def result(self, fence: Fence) -> Result:
        """What became of a block."""
        return self.results[id(fence)]

    @property
    def rows(self) -> list[Row]:
        """The blocks that hold, for build/blocks.json."""
        return [
            Row(result.fence.path, result.fence.line, result.fence.language, result.level)
            for result in self.results.values()
            if result.level is not None and result.error is None
        ]

    # ---- what the checkers use
    # -----------------------------------------------------------------------------------

    @property
    def thorough(self) -> bool:
        """Whether also that is checked which does not run."""
        return self.engine.complete and not self.hasty

    @property
    def cwd(self) -> Path:
        """The folder where the reader's shell stands."""
        return self.shell.cwd

    def compare(self, fence: Fence, place: str, code: str, expected: str, got: str) -> None:
        """Hold an output against what the page shows; it is also kept, to be held against the page's other
        outputs.
        """
        got = self.readable(got)
        self.shown.append((fence, Shown(place, expected, got)))
        problem = mismatch(expected, got)
        if problem:
            raise ReplayError(place, f"{code}\n{problem}")

    def readable(self, output: str) -> str:
        """An output as the page may show it: with the ports that the page wrote."""
        return self.ports.back(output)

    def run_python(self, mode: str, file: Path, source: str, line: int) -> Said:
        """Run a `script` or a `statement`; `file` and `line` are what tracebacks and coverage call it."""
        source = self.ports.into(source)
        request = {"mode": mode, "file": str(file), "source": source, "line": line, "cwd": str(self.cwd)}
        said = self.engine.run_python(request, self.cwd) if self._uses_doris() else None
        if said is None:
            said = self.session.run(request, self.cwd, self.shell.environ)
        self.done.answer = said.answer or self.done.answer
        return said

    def _uses_doris(self) -> bool:
        """Whether the page's prompts and scripts are about the platform."""
        code = [
            fence.body for fence in self.fences if fence.language in ("python", "pycon") and not fence.title
        ]
        return any("import doris" in body for body in code)

    def previous(self, fence: Fence) -> Fence | None:
        """The block that stands just before."""
        index = self.fences.index(fence)
        return self.fences[index - 1] if index else None

    def following(self, fence: Fence) -> Fence | None:
        """The block that stands just behind."""
        index = self.fences.index(fence)
        return self.fences[index + 1] if index + 1 < len(self.fences) else None

    def output_is_shown(self, fence: Fence) -> bool:
        """Whether the block just behind shows the output of this one."""
        following = self.following(fence)
        return following is not None and "output" in following.classes

    def remember_request(self, place: str, command: str, expected: str) -> None:
        """Keep a request, for a Worker in another language that has to give the same answers."""
        self.done.requests.append(Request(place, command, expected))

    def settle(self, place: str) -> None:
        """Wait until a running server has taken up the files that changed. Raises ReplayError when it does
        not."""
        problem = self.reload.settle() if self.reload and self.server else None
        if problem:
            raise ReplayError(place, problem)

    def kept_file(self, name: str, text: str) -> Path:
        """A file for a command of the replay itself, outside the reader's folder."""
        file = self.shell.kept / name
        file.write_text(text, encoding="utf-8")
        return file

    def stop_server(self) -> str | None:
        """End `doris dev`, if it runs. A text that says what went wrong, or None."""
        server, self.server = self.server, None
        return server.stop() if server else None

    def stop(self) -> str | None:
        """End everything that the page has started, and collect what ran."""
        problem = self.stop_server()
        self.session.stop()
        self.engine.stop()
        with contextlib.suppress(OSError):
            self.traces.collect()
        return problem

    # ---- one block
    # -----------------------------------------------------------------------------------------------

    def _replay(self, fence: Fence) -> Result:
        result = Result(fence)
        try:
            result.level = self._check(fence)
        except ReplayError as error:
            result.error = error
            if self.broken is None and not (fence.language in STATIC and not fence.title):
                self.broken = error
        return result

    def _check(self, fence: Fence) -> Level:
        if fence.problem:
            raise ReplayError(fence.place, fence.problem)
        checker = CHECKERS.get(fence.language)
        if checker is None:
            what = (
                f"nothing checks the language `{fence.language}`"
                if fence.language
                else "a fence without a language"
            )
            raise ReplayError(fence.place, f"{what}. Known: {', '.join(sorted(CHECKERS))}")
        if self.broken is not None and (fence.language not in STATIC or fence.title):
            raise ReplayError(fence.place, f"not reached: the page stops at {self.broken.place}")
        if fence.title:
            self.files.place(self, fence)
        if fence.language in STATIC and not self.thorough:
            return Level.VALIDATED
        return checker(self, fence)

    def _settle_at_end(self, last: Fence) -> None:
        """Let the server take up what the page wrote last: a reader would see it do so."""
        try:
            self.settle(self.name)
        except ReplayError as error:
            self._fail(last, error)

    def _fail(self, fence: Fence, error: ReplayError) -> None:
        result = self.results[id(fence)]
        result.error = result.error or error

    def _elided_too_far(self) -> Iterator[tuple[Fence, ReplayError]]:
        everything = [shown for _, shown in self.shown]
        for fence, shown in self.shown:
            fault = fault_among(shown, everything)
            if fault:
                yield fence, ReplayError(shown.place, fault)

    def _check_lines(self, fence: Fence) -> None:
        """A Python block holds only when each of its executable lines has run somewhere on the page."""
        if self.broken is not None:
            return
        missed = self.traces.missed(fence)
        if missed:
            lines = fence.body.split("\n")
            name = fence.title or "this block"
            listed = "\n".join(f"    line {number}: {lines[number - 1].strip()}" for number in missed)
            self._fail(
                fence,
                ReplayError(
                    fence.place_of(missed[0]),
                    f"{len(missed)} executable line(s) of {name} never ran on this page:\n"
                    f"{listed}\n"
                    "    Let a request, a test or a prompt further down reach them, or take them out.",
                ),
            )

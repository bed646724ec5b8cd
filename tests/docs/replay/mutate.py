"""Delete the statements of pages and examples one at a time. What checks them has to notice.

A survivor is a line that the reader could leave out without anybody seeing a difference: either no output of
the page, no test of the example depends on it, and then one is missing; or it cannot be seen, and then
tests/docs/survivors.toml says why.

A mutant of an example runs the example's own tests, in a fork of this process that has imported everything
already. A mutant of a page (or of a snippet) replays the page up to its first failure. Both in as many
processes as there are cores.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import signal
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from .fence import Fence, repository
from .mutants import Mutant, mutants
from .page import Page
from .pages import Source, markdown_pages
from .tree import IGNORED

LIMIT = 120
"""Seconds after which a mutant that does not end counts as noticed."""


@dataclass(frozen=True)
class Target:
    """A mutant, where it was made, and what has to notice it: `survives` runs that.

    `holds` runs the same without the mutant: where that fails, every mutant would count as noticed.
    """

    file: str
    mutant: Mutant
    survives: Callable[[], bool]
    checker: str
    holds: Callable[[], bool]

    @property
    def place(self) -> str:
        return f"{self.file}:{self.mutant.line}"


@dataclass(frozen=True)
class Reason:
    """An entry of survivors.toml: a line that may be deleted unnoticed, and why."""

    file: str
    line: str
    reason: str


# ---- what there is to mutate


def targets(root: Path | None = None) -> list[Target]:
    """Every mutant of the repository: of the pages, of the snippets that they include, of the examples."""
    root = root or repository()
    pages = list(markdown_pages())
    return [*page_targets(pages), *snippet_targets(pages, root), *example_targets(root)]


def page_targets(pages: list[Source]) -> Iterator[Target]:
    """The Python that stands on the pages themselves."""
    for source in pages:
        for fence in source.blocks:
            if not isinstance(fence, Fence) or fence.includes or fence.problem:
                continue
            if fence.language == "python":
                for mutant in mutants(fence.body):
                    moved = dataclasses.replace(mutant, line=fence.line + mutant.line)
                    yield _page_target(source, fence, moved, mutant.text)
            elif fence.language == "pycon":
                yield from _prompt_targets(source, fence)


def _prompt_targets(source: Source, fence: Fence) -> Iterator[Target]:
    """Prompts that show no output: without one, only what follows can tell that they ran."""
    from .checkers.python import prompts

    lines = fence.body.split("\n")
    for prompt in prompts(fence):
        if any(line.strip() for line in prompt.expected):
            continue
        count = len(prompt.source.split("\n"))
        before, behind = lines[: prompt.line - 1], lines[prompt.line - 1 + count :]
        body = "\n".join([*before, ">>> pass", *[""] * (count - 1), *behind])
        mutant = Mutant(fence.line + prompt.line, prompt.source.split("\n")[0], body)
        yield _page_target(source, fence, mutant, body)


def _page_target(source: Source, fence: Fence, mutant: Mutant, body: str) -> Target:
    survives = page_survives(source, fence, body)
    return Target(source.name, mutant, survives, source.name, lambda: _page_holds(source, {}))


def snippet_targets(pages: list[Source], root: Path) -> Iterator[Target]:
    """Python files of snippets/: the pages that include them are what holds them."""
    for file in sorted((root / "snippets").rglob("*.py")):
        name = file.relative_to(root).as_posix()
        users = [source for source in pages if name in included(source)]
        for mutant in mutants(file.read_text(encoding="utf-8")):
            survives, holds = any_page_survives(users, name, mutant.text), any_page_survives(users, "", "")
            yield Target(name, mutant, survives, ", ".join(source.name for source in users), holds)


def example_targets(root: Path) -> Iterator[Target]:
    """The sources of each example that has tests of its own."""
    for tests in sorted((root / "examples").glob("**/tests")):
        example = tests.parent
        holds = example_survives(example, None, "")
        for file in sorted((example / "src").rglob("*.py")):
            name = file.relative_to(root).as_posix()
            for mutant in mutants(file.read_text(encoding="utf-8")):
                survives = example_survives(example, file.relative_to(example), mutant.text)
                yield Target(name, mutant, survives, f"the tests of {example.name}", holds)


def included(source: Source) -> set[str]:
    """The files that a page includes."""
    return {include.path for fence in source.blocks if isinstance(fence, Fence) for include in fence.includes}


# ---- whether a mutant is noticed


def page_survives(source: Source, mutated: Fence, body: str) -> Callable[[], bool]:
    """Replays the page with another text in one block."""

    def run() -> bool:
        changed = dataclasses.replace(mutated, body=body)
        blocks = [changed if block is mutated else block for block in source.blocks]
        return _page_holds(Source(source.name, tuple(blocks)), {})

    return run


def any_page_survives(users: list[Source], file: str, text: str) -> Callable[[], bool]:
    """Replays the pages that include a file, with another text in it, until one notices."""

    def run() -> bool:
        return all(_page_holds(source, {file: text}) for source in users)

    return run


def _page_holds(source: Source, replaced: dict[str, str]) -> bool:
    folder = Path(tempfile.mkdtemp(prefix="mutant-"))
    try:
        page = Page(source.name, list(source.blocks), folder, replaced=replaced, hasty=True)
        page.run()
        return page.broken is None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def example_survives(example: Path, file: Path | None, text: str) -> Callable[[], bool]:
    """Runs the tests of a copy of the example, with another text in one file if one is given."""

    def run() -> bool:
        folder = Path(tempfile.mkdtemp(prefix="mutant-"))
        try:
            copy = folder / example.name
            shutil.copytree(example, copy, ignore=shutil.ignore_patterns(*IGNORED))
            if file is not None:
                (copy / file).write_text(text, encoding="utf-8")
            return in_fork(lambda: tests_pass(copy))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    return run


def tests_pass(project: Path) -> bool:
    """Run the project's tests in this process, which has to be a fork: they leave their modules behind."""
    import pytest

    os.chdir(project)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    options = ["-x", "-q", "--rootdir", str(project), "-p", "no:cacheprovider", "-p", "no:randomly"]
    return pytest.main([*options, "-p", "no:cov", "tests"]) == 0


def in_fork(question: Callable[[], bool]) -> bool:
    """Answer a question in a fork of this process; one that does not end in time answers no."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        status = 2
        try:
            signal.alarm(LIMIT)
            status = 0 if question() else 1
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


# ---- all of them


@dataclass(frozen=True)
class Report:
    """The mutants that nothing noticed, and the entries of survivors.toml that no survivor needs.

    `broken` names what fails even without a mutant: of its mutants nothing can be said.
    """

    broken: list[str]
    survivors: list[Target]
    excused: list[Target]
    needless: list[Reason]


def hunt(chosen: list[Target], reasons: list[Reason], say: Callable[[Target, bool], None]) -> Report:
    """Run all mutants. `say` hears of each as it is done."""

    # Forked workers know the targets already: only numbers travel. A worker without threads may fork again.
    first = list({target.checker: target for target in chosen}.values())
    _questions[:] = [*(target.holds for target in first), *(target.survives for target in chosen)]
    outcomes = []
    with ProcessPoolExecutor(max_workers=os.cpu_count() or 1, mp_context=get_context("fork")) as pool:
        held = pool.map(_answer, range(len(first)))
        broken = [target.checker for target, holds in zip(first, held, strict=True) if not holds]
        if broken:
            return Report(broken, [], [], [])
        answers = pool.map(_answer, range(len(first), len(_questions)))
        for target, survived in zip(chosen, answers, strict=True):
            say(target, survived)
            outcomes.append(survived)
    survivors = [target for target, survived in zip(chosen, outcomes, strict=True) if survived]
    excused = [target for target in survivors if any(_fits(reason, target) for reason in reasons)]
    asked = {target.file for target in chosen}
    needless = [
        reason
        for reason in reasons
        if reason.file in asked and not any(_fits(reason, target) for target in survivors)
    ]
    return Report([], [target for target in survivors if target not in excused], excused, needless)


_questions: list[Callable[[], bool]] = []


def _answer(number: int) -> bool:
    return _questions[number]()


def _fits(reason: Reason, target: Target) -> bool:
    return reason.file == target.file and reason.line == target.mutant.code


def reasons_file() -> Path:
    return repository() / "tests" / "docs" / "survivors.toml"


def read_reasons(file: Path | None = None) -> list[Reason]:
    """The entries of survivors.toml. Raises ValueError for one without a reason."""
    entries = tomllib.loads((file or reasons_file()).read_text(encoding="utf-8")).get("survivor", [])
    for entry in entries:
        if not entry.get("reason", "").strip():
            raise ValueError(f"survivors.toml: no reason for {entry.get('file')}: {entry.get('line')}")
    return [Reason(entry["file"], entry["line"], entry["reason"]) for entry in entries]

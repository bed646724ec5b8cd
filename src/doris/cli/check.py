"""``doris check``: is this project in order, and does the emulator cover it?"""

from __future__ import annotations

import argparse
import ast
import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from warnings import catch_warnings

from doris.cli import code
from doris.cli.projects import open_project
from doris.config import Problem, Project, locate, read_by_wrangler
from doris.config.shapes import did_you_mean

_DEFAULT = "class Default(WorkerEntrypoint): with async def fetch(self, request)"


def check(options: argparse.Namespace) -> int:
    """Print what is wrong; 1 when something is, else 0."""
    project = open_project(options.directory, options.env)
    for warning in surprises(project):
        print(f"warning: {warning}", file=sys.stderr)
    problems = list(find_problems(project))
    for problem in problems:
        print(f"error: {problem}", file=sys.stderr)
    for note in uncovered(project):
        print(f"note: {note}")
    if problems:
        return 1
    if project.main is not None:
        asyncio.run(_start(project))
    print(f"{project.file.name}: no problems found")
    return 0


def find_problems(project: Project) -> Iterator[Problem]:
    """What would keep the Worker from running: its main module, and bindings that the file lacks."""
    if project.main is None:
        if project.assets is None:
            yield _in_file(
                project, "main", "it is missing", 'Name the Worker\'s main module: "main": "src/entry.py".'
            )
        return
    if project.main.suffix != ".py":
        message = f"{project.raw['main']} is no Python module"
        yield _in_file(project, "main", message, "doris runs Python Workers: the name ends in .py.")
        return
    if project.main.is_dir():
        yield _in_file(project, "main", f"{project.raw['main']} is a folder", "Name a module in it.")
        return
    if not project.main.is_file():
        message = f"{project.raw['main']} does not exist"
        near = did_you_mean(project.raw["main"], _candidates(project))
        yield _in_file(project, "main", message, near or "Create it, or name the Worker's main module.")
        return
    yield from _code_problems(project, project.main)


def _candidates(project: Project) -> list[str]:
    return [file.relative_to(project.root).as_posix() for file in code.source_files(project.root)]


def _code_problems(project: Project, main: Path) -> Iterator[Problem]:
    known = set(project.binding_names())
    for file in code.source_files(main.parent):
        tree = _parse(file)
        if isinstance(tree, Problem):
            yield tree
            continue
        if file == main and not _handles_events(project, tree):
            yield Problem(file, "there is no class Default", hint=f"The Worker begins with {_DEFAULT}.")
        elif file == main:
            yield from _date_problems(project, tree)
        for use in code.used_bindings(tree, file):
            if use.name not in known:
                where = f' in "env.{project.environment}"' if project.environment else ""
                hint = (
                    did_you_mean(use.name, known) or f"Add it to {project.file.name}{where}, or to .dev.vars."
                )
                message = f"env.{use.name}: {project.file.name} has no binding of that name{where}"
                yield Problem(file, message, location=(use.line, use.column), hint=hint)


def _handles_events(project: Project, tree: ast.Module) -> bool:
    """Is there a Default, or what may stand in its place: classes that other Workers use, or the global
    functions of old compatibility dates?
    """
    from doris.runtime.code import LEGACY_EVENTS
    from doris.runtime.compat import compat_of

    if code.may_define(tree, "Default") or code.has_class_for_others(tree):
        return True
    old = not compat_of(project)["python_no_global_handlers"]
    return old and any(code.may_define(tree, f"on_{event}") for event in LEGACY_EVENTS)


def _date_problems(project: Project, tree: ast.Module) -> Iterator[Problem]:
    from doris.runtime.code import LEGACY_EVENTS
    from doris.runtime.compat import NO_GLOBAL_HANDLERS, compat_of

    old = not compat_of(project)["python_no_global_handlers"]
    legacy = any(code.may_define(tree, f"on_{event}") for event in LEGACY_EVENTS)
    if old and not legacy and code.may_define(tree, "Default"):
        message = f"before {NO_GLOBAL_HANDLERS} the runtime calls on_fetch, not class Default"
        yield _in_file(project, "compatibility_date", message, "Set a newer date, 2026-01-01 or later.")


def _parse(file: Path) -> ast.Module | Problem:
    try:
        with catch_warnings(action="ignore"):  # of odd escapes and the like: they show when the Worker runs
            return ast.parse(file.read_bytes(), str(file))
    except (SyntaxError, ValueError) as error:  # ValueError: a NUL byte, in early 3.11
        location = (getattr(error, "lineno", None) or 1, getattr(error, "offset", None) or 1)
        return Problem(file, getattr(error, "msg", str(error)), location=location)


def surprises(project: Project) -> Iterator[str]:
    """What is allowed and yet surprises."""
    other = read_by_wrangler(project.root)
    if other is not None and other != project.file:
        yield str(
            Problem(
                project.file,
                f"wrangler, run in this folder, reads {other} instead",
                hint="It looks for wrangler.json, then wrangler.jsonc, then wrangler.toml, each in all "
                "folders above. Rename this file to wrangler.jsonc, or run wrangler with --config.",
            )
        )
    if project.main is not None and project.compatibility_date is None:
        yield str(
            _in_file(
                project,
                "compatibility_date",
                "it is missing",
                "Add today's date: wrangler deploy asks for it.",
            )
        )


def uncovered(project: Project) -> Iterator[str]:
    """The bindings that the emulator does not have."""
    from doris.bindings import uncovered_bindings

    for kind, name in uncovered_bindings(project):
        yield f"{kind} {name}: not emulated; the Worker loads, and an error is raised when it uses env.{name}"
    if project.main is None and project.assets is not None:
        yield "no main: a project of static assets has nothing for doris to run"


async def _start(project: Project) -> None:
    """Start the Worker as a test would: in memory, with its migrations applied. Raises :class:`UserError`."""
    from doris.runtime.opening import open

    async with open(project.file, env=project.environment or ""):
        pass


def _in_file(project: Project, field: str, message: str, hint: str) -> Problem:
    return Problem(project.file, message, field, locate(project, field), hint)

"""``doris new`` and ``doris dev``."""

from __future__ import annotations

import argparse
from pathlib import Path

from doris import examples
from doris.cli.check import find_problems
from doris.cli.projects import open_project
from doris.config import ConfigError


def new(options: argparse.Namespace) -> int:
    """Copy an example, or list them."""
    if options.example is None:
        known = examples.all_examples()
        width = max((len(example.name) for example in known), default=0)
        for example in known:
            print(f"{example.name:{width}}  {example.title}".rstrip())
        return 0
    example = examples.find(options.example)
    destination = Path(options.destination or Path(example.name).name)
    examples.copy(example, destination)
    print(f"{example.name} copied to {examples.shown(destination)}")
    return 0


def dev(options: argparse.Namespace) -> int:
    """Serve the project until interrupted."""
    project = open_project(options.directory, options.env)
    problems = [problem for problem in find_problems(project) if problem.file == project.file]
    if problems:
        raise ConfigError(problems)
    from doris import server

    persist_to: Path | None = project.root / ".doris" / "state"
    if options.ephemeral:
        persist_to = None
    elif options.persist_to is not None:
        persist_to = Path(options.persist_to).absolute()
    server.serve(project, host=options.host, port=options.port, persist_to=persist_to, reload=True)
    return 0

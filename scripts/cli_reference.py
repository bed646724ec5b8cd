"""Write docs/reference/cli.md: the help of every command of `doris`, as the command itself prints it.

    python scripts/cli_reference.py

Run it after a change to the help texts. tests/site/test_reference.py compares the page with the command.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from doris.cli.parser import make_parser

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "cli.md"

HEAD = """\
---
description: Every command of doris and its options, as the command itself prints them.
---

# The command line {#cli}

Installing `doris-workers` brings one command, `doris`. Every command ends with status 0 when all went well,
with 1 when something is wrong in the project, and with 2 when it was called in a way that it does not know.
"""

SECTION = """
## {title} {{#{id}}}

```console
$ {command} --help
{help}
```
"""


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parser itself and those of its commands, depth first, in the order of the help."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from commands(command)


def page() -> str:
    """The text of the page."""
    sections = [
        SECTION.format(
            title=f"`{parser.prog}`",
            id=parser.prog.replace(" ", "-"),
            command=parser.prog,
            help=parser.format_help().rstrip(),
        )
        for parser in commands(make_parser())
    ]
    return HEAD + "".join(sections)


def main() -> int:
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

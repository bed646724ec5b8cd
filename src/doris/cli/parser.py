"""The command line's arguments. The site's reference page is made from these help texts."""

from __future__ import annotations

import argparse
import importlib.metadata
from collections.abc import Callable
from typing import Any

from doris.cli import check, commands, d1

_Add = Callable[..., argparse.ArgumentParser]


def make_parser() -> argparse.ArgumentParser:
    """The parser of ``doris``; ``run`` in what it returns is the command's function."""
    parser = argparse.ArgumentParser(
        prog="doris",
        description="Run Cloudflare Python Workers on this machine, in Python.",
        epilog="doris COMMAND -h tells more about a command.",
        formatter_class=_Help,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and end")
    add = _commands(parser)
    _add_dev(add)
    _add_new(add)
    _add_check(add)
    _add_d1(add)
    return parser


class _Help(argparse.HelpFormatter):
    """Help with the options in one column of fixed place, the same on every terminal."""

    def __init__(self, prog: str, **options: Any) -> None:
        super().__init__(prog, max_help_position=30, width=90, **options)

    def _format_action_invocation(self, action: argparse.Action) -> str:
        """``-e, --env NAME``, as Python 3.13 and later write it."""
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        value = self._format_args(action, self._get_default_metavar_for_optional(action))
        return f"{', '.join(action.option_strings)} {value}"


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *arguments: object) -> None:
        print(f"{parser.prog} {importlib.metadata.version('doris-workers')}")
        parser.exit()


def _commands(parser: argparse.ArgumentParser) -> _Add:
    found = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, help: str, description: str, **more: Any) -> argparse.ArgumentParser:
        return found.add_parser(
            name, help=help, description=description, formatter_class=_Help, allow_abbrev=False, **more
        )

    return add


def _add_dev(add: _Add) -> None:
    parser = add(
        "dev",
        "serve a Worker on this machine",
        "Serve the Worker of a project over HTTP, and load it again when a file changes. What it "
        "stores is kept in .doris/state beside the wrangler file. Ctrl+C ends it.",
    )
    _add_directory(parser)
    _add_env(parser)
    parser.add_argument(
        "--port", type=_port, default=8787, help="port to listen on; 0 takes any free one (8787)"
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    state = parser.add_mutually_exclusive_group()
    state.add_argument("--persist-to", metavar="PATH", help="folder for what the Worker stores")
    state.add_argument("--ephemeral", action="store_true", help="store in memory, and forget at the end")
    parser.set_defaults(run=commands.dev)


def _add_new(add: _Add) -> None:
    parser = add(
        "new",
        "begin a project from an example",
        "Copy an example project into a folder. Without a name, list the examples.",
    )
    parser.add_argument("example", metavar="EXAMPLE", nargs="?", help="the example's name, such as 05-d1")
    parser.add_argument(
        "destination",
        metavar="DEST",
        nargs="?",
        help="a folder that is empty or not there yet (the example's name)",
    )
    parser.set_defaults(run=commands.new)


def _add_check(add: _Add) -> None:
    parser = add(
        "check",
        "look for mistakes in a project",
        "Check the wrangler file and the Worker's code: the fields and their values, that main "
        "exists and has a Default, that the file has every binding that the code uses. Say what the "
        "emulator does not cover. The exit status is 1 when something is wrong.",
    )
    _add_directory(parser)
    _add_env(parser)
    parser.set_defaults(run=check.check)


def _add_d1(add: _Add) -> None:
    parser = add(
        "d1",
        "look after a project's D1 databases",
        "Apply migrations to the D1 databases that doris dev uses, and ask them questions; also "
        "while it runs.",
    )
    add_d1 = _commands(parser)
    migrations = add_d1(
        "migrations",
        "apply or list migrations",
        "Migrations are the .sql files in the project's folder migrations. Each is applied once, in "
        "the order of the numbers in their names.",
    )
    add_migrations = _commands(migrations)
    apply = add_migrations(
        "apply",
        "apply the migrations that were not applied yet",
        "Apply, in order, every migration that was not applied yet. One that fails is rolled back "
        "as a whole, and those after it are not run.",
    )
    _add_database(apply)
    apply.set_defaults(run=d1.apply_migrations)
    listing = add_migrations(
        "list",
        "list the migrations that were not applied yet",
        "List the migrations that were not applied yet.",
    )
    _add_database(listing)
    listing.set_defaults(run=d1.list_migrations)
    execute = add_d1(
        "execute",
        "run SQL",
        "Run SQL on a database and print what it returns. Several statements are one transaction: "
        "all or none.",
    )
    _add_database(execute)
    source = execute.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "--command", metavar="SQL", help="the SQL itself; several statements with ; between them"
    )
    source.add_argument("--file", metavar="PATH", help="a file of SQL")
    execute.add_argument("--json", action="store_true", help="print JSON, as wrangler does")
    execute.set_defaults(run=d1.execute)


def _add_directory(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "directory",
        metavar="DIR",
        nargs="?",
        help="the project's folder or its wrangler file (the current folder, or the nearest above "
        "with a Worker)",
    )


def _add_env(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-e", "--env", metavar="NAME", help="an environment of the wrangler file")


def _add_database(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("database", metavar="DATABASE", help="the database's binding or name")
    parser.add_argument("--cwd", metavar="DIR", help="the project's folder (as for doris dev)")
    _add_env(parser)
    parser.add_argument(
        "--persist-to", metavar="PATH", help="the folder that doris dev was given with --persist-to"
    )


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a number from 0 to 65535")
    return int(text)

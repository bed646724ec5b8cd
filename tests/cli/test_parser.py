from __future__ import annotations

from collections.abc import Callable

import pytest

from doris.cli.parser import make_parser

from .conftest import Ended


def test_help_of_the_command(doris: Callable[..., Ended]) -> None:
    assert (
        doris("-h").output
        == """\
usage: doris [-h] [--version] COMMAND ...

Run Cloudflare Python Workers on this machine, in Python.

options:
  -h, --help  show this help message and exit
  --version   print the version and end

commands:
  COMMAND
    dev       serve a Worker on this machine
    new       begin a project from an example
    check     look for mistakes in a project
    d1        look after a project's D1 databases

doris COMMAND -h tells more about a command.
"""
    )


def test_help_of_an_option_has_one_form_on_every_python(doris: Callable[..., Ended]) -> None:
    text = doris("dev", "-h").output
    assert "  -e, --env NAME     an environment of the wrangler file\n" in text
    assert "  --ephemeral        store in memory, and forget at the end\n" in text


@pytest.mark.parametrize(
    "arguments",
    [
        ["dev"],
        ["new"],
        ["check"],
        ["d1", "migrations", "apply"],
        ["d1", "migrations", "list"],
        ["d1", "execute"],
    ],
)
def test_every_command_has_help(arguments: list[str], doris: Callable[..., Ended]) -> None:
    ended = doris(*arguments, "-h")
    assert ended.status == 0
    assert ended.output.startswith(f"usage: doris {' '.join(arguments)} ")


def test_defaults_of_dev() -> None:
    options = make_parser().parse_args(["dev"])
    assert (options.port, options.host, options.ephemeral) == (8787, "127.0.0.1", False)


@pytest.mark.parametrize("port", ["-1", "65536", "http", "1.5", "²"])
def test_port(port: str, doris: Callable[..., Ended]) -> None:
    ended = doris("dev", f"--port={port}")
    assert ended.status == 2
    assert f"argument --port: '{port}' is no port: give a number from 0 to 65535" in ended.errors


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["dev", "--persist-to", "x", "--ephemeral"], "not allowed with argument"),
        (["d1", "execute", "DB"], "one of the arguments --command --file is required"),
        (["d1", "execute", "DB", "--command", "x", "--file", "y"], "not allowed with argument"),
        (["d1", "migrations", "apply"], "the following arguments are required: DATABASE"),
        (["check", "--environment", "x"], "unrecognized arguments: --environment"),
    ],
)
def test_wrong_arguments(arguments: list[str], message: str, doris: Callable[..., Ended]) -> None:
    ended = doris(*arguments)
    assert ended.status == 2
    assert message in ended.errors

"""The pages of reference say what the package and the command say, and leave nothing out."""

from __future__ import annotations

import re

from _pytest.fixtures import FixtureFunctionDefinition

import cli_reference
import doris
from doris import pytest_plugin
from tests.site.built import DOCS, Site

PACKAGE = DOCS / "reference" / "doris.md"


def test_the_page_of_the_command_line_is_what_the_command_prints() -> None:
    assert cli_reference.PAGE.read_text("utf-8") == cli_reference.page(), (
        "run `python scripts/cli_reference.py`"
    )


def test_every_command_has_a_section() -> None:
    headings = re.findall(r"^## `(.+)` \{", cli_reference.PAGE.read_text("utf-8"), re.MULTILINE)
    assert headings == [parser.prog for parser in cli_reference.commands(cli_reference.make_parser())]
    assert len(headings) > 5


def test_every_public_name_of_the_package_is_in_the_reference(site: Site) -> None:
    ids = site.pages["/reference/doris/"].ids
    assert [name for name in doris.__all__ if f"doris.{name}" not in ids] == []


def test_every_fixture_and_option_of_the_plugin_is_in_the_reference() -> None:
    text = PACKAGE.read_text("utf-8")
    fixtures = [
        name for name, value in vars(pytest_plugin).items() if isinstance(value, FixtureFunctionDefinition)
    ]
    assert len(fixtures) >= 4
    assert [name for name in fixtures if f"| `{name}` |" not in text] == []
    assert "`pytest --worker DIR`" in text


def test_every_member_that_the_reference_shows_is_described(site: Site) -> None:
    """A name with no words below it helps nobody."""
    objects = site.pages["/reference/doris/"].tree.xpath("//div[contains(@class, 'doc-object')]")
    assert objects
    empty = [
        heading[0].get("id")
        for element in objects
        if (heading := element.xpath("./*[contains(@class, 'doc-heading')]"))
        and not "".join(element.xpath("./div[contains(@class, 'doc-contents')]//p//text()")).strip()
    ]
    assert empty == []

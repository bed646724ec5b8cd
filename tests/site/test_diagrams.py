"""The drawn diagrams are those of the sources that stand in the pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import diagrams

DRAWN = [(diagram, palette) for diagram in diagrams.diagrams() for palette in diagrams.PALETTES]


def name_of(value: object) -> str:
    return value.name if isinstance(value, diagrams.Diagram) else str(value)


def test_there_are_diagrams_and_each_name_is_used_once() -> None:
    names = [diagram.name for diagram in diagrams.diagrams()]
    assert names
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("diagram", "palette"), DRAWN, ids=name_of)
def test_a_drawing_is_of_the_source_in_its_page(diagram: diagrams.Diagram, palette: str) -> None:
    assert diagram.is_drawn(palette), f"{diagram.page}: run `python scripts/diagrams.py`"


@pytest.mark.parametrize(("diagram", "palette"), DRAWN, ids=name_of)
def test_the_page_shows_the_drawing_with_words_for_those_who_do_not_see_it(
    diagram: diagrams.Diagram, palette: str
) -> None:
    shown = re.search(
        rf"!\[(?P<words>[^\]]+)\]\([./]*assets/diagrams/{diagram.name}-{palette}\.svg#only-{palette}\)",
        diagram.page.read_text("utf-8"),
    )
    assert shown is not None
    assert len(shown["words"]) > 20


def test_a_fence_without_a_name_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("```mermaid\nflowchart LR\n  a --> b\n```\n", "utf-8")
    with pytest.raises(SystemExit, match="%% diagram: NAME"):
        list(diagrams.diagrams(tmp_path))


def test_no_drawing_is_left_over() -> None:
    wanted = {diagram.file(palette) for diagram, palette in DRAWN}
    assert set(diagrams.FOLDER.glob("*.svg")) == wanted


@pytest.mark.browser
def test_drawing_again_gives_the_same_words(chromium: Browser) -> None:
    """Coordinates depend on the fonts of a machine; the words and the boxes do not."""
    for diagram, palette, svg in diagrams.draw(chromium, DRAWN):
        committed = diagram.file(palette).read_text("utf-8")
        assert diagrams.labels(svg) == diagrams.labels(committed)
        assert diagrams.labels(svg)
        assert svg.count("<path") == committed.count("<path")

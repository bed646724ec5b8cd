"""The code blocks of the built site are exactly the blocks that the replay checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.replay import census
from tests.docs.replay.fence import Fence, repository
from tests.docs.replay.lexer import lex
from tests.docs.replay.pages import Source, docstrings, markdown_pages

PAGES = list(markdown_pages())
DOCSTRINGS = [block for source in docstrings() for block in source.blocks if isinstance(block, Fence)]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return census.build(tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize("source", PAGES, ids=lambda source: source.name)
def test_page(site: Path, source: Source) -> None:
    html = (site / census.html_file(source.name)).read_text(encoding="utf-8")
    fences = [block for block in source.blocks if isinstance(block, Fence)]
    assert census.differences(html, fences, DOCSTRINGS) == []


def test_no_page_of_the_site_is_left_out(site: Path) -> None:
    built = {file.relative_to(site).as_posix() for file in site.rglob("*.html")}
    assert built == {census.html_file(source.name) for source in PAGES} | {"404.html"}
    assert census.rendered((site / "404.html").read_text(encoding="utf-8")) == []


def fences(text: str) -> list[Fence]:
    return [block for block in lex(text, "docs/page.md") if isinstance(block, Fence)]


CODE = "<pre><span></span><code>print(<span>1</span>)\n</code></pre>"
PAGE = f'<div class="language-python highlight">{CODE}</div>'


def test_a_block_that_nobody_checks_is_found() -> None:
    assert census.differences(PAGE, fences("```python\nprint(1)\n```\n"), []) == []
    assert census.differences(PAGE, [], []) == [
        "rendered (language `python`) and never checked:\n    print(1)"
    ]


def test_raw_html_is_found() -> None:
    assert census.differences("<p>text</p><pre>x = 1</pre>", [], []) == [
        "rendered (language ``) and never checked:\n    x = 1"
    ]


def test_a_block_that_is_not_rendered_is_found() -> None:
    assert census.differences("<p>nothing</p>", fences("```python\nprint(1)\n```\n"), []) == [
        "docs/page.md:1: checked, and not rendered like this (language python)"
    ]


def test_another_language_is_found() -> None:
    assert len(census.differences(PAGE, fences("```pycon\nprint(1)\n```\n"), [])) == 2


def test_the_same_block_twice_has_to_be_checked_twice() -> None:
    assert len(census.differences(PAGE + PAGE, fences("```python\nprint(1)\n```\n"), [])) == 1


def test_signatures_and_line_numbers_are_no_blocks() -> None:
    html = (
        '<div class="language-python doc-signature highlight"><pre><code>open(path)</code></pre></div>'
        '<table><td class="linenos"><div class="linenodiv"><pre>1</pre></div></td>'
        f'<td class="code">{PAGE}</td></table>'
    )
    assert [block.text for block in census.rendered(html)] == ["print(1)"]


def test_a_block_of_a_docstring_is_held_against_the_docstrings() -> None:
    html = f'<div class="doc doc-contents">{PAGE}</div>'
    assert census.differences(html, [], fences("```python\nprint(1)\n```\n")) == []
    assert census.differences(html, fences("```python\nprint(1)\n```\n"), []) == [
        "rendered from a docstring and never checked:\n    print(1)",
        "docs/page.md:1: checked, and not rendered like this (language python)",
    ]


def test_the_file_of_a_page() -> None:
    assert census.html_file("docs/index.md") == "index.html"
    assert census.html_file("docs/pillars/d1.md") == "pillars/d1/index.html"
    assert (repository() / "mkdocs.yml").exists()

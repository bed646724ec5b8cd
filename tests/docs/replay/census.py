"""The code blocks of the built site. Each of them must be a block that the replay has checked, page by page.

The lexer reads Markdown, readers read HTML. What reaches them by another way (an indented block, raw HTML, a
docstring, an extension that makes code) is found here and nowhere else.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lxml.html
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from .fence import Fence, repository

SIGNATURES = ("doc-signature", "mkdocstrings-source", "doc-source")
"""Classes of what mkdocstrings shows of the code itself: signatures and sources are no examples."""

DOCSTRING = "doc-contents"
LINE_NUMBERS = "linenos"


class BuildError(Exception):
    """The site does not build; the text is what mkdocs said."""


@dataclass(frozen=True)
class Rendered:
    """A code block as readers get it."""

    language: str
    text: str
    from_docstring: bool


def build(folder: Path) -> Path:
    """Build the site into a folder. Raises BuildError."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)],
        cwd=repository(),
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildError(done.stderr + done.stdout)
    return folder


def html_file(page: str) -> str:
    """Where the site has a page of docs/: `docs/pillars/d1.md` is `pillars/d1/index.html`."""
    path = Path(page).relative_to("docs").with_suffix("")
    return (path.parent if path.name == "index" else path).joinpath("index.html").as_posix()


def rendered(html: str) -> list[Rendered]:
    """The code blocks of a built page, in order."""
    root = lxml.html.document_fromstring(html)
    return [_block(element) for element in root.iter("pre") if not _is_left_out(element)]


def _is_left_out(element: lxml.html.HtmlElement) -> bool:
    classes = set(_classes(element))
    return bool(classes & set(SIGNATURES)) or LINE_NUMBERS in classes or "linenodiv" in classes


def _classes(element: lxml.html.HtmlElement) -> Iterator[str]:
    """The classes of an element and of all around it."""
    for node in (element, *element.iterancestors()):
        yield from (node.get("class") or "").split()


def _block(element: lxml.html.HtmlElement) -> Rendered:
    classes = list(_classes(element))
    language = next((name.removeprefix("language-") for name in classes if name.startswith("language-")), "")
    return Rendered(language, normal(element.text_content()), DOCSTRING in classes)


def normal(text: str) -> str:
    """A block's text without what rendering may change: empty lines around it, spaces at line ends, tabs."""
    return "\n".join(line.rstrip() for line in text.expandtabs(4).strip("\n").rstrip().split("\n")).strip(
        "\n"
    )


def differences(html: str, page: list[Fence], docstrings: list[Fence]) -> list[str]:
    """What a built page shows that was not checked, and what was checked that it does not show."""
    blocks = rendered(html)
    checked_docstrings = {normal(fence.body) for fence in docstrings}
    found = [
        f"rendered from a docstring and never checked:\n{_indented(block.text)}"
        for block in blocks
        if block.from_docstring and block.text not in checked_docstrings
    ]
    shown = [block for block in blocks if not block.from_docstring]
    wanted = [(fence, normal(fence.body)) for fence in page]
    left = list(shown)
    for fence, text in wanted:
        match = next((block for block in left if block.text == text and _same_language(block, fence)), None)
        if match is None:
            found.append(f"{fence.place}: checked, and not rendered like this (language {fence.language})")
        else:
            left.remove(match)
    found += [
        f"rendered (language `{block.language}`) and never checked:\n{_indented(block.text)}"
        for block in left
    ]
    return found


def _same_language(block: Rendered, fence: Fence) -> bool:
    """Whether the block is rendered as what it is. Pygments does not know mermaid: it becomes text."""
    try:
        aliases = get_lexer_by_name(fence.language).aliases
    except ClassNotFound:
        aliases = ["text"]
    return block.language in ("", fence.language, *aliases)


def _indented(text: str) -> str:
    return "\n".join("    " + line for line in text.split("\n")[:12])

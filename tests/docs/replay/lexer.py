"""Find the fences of a page as the site's own Markdown extension finds them.

Which lines make a fence is not simple: spaces before the language, backticks or tildes, any number of them,
braces, options, lists, tabs, admonitions, quotes, fences inside longer fences. A regular expression of our
own would be right until the day it is not, and would miss a block without a word. So the state machine of
pymdownx.superfences itself does the finding; the subclass below only writes down what was found instead of
rendering it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import markdown
from pymdownx.superfences import SuperFencesBlockPreprocessor
from sybil import Document, Region
from sybil.region import Lexeme

from .fence import Fence, Refused, ReplayError, repository
from .indented import indented_blocks
from .snippets import Snippets

FENCE_LIKE = re.compile(r"^[ \t>]*(`{3,}|~{3,})")
TAB_LENGTH = 4


class _Recorder(SuperFencesBlockPreprocessor):
    """Superfences that keeps notes: `found` has each fence with its first line and the line after its last,
    from 0.
    """

    def __init__(self) -> None:
        md = markdown.Markdown(extensions=["attr_list", "pymdownx.superfences"])
        registered = md.preprocessors["fenced_code_block"]
        super().__init__(md)
        self.config = registered.config
        self.extension = registered.extension
        self.found: list[tuple[int, int, Fence]] = []
        self.path = ""

    def handle_attrs(self, m: re.Match[str]) -> bool:
        self.info = m.group(0)
        return super().handle_attrs(m)

    def parse_options(self, m: re.Match[str]) -> bool:
        self.info = m.group(0)
        return super().parse_options(m)

    def clear(self) -> None:
        super().clear()
        self.info = ""

    def process_nested_block(self, ws: str, content: str, start: int, end: int) -> None:
        del ws, content
        attrs = {key: str(value) for key, value in {**self.options, **self.attrs}.items()}
        fence = Fence(
            language=self.lang or "",
            info=self.info.strip().lstrip("`~").strip(),
            attrs=attrs,
            body=self.rebuild_block([line.rstrip("\r") for line in self.code]),
            line=start + 1,
            indent=self.ws_virtual_len,
            path=self.path,
            classes=tuple(self.classes),
            id=self.id,
        )
        self.found.append((start, end, fence))
        self.clear()

    def record(self, lines: list[str], path: str) -> list[tuple[int, int, Fence]]:
        """The fences in these lines, with the first line and the line after the last one, from 0."""
        self.get_hl_settings()
        self.clear()
        self.stack: list[tuple[str, int, int]] = []
        self.disabled_indented = True
        self.found = []
        self.path = path
        # Superfences lets the title and the highlighted lines through only when they are well-formed.
        self.search_nested([line.expandtabs(TAB_LENGTH) for line in lines])
        return self.found


class SuperfencesLexer:
    """A sybil lexer: yields one region for each fence, with the Fence as what was parsed."""

    def __init__(self, snippets: Snippets | None = None, name: str | None = None) -> None:
        self.snippets = snippets or Snippets([repository()])
        self.name = name

    def __call__(self, document: Document) -> Iterator[Region]:
        lines = document.text.split("\n")
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        for start, end, fence in _Recorder().record(lines, self.name or document.path):
            filled = self.snippets.fill(fence)
            first, last = starts[start], starts[end] - 1
            source = Lexeme(filled.body, starts[start + 1] - first, 0)
            lexemes = {"language": filled.language, "arguments": filled.info, "source": source}
            region = Region(first, min(last, document.end), parsed=filled, lexemes=lexemes)
            yield region


def fences(text: str, path: str, snippets: Snippets | None = None) -> list[Fence]:
    """The fences of a page in order, those of included Markdown among them."""
    return [item for item in lex(text, path, snippets) if isinstance(item, Fence)]


def refused(text: str, path: str, snippets: Snippets | None = None) -> list[Refused]:
    """What looks like code on a page and is no fence."""
    return [item for item in lex(text, path, snippets) if isinstance(item, Refused)]


def lex(text: str, path: str, snippets: Snippets | None = None) -> list[Fence | Refused]:
    """Everything on a page that readers see as code, in order: fences, and what has to be refused."""
    snippets = snippets or Snippets([repository()])
    document = Document(text, path)
    for region in SuperfencesLexer(snippets, path)(document):
        document.add(region)
    found: list[tuple[int, Fence | Refused]] = []
    covered: set[int] = set()
    for example in document.examples():
        fence: Fence = example.parsed
        covered.update(range(fence.line, fence.line + text.count("\n", example.start, example.end) + 1))
        found.append((fence.line, fence))
    lines = text.split("\n")
    found += [(item.line, item) for item in _fences_that_are_none(lines, covered, path)]
    found += [(line, Refused(path, line, INDENTED)) for line in indented_blocks(lines, covered)]
    for include in snippets.outside(lines, covered, path):
        found += [
            (include.line, item) for item in _included_page(include.target, include.line, path, snippets)
        ]
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


INDENTED = (
    "a code block made by four spaces of indentation. It has no language, so nothing can check it: "
    "put it into a fence with a language"
)


def _fences_that_are_none(lines: list[str], covered: set[int], path: str) -> Iterable[Refused]:
    """Lines that open a fence for the author, and not for superfences (which then renders them as text)."""
    for number, line in enumerate(lines, 1):
        if number not in covered and FENCE_LIKE.match(line):
            yield Refused(
                path,
                number,
                f"`{line.strip()}` opens no fence for superfences: an option it does not know "
                "(data-… and .class need braces), an attribute without quotes, no closing fence of the same "
                "length, or a wrong indentation",
            )


def _included_page(target: str, line: int, path: str, snippets: Snippets) -> list[Fence | Refused]:
    """The blocks of Markdown that a page includes outside a fence. They are reported where they stand."""
    try:
        text, origin = snippets.read(target)
    except ReplayError as error:
        return [Refused(path, line, error.text)]
    return lex(text, origin, snippets)


def lex_file(file: Path, snippets: Snippets | None = None) -> list[Fence | Refused]:
    """`lex` for a file, named relative to the repository."""
    root = repository()
    name = (
        file.resolve().relative_to(root).as_posix()
        if file.resolve().is_relative_to(root)
        else file.as_posix()
    )
    return lex(file.read_text(encoding="utf-8"), name, snippets)

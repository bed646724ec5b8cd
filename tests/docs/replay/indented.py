"""Find code blocks made by indentation. Only a Markdown parser knows them from the paragraphs of a list."""

from __future__ import annotations

import xml.etree.ElementTree as etree

import markdown
from markdown.blockprocessors import CodeBlockProcessor

# What indents text on our pages without making it code.
EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.details",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
]


class _Recorder(CodeBlockProcessor):
    def __init__(self, parser: markdown.blockparser.BlockParser) -> None:
        super().__init__(parser)
        self.blocks: list[str] = []

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        self.blocks.append(blocks[0])
        super().run(parent, blocks)


def indented_blocks(lines: list[str], covered: set[int]) -> list[int]:
    """The first line of each indented code block.

    The lines of fences (`covered`, from 1) are put aside before.
    """
    text = "\n".join(_without_fence(line, number, covered) for number, line in enumerate(lines, 1))
    md = markdown.Markdown(
        extensions=EXTENSIONS, extension_configs={"pymdownx.tabbed": {"alternate_style": True}}
    )
    recorder = _Recorder(md.parser)
    md.parser.blockprocessors.register(recorder, "code", 80)
    md.convert(text)
    found: list[int] = []
    start = 0
    for block in recorder.blocks:
        first = block.strip("\n").split("\n")[0].strip()
        start = next(
            (
                n
                for n in range(start, len(lines))
                if n + 1 not in covered and lines[n].expandtabs().strip() == first
            ),
            start,
        )
        found.append(start + 1)
        start += 1
    return found


def _without_fence(line: str, number: int, covered: set[int]) -> str:
    """The line, or for the lines of a fence a word at the same depth that keeps a list or a tab open."""
    if number not in covered:
        return line
    if number - 1 in covered:
        return ""
    indent = len(line) - len(line.lstrip(" \t>"))
    return line[:indent] + "(fence)"

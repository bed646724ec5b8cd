"""Every spelling of a code block in Material's documentation, and what must not get past the lexer."""

from __future__ import annotations

from pathlib import Path

import pytest
from sybil import Document

from tests.docs.replay.fence import Fence, Refused
from tests.docs.replay.lexer import SuperfencesLexer, fences, lex, refused
from tests.docs.replay.snippets import Snippets


def only(text: str) -> Fence:
    (fence,) = lex(text, "docs/page.md")
    assert isinstance(fence, Fence), fence
    return fence


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("```python", "```"),
        ("``` python", "```"),
        ("~~~python", "~~~"),
        ("~~~ python", "~~~"),
        ("`````python", "`````"),
        ("~~~~ python", "~~~~"),
        ("``` .python", "```"),
        ("```{.python}", "```"),
        ("``` { .python }", "```"),
        ('``` python title="src/entry.py"', "```"),
        ("``` python title='src/entry.py'", "```"),
        ('``` python hl_lines="1 3-4"', "```"),
        ('``` python linenums="1"', "```"),
        ('``` python linenums="10 2" hl_lines="1" title="a b.py"', "```"),
        ('``` { .python .run title="src/entry.py" #id }', "```"),
        ('``` { .python .annotate hl_lines="1" linenums="1" data-edit="merge" }', "```"),
        ("``` { .python .no-copy }", "```"),
        ("``` { .python .select }", "```"),
        ("```python   ", "```   "),
    ],
)
def test_every_spelling(opening: str, closing: str) -> None:
    fence = only(f"text\n\n{opening}\nx = 1\n{closing}\n")
    assert (fence.language, fence.body, fence.line) == ("python", "x = 1", 3)


def test_attributes() -> None:
    fence = only('``` { .python .run title="src/entry.py" hl_lines="2" #first data-edit="merge" }\nx\n```\n')
    assert fence.attrs == {"title": "src/entry.py", "hl_lines": "2", "data-edit": "merge"}
    assert (fence.classes, fence.id, fence.title) == (("run",), "first", "src/entry.py")
    assert fence.info == '{ .python .run title="src/entry.py" hl_lines="2" #first data-edit="merge" }'


def test_a_fence_without_a_language_is_a_fence() -> None:
    assert only("```\nx\n```\n").language == ""


def test_annotations_are_part_of_the_code() -> None:
    assert only("```python\nx = 1  # (1)!\n```\n\n1. Look here.\n").body == "x = 1  # (1)!"


NESTED = [
    '=== "Python"\n\n    ```python\n    x = 1\n\n    if x:\n        y = 2\n    ```\n\n=== "C"\n\n    c\n',
    "!!! note\n    ```python\n    x = 1\n\n    if x:\n        y = 2\n    ```\n",
    '??? tip "A"\n\n    ```python\n    x = 1\n\n    if x:\n        y = 2\n    ```\n',
    "1. First\n\n    ```python\n    x = 1\n\n    if x:\n        y = 2\n    ```\n",
    "- a\n    - b\n\n        ```python\n        x = 1\n\n        if x:\n            y = 2\n        ```\n",
    "> quoted\n>\n> ```python\n> x = 1\n>\n> if x:\n>     y = 2\n> ```\n",
    '<div class="box" markdown>\n```python\nx = 1\n\nif x:\n    y = 2\n```\n</div>\n',
    "term\n:   ```python\n    x = 1\n    ```\n",
]


@pytest.mark.parametrize("text", NESTED[:-1])
def test_a_fence_inside_something(text: str) -> None:
    assert only(text).body == "x = 1\n\nif x:\n    y = 2"


def test_a_fence_behind_the_mark_of_a_definition_is_none() -> None:
    # superfences wants a fence on a line of its own; the author has to hear of it.
    assert all(isinstance(item, Refused) for item in lex(NESTED[-1], "docs/page.md"))


def test_tabs_hold_several_fences_in_order() -> None:
    first = '=== "A"\n\n    ```js\n    a\n    ```\n\n    ```console\n    $ b\n    ```\n\n'
    text = first + '=== "B"\n\n    ~~~ python\n    c\n    ~~~\n'
    assert [(fence.language, fence.line) for fence in fences(text, "p")] == [
        ("js", 3),
        ("console", 7),
        ("python", 13),
    ]


def test_fences_in_a_longer_fence_are_its_text() -> None:
    fence = only("````markdown\n``` python\nx = 1\n```\n````\n")
    assert (fence.language, fence.body) == ("markdown", "``` python\nx = 1\n```")


def test_a_shorter_fence_does_not_close() -> None:
    assert only("~~~~ text\n~~~\n~~~~\n").body == "~~~"


def test_inline_code_is_no_fence() -> None:
    assert lex("Use ``` ``x`` ``` or `y`.\n", "p") == []


@pytest.mark.parametrize(
    "text",
    [
        '``` python data-edit="merge"\nx\n```\n',
        "``` python .run\nx\n```\n",
        "```python title=src/entry.py\nx\n```\n",
        "````python\nx\n```\n",
        "```python\nx\n",
        '=== "Python"\n\n    ```python\nx\n    ```\n',
    ],
)
def test_what_superfences_does_not_take_is_refused(text: str) -> None:
    items = lex(text, "docs/page.md")
    assert items
    assert all(isinstance(item, Refused) for item in items)
    assert "opens no fence for superfences" in items[0].what  # type: ignore[union-attr]


def test_an_indented_block_is_refused() -> None:
    (item,) = lex("text\n\n    x = 1\n    y = 2\n\nmore\n", "docs/page.md")
    assert isinstance(item, Refused)
    assert item.place == "docs/page.md:3"
    assert "four spaces of indentation" in item.what


@pytest.mark.parametrize("text", ["- item\n\n    more of it\n", "!!! note\n    text\n", "a\n    b\n"])
def test_indented_text_is_no_code(text: str) -> None:
    assert refused(text, "p") == []


@pytest.fixture
def site(tmp_path: Path) -> Snippets:
    (tmp_path / "whole.py").write_text("a = 1\nb = 2\n", encoding="utf-8")
    (tmp_path / "parts.py").write_text(
        "one = 1\n# --8<-- [start:two]\ndef two():\n"
        "    # --8<-- [start:body]\n    return 2\n    # --8<-- [end:body]\n"
        "# --8<-- [end:two]\nfive = 5\n",
        encoding="utf-8",
    )
    (tmp_path / "part.md").write_text("text\n\n```python\nfrom_part = 1\n```\n", encoding="utf-8")
    (tmp_path / "empty.py").write_text("", encoding="utf-8")
    return Snippets([tmp_path])


@pytest.mark.parametrize(
    ("include", "body"),
    [
        ('--8<-- "whole.py"', "a = 1\nb = 2\n"),
        ('--8<-- "whole.py:2:2"', "b = 2"),
        ('--8<-- "whole.py:2"', "b = 2\n"),
        ('--8<-- "parts.py:two"', "def two():\n    return 2"),
        ('--8<-- "parts.py:body"', "return 2"),
        ("--8<--\nwhole.py\n--8<--", "a = 1\nb = 2\n"),
        ('x = 0\n--8<-- "whole.py:1:1"', "x = 0\na = 1"),
        ('; --8<-- "whole.py"', '; --8<-- "whole.py"'),
    ],
)
def test_includes(site: Snippets, include: str, body: str) -> None:
    (fence,) = fences(f"```python\n{include}\n```\n", "docs/page.md", site)
    assert fence.problem == ""
    assert fence.body == body


@pytest.mark.parametrize(
    ("include", "problem"),
    [
        ("gone.py", "stale include: there is no file gone.py"),
        ("parts.py:three", "stale include: Snippet section 'three' could not be located"),
        ("whole.py:2:3", "stale include: whole.py:2:3 names lines that the file, 2 lines long, has not"),
        ("whole.py:7:9", "stale include: whole.py:7:9 names lines that the file, 2 lines long, has not"),
        ("empty.py", "stale include: empty.py is empty"),
        ("https://example.com/x.py", "only files of this repository"),
    ],
)
def test_a_stale_include(site: Snippets, include: str, problem: str) -> None:
    (fence,) = fences(f'```python\n--8<-- "{include}"\n```\n', "docs/page.md", site)
    assert problem in fence.problem


def test_an_included_page_brings_its_fences(site: Snippets) -> None:
    (fence,) = fences('text\n\n--8<-- "part.md"\n', "docs/page.md", site)
    assert (fence.place, fence.body) == ("part.md:3", "from_part = 1")


def test_an_included_page_that_is_gone_is_refused(site: Snippets) -> None:
    (item,) = refused('--8<-- "gone.md"\n', "docs/page.md", site)
    assert item.place == "docs/page.md:1"
    assert "stale include" in item.what


def test_it_is_a_lexer_of_sybil() -> None:
    text = "text\n\n``` python\nx = 1\n```\n\n~~~ { .js #x }\ny\n~~~"
    document = Document(text, "docs/page.md")
    for region in SuperfencesLexer()(document):
        document.add(region)
    examples = list(document)
    assert [(example.line, example.column) for example in examples] == [(3, 1), (7, 1)]
    assert [example.region.lexemes["language"] for example in examples] == ["python", "js"]
    assert text[examples[0].start : examples[0].end] == "``` python\nx = 1\n```"

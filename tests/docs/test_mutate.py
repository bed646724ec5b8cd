"""Mutants: what is deleted, and whether a survivor is found."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.docs.replay import mutate
from tests.docs.replay.lexer import lex
from tests.docs.replay.mutants import mutants
from tests.docs.replay.mutate import Reason, Target, example_targets, hunt, page_targets
from tests.docs.replay.pages import Source

SOURCE = '''\
"""Docstring."""
from __future__ import annotations
import math


def area(r):
    """Docstring."""
    if r < 0: raise ValueError(
        "negative"
    )
    return math.pi * r
'''


def test_each_statement_is_deleted_once() -> None:
    assert [(mutant.line, mutant.code) for mutant in mutants(SOURCE)] == [
        (3, "import math"),
        (8, "if r < 0: raise ValueError("),
        (11, "return math.pi * r"),
    ]


def test_the_other_lines_keep_their_numbers() -> None:
    texts = [mutant.text for mutant in mutants(SOURCE)]
    assert texts[1] == SOURCE.replace('raise ValueError(\n        "negative"\n    )', "pass\n\n")
    assert all(text.count("\n") == SOURCE.count("\n") for text in texts)
    for text in texts:
        compile(text, "mutant", "exec")


def test_top_level_await_can_be_mutated() -> None:
    assert [mutant.text for mutant in mutants('é = await f("é"); g()')] == [
        "pass; g()",
        'é = await f("é"); pass',
    ]


PAGE = """
```python title="m.py"
def double(x):
    unused = 1
    return 2 * x
```

```pycon
>>> import m
>>> other = 1
>>> m.double(4)
8
```
"""


def survivors(targets: list[Target]) -> list[str]:
    return [f"{target.place}: {target.mutant.code}" for target in targets]


def page_of(text: str) -> Source:
    return Source("docs/page.md", tuple(lex(text, "docs/page.md")))


def test_a_line_of_a_page_that_nothing_needs() -> None:
    targets = list(page_targets([page_of(PAGE)]))
    assert [target.mutant.code for target in targets] == [
        "unused = 1",
        "return 2 * x",
        "import m",
        "other = 1",
    ]
    report = hunt(targets, [], lambda target, survived: None)
    assert survivors(report.survivors) == ["docs/page.md:4: unused = 1", "docs/page.md:10: other = 1"]
    assert (report.excused, report.needless) == ([], [])


def test_a_page_that_does_not_hold_says_nothing_of_its_mutants() -> None:
    targets = list(page_targets([page_of(PAGE.replace("\n8\n", "\n9\n"))]))
    report = hunt(targets, [], lambda target, survived: None)
    assert (report.broken, report.survivors) == (["docs/page.md"], [])


def test_a_reason_excuses_a_survivor_and_has_to_be_needed() -> None:
    targets = [target for target in page_targets([page_of(PAGE)]) if "1" in target.mutant.code]
    needed = Reason("docs/page.md", "unused = 1", "shows an unused name")
    needless = Reason("docs/page.md", "return 2 * x", "no")
    elsewhere = Reason("docs/other.md", "x = 1", "not asked for in this run")
    report = hunt(targets, [needed, needless, elsewhere], lambda target, survived: None)
    assert survivors(report.survivors) == ["docs/page.md:10: other = 1"]
    assert survivors(report.excused) == ["docs/page.md:4: unused = 1"]
    assert report.needless == [needless]


def test_a_line_of_an_example_that_no_test_needs(tmp_path: Path) -> None:
    example = tmp_path / "examples" / "01-sum"
    for name, text in {
        "src/sums.py": "def add(a, b):\n    log = []\n    log.append(a)\n    return a + b\n",
        "tests/test_sums.py": "import sys\nsys.path.insert(0, 'src')\n\n\n"
        "def test_add():\n    from sums import add\n    assert add(1, 2) == 3\n",
    }.items():
        (example / name).parent.mkdir(parents=True)
        (example / name).write_text(text, encoding="utf-8")
    targets = list(example_targets(tmp_path))
    assert [target.place for target in targets] == [
        f"examples/01-sum/src/sums.py:{line}" for line in (2, 3, 4)
    ]
    # In a process of its own: forks of a pytest that runs would run its hooks again.
    code = f"""
        import pathlib
        from tests.docs.replay import mutate
        targets = list(mutate.example_targets(pathlib.Path({str(tmp_path)!r})))
        report = mutate.hunt(targets, [], lambda target, survived: None)
        print([target.mutant.code for target in report.survivors])
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        cwd=mutate.repository(),
        check=False,
    )
    assert done.stdout == "['log.append(a)']\n", done.stderr


def test_an_entry_without_a_reason_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "survivors.toml"
    file.write_text('[[survivor]]\nfile = "a.py"\nline = "x = 1"\nreason = " "\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"no reason for a\.py: x = 1"):
        mutate.read_reasons(file)


def test_the_list_of_survivors_can_be_read() -> None:
    assert all(reason.reason for reason in mutate.read_reasons())

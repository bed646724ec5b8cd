"""The replay catches what it must: each page here has one mistake, and the failure says what and where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.docs.conftest import Replay

Failure = Callable[[str], str]
Levels = Callable[[str], list[str]]


# ---- outputs


def test_a_wrong_output_of_a_command(failure: Failure) -> None:
    assert failure("text\n\n```console\n$ echo one\none\n$ echo two\nthree\n```\n") == (
        "docs/page.md:6: $ echo two\nexpected (-) against got (+):\n    - three\n    + two"
    )


def test_a_wrong_value_at_a_prompt(failure: Failure) -> None:
    assert failure("```pycon\n>>> x = 6\n>>> x * 7\n41\n```\n") == (
        "docs/page.md:3: >>> x * 7\nexpected (-) against got (+):\n    - 41\n    + 42"
    )


def test_an_output_that_is_not_shown(failure: Failure) -> None:
    assert "docs/page.md:2: $ echo one\nexpected (-)" in failure("```console\n$ echo one\n```\n")
    assert "the block prints, and the page does not show it" in failure("```python\nprint(1)\n```\n")


def test_a_whole_line_elided(failure: Failure) -> None:
    text = "```console\n$ printf 'one\\ntwo\\nthree\\n'\none\n...\nthree\n```\n"
    assert "docs/page.md:2:" in failure(text)
    assert "`...` elides a whole line" in failure(text)


def test_an_output_elided_too_far(failure: Failure) -> None:
    text = (
        "```console\n$ echo note 1: milk\nnote ...\n```\n\ntext\n\n"
        "```pycon\n>>> print('note 2: bread')\nnote 2: bread\n```\n"
    )
    assert failure(text) == (
        "docs/page.md:2: elided too far: the output of docs/page.md:9 would pass here too.\n"
        "expected:\n    note ...\noutput of docs/page.md:9:\n    note 2: bread"
    )


def test_a_command_that_fails(failure: Failure) -> None:
    assert failure("```console\n$ ls nothing-here\n```\n").startswith(
        "docs/page.md:2: $ ls nothing-here\nended with exit status 2:\nls: cannot access"
    )


def test_text_before_a_command(failure: Failure) -> None:
    assert failure("```console\nhello\n$ ls\n```\n") == (
        "docs/page.md:2: `hello` stands before the first command: `$ ` starts one"
    )
    assert (
        failure("```pycon\nhello\n```\n")
        == "docs/page.md:2: `hello` stands before the first prompt: `>>> ` starts one"
    )


def test_an_exception_that_the_page_does_not_show(failure: Failure) -> None:
    text = failure("```python\nx = 1\ny = x / 0\n```\n")
    assert text.startswith("docs/page.md:3: y = x / 0\nraised:")
    assert text.endswith("ZeroDivisionError: division by zero")
    assert "raised:" in failure("```pycon\n>>> 1 / 0\n```\n")


def test_another_exception_than_shown(failure: Failure) -> None:
    assert failure(
        "```pycon\n>>> 1 / 0\nTraceback (most recent call last):\nZeroDivisionError: by nothing\n```\n"
    ) == (
        "docs/page.md:2: >>> 1 / 0\nexpected (-) against got (+):\n"
        "    - ZeroDivisionError: by nothing\n    + ZeroDivisionError: division by zero"
    )


def test_a_frame_that_is_not_in_the_traceback(failure: Failure) -> None:
    text = (
        '```pycon\n>>> 1 / 0\nTraceback (most recent call last):\n  File "src/entry.py", line 3, in fetch\n'
        "ZeroDivisionError: division by zero\n```\n"
    )
    assert 'the traceback has no frame like `File "src/entry.py", line 3, in fetch`' in failure(text)


def test_the_page_stops_at_its_first_failure(replay: Replay) -> None:
    page = replay("```console\n$ false\n```\n\n```console\n$ echo one\none\n```\n\n```toml\nx = 1\n```\n")
    first, second, third = (page.result(fence) for fence in page.fences)
    assert first.error is not None
    assert str(second.error) == "docs/page.md:5: not reached: the page stops at docs/page.md:2"
    assert third.error is None


# ---- files


NEVER_CALLED = """
```python title="shapes.py"
def square(x):
    return x * x


def cube(x):
    y = x * x
    return y * x
```

```pycon
>>> import shapes
>>> shapes.square(3)
9
```
"""


def test_a_titled_file_whose_function_is_never_called(failure: Failure) -> None:
    assert failure(NEVER_CALLED) == (
        "docs/page.md:8: 2 executable line(s) of shapes.py never ran on this page:\n"
        "    line 6: y = x * x\n    line 7: return y * x\n"
        "    Let a request, a test or a prompt further down reach them, or take them out."
    )


def test_a_titled_file_that_nothing_imports(failure: Failure) -> None:
    assert "docs/page.md:2: 1 executable line(s) of a.py never ran" in failure(
        '```python title="a.py"\nx = 1\n```\n'
    )


def test_a_branch_of_a_script_that_never_runs(failure: Failure) -> None:
    assert "docs/page.md:4: 1 executable line(s) of this block never ran" in failure(
        "```python\nx = 1\nif x > 1:\n    x = 2\n```\n"
    )


def test_a_line_that_ran_only_in_the_version_before_does_not_count_for_the_new_one(failure: Failure) -> None:
    text = """
```python title="m.py"
def f():
    return 1
```

```pycon
>>> import m
>>> m.f()
1
```

```python title="m.py"
def f():
    return 2
```
"""
    assert "docs/page.md:15: 1 executable line(s) of m.py never ran" in failure(text)


def test_a_stale_include(failure: Failure) -> None:
    assert failure('```python title="a.py"\n--8<-- "examples/gone/a.py"\n```\n') == (
        "docs/page.md:1: stale include: there is no file examples/gone/a.py"
    )


def test_a_title_that_is_not_the_included_file(failure: Failure) -> None:
    assert failure('```toml title="other.toml"\n--8<-- "pyproject.toml"\n```\n') == (
        'docs/page.md:1: title="other.toml" is not the end of the included path pyproject.toml'
    )


def test_a_stale_copy(failure: Failure) -> None:
    assert "stale copy: there is no file examples/gone.py" in failure(
        '```python title="examples/gone.py"\nx = 1\n```\n'
    )


def test_an_edit_of_a_file_that_is_not_there(failure: Failure) -> None:
    assert "the page has not written a.toml before" in failure(
        '```{ .toml title="a.toml" data-edit="append" }\nx = 1\n```\n'
    )


@pytest.mark.parametrize("title", ["/etc/passwd", "../a.py"])
def test_a_title_outside_the_project(failure: Failure, title: str) -> None:
    assert "a title is a path inside the project" in failure(f'```python title="{title}"\nx = 1\n```\n')


# ---- each language


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("```\nx\n```", "docs/page.md:1: a fence without a language. Known: bash, console,"),
        ("```cobol\nx\n```", "docs/page.md:1: nothing checks the language `cobol`"),
        ("```rust\nfn main() {}\n```", "docs/page.md:1: no rust tier yet"),
        ("```python\nx = = 1\n```", "docs/page.md:2: not Python: invalid syntax"),
        ('```python title="a.py"\nx = = 1\n```', "docs/page.md:2: not Python: invalid syntax"),
        ("```toml\na = 1\nb =\n```", "docs/page.md:3: not TOML: Invalid value"),
        ("```jsonc\n{\n  // c\n  a: 1\n}\n```", "docs/page.md:4: not JSON with comments:"),
        ('```json\n{\n"a": 1,\n}\n```', ": not JSON: "),
        ('```ini title=".dev.vars"\nA=1\n!\n```', "docs/page.md:3: `!` sets no variable"),
        ("```yaml\na: 1\n b: 2\n```", "docs/page.md:3: not YAML: mapping values are not allowed here"),
        ("```bash\necho $X\n```", "docs/page.md:2: shellcheck:\n    line 1: "),
        ("```bash\nfalse\n```", "docs/page.md:2: false\nended with exit status 1:"),
        (
            "```bash\npip install --nope doris-workers\n```",
            "`pip install` has no option --nope, says its own help",
        ),
        ("```mermaid\ngraph TD\n  A -->\n```", "mermaid:\n    Parse error on line"),
        (
            "```js\nlet = = 1\n```",
            "docs/page.md:1: workerd does not load it:\n    service core:user:page: Uncaught Syntax",
        ),
        ("```js\nimport './gone.mjs'\n```", "workerd does not load it"),
        ("```text\nhello\n```", "docs/page.md:1: a text block that says nothing that can be checked"),
        ("```{ .text .output }\nhello\n```", "shows an output, and the block just above has none"),
        (
            '```{ .text data-output="echo hi" }\nhello\n```',
            "$ echo hi\nexpected (-) against got (+):\n    - hello\n    + hi",
        ),
        ("```http\nhello\n```", "starts neither a request"),
        ("```http\nHTTP/1.1 200 OK\n```", "an answer, and no request stands before it"),
        ("```http\nGET / HTTP/1.1\n```", "a request, and no `doris dev` runs on this page"),
        ("```sql\nSELECT 1\n```", "an sql block needs a project with a D1 database"),
        ('```sql title="migrations/1.sql"\nSELECT 1;\n```', "nothing on this page applies migrations/1.sql"),
        (
            "````markdown\n``` python x-y\n```\n````",
            "docs/page.md:2: ````` python x-y` opens no fence".replace("`````", "````", 1),
        ),
        (
            "```console\n$ npx wrangler deploy\nUploaded\n```",
            "wrangler deploy needs an account or the network",
        ),
    ],
)
def test_a_bad_block(failure: Failure, block: str, message: str) -> None:
    assert message in failure(block + "\n")


WRANGLER = """```{language} title="{name}"
{text}
```
"""


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "wrangler.toml",
            'name = "x"\nmain = 7',
            "docs/page.md:3: wrangler's schema: main: 7 is not of type 'string'",
        ),
        ("wrangler.jsonc", '{"name": "x", "mian": "y"}', "'mian' was unexpected"),
        ("wrangler.json", '{"d1_databases": [{"binding": 3}]}', "wrangler's schema: d1_databases.0"),
    ],
)
def test_a_bad_wrangler_file(failure: Failure, name: str, text: str, message: str) -> None:
    language = name.partition(".")[2]
    assert message in failure(WRANGLER.format(language=language, name=name, text=text))


def test_a_bad_pyproject(failure: Failure) -> None:
    text = '```toml title="pyproject.toml"\n[project]\nname = "x"\ndependencies = ["fast api"]\n```\n'
    assert failure(text).startswith("docs/page.md:4: pyproject.toml: ")


WORKFLOW = """```yaml title=".github/workflows/test.yml"
name: test
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - run: %s
```
"""


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "echo ${{ github.nothing }}",
            'docs/page.md:10: actionlint:\n    line 9: property "nothing" is not defined',
        ),
        ("echo $FOO", "docs/page.md:10: shellcheck:"),
        ('echo "${{ github.event.issue.title }}"', "docs/page.md:"),
        ("echo one\n        with: 1", "docs/page.md:1: the workflow schema: "),
    ],
)
def test_a_bad_workflow(failure: Failure, line: str, message: str) -> None:
    assert message in failure(WORKFLOW % line)


def test_zizmor_is_asked(failure: Failure) -> None:
    text = (WORKFLOW % "echo one").replace("- run: echo one", "- uses: actions/checkout@v4")
    assert "zizmor:\n" in failure(text)


def test_a_tree_that_is_not_the_folder(failure: Failure) -> None:
    text = (
        "```console\n$ mkdir -p a/b && touch a/one a/b/two a/b/three\n```\n\n"
        "```{ .text .tree }\na/\n├── b/\n│   └── two\n└── zero\n```\n"
    )
    assert failure(text) == (
        "docs/page.md:5: the tree is not the folder a/:\n"
        "    - zero  (shown, and not there)\n"
        "    + b/three  (there, and not shown)\n"
        "    + one  (there, and not shown)"
    )


# ---- and what is right passes


def test_a_page_that_holds(levels: Levels) -> None:
    text = """
```console
$ mkdir notes && cd notes
$ pwd
/...notes
$ export GREETING=hello
```

```python title="mod.py"
import asyncio


async def double(x):
    await asyncio.sleep(0)
    return 2 * x
```

```pycon
>>> import mod
>>> await mod.double(4)
8
>>> async with asyncio.timeout(1):
...     print("inside")
Traceback (most recent call last):
NameError: name 'asyncio' is not defined
```

```{ .python title="mod.py" data-edit="append" }
def half(x):
    return x / 2
```

```python
import importlib

importlib.reload(mod)
print(mod.half(9), await mod.double(1))
```

``` { .text .output }
4.5 2
```

```{ .text .tree }
notes/
└── mod.py  # the module
```

```console
$ echo $GREETING \\
  again
hello again
```

```bash
python -m venv .venv
. .venv/bin/activate
pip install --upgrade doris-workers
ls
```

```json
{"a": [1]}
```

```mermaid
flowchart LR
  a["a (b)"] --> b
```

```js
export default { fetch: () => new Response("hi") };
```

````markdown
``` python title="x.py"
x = 1
```
````
"""
    expected = "ran ran ran ran ran ran validated ran validated validated validated validated validated"
    assert levels(text) == expected.split()


def test_a_workflow_that_holds(levels: Levels) -> None:
    assert levels(WORKFLOW % 'echo "$HOME"') == ["validated"]


def test_merge_changes_one_function(levels: Levels) -> None:
    text = """
```python title="m.py"
class A:
    def f(self):
        return 1
```

```pycon
>>> import m, importlib
>>> m.A().f()
1
```

```{ .python title="m.py" data-edit="merge" }
import math


class A:
    def g(self):
        return math.pi
```

```pycon
>>> importlib.reload(m)
<module 'm' from ...m.py'>
>>> m.A().f(), m.A().g()
(1, 3.141592653589793)
```
"""
    assert levels(text) == ["ran", "ran", "ran", "ran"]


def test_the_debugger_is_typed_into(levels: Levels) -> None:
    text = """
```python title="stop.py"
title = "milk"
breakpoint()
print("on")
```

```console
$ python stop.py
> ...stop.py(3)<module>()
-> print("on")
(Pdb) p title
'milk'
(Pdb) c
on
```
"""
    assert levels(text) == ["ran", "ran"]

"""``pyodide.code``."""

import asyncio

import pytest

from doris.pyodide.code import eval_code, eval_code_async, find_imports


@pytest.mark.parametrize(
    ("source", "value"), [("1 + 1", 2), ("x = 1", None), ("x = 1\nx + 1", 2), ("1;", None), ("", None)]
)
def test_eval_code(source, value):
    assert eval_code(source) == value
    assert asyncio.run(eval_code_async(source)) == value


def test_names():
    names = {"a": 1}
    assert eval_code("b = a + 1\nb", names) == 2
    assert names["b"] == 2


def test_top_level_await():
    assert asyncio.run(eval_code_async("import asyncio\nx = await asyncio.sleep(0, 5)\nx")) == 5


def test_find_imports():
    assert find_imports("import os.path, json\nfrom a.b import c\nfrom . import d") == ["a", "json", "os"]
    assert find_imports("not python (") == []

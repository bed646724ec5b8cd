# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""Compiled components, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from doris.web.url_pattern.pattern import Component, Options
from doris.web.url_pattern.tokens import PatternError

PATH = Options("/", "/")


def component(text, **more):
    return Component(text, PATH, lambda value: value, **more)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("/a/:id", "/a/:id"), ("/{a}?b", "/{a}?b"), ("/:a(\\d+)?/*", "/:a(\\d+)?/*"), ("*", "*"), ("/a*", "/a*"),
        ("/{:a.txt}+", "/{:a.txt}+"), ("/:a-:b", "/:a-:b"), ("/{x:a}", "/{x:a}"), ("/(.*)", "/*"), ("/\\:a", "/\\:a"),
        ("/foo{/bar}*", "/foo{/bar}*"), ("/{a}{b}", "/ab"), ("{}", ""), ("{}?", ""), ("/{:a}b", "/{:a}b"), ("/{:a}(b)", "/{:a}(b)"),
        ("{/:a}x", "{/:a}x"), ("{:a\\b}", "{:a\\b}"), ("/([^\\/]+?)", "/([^\\/]+?)"), ("/:a(.*)", "/:a(.*)"), ("*(.*)", "*(.*)"),
    ],
)  # fmt: skip
def test_writing_back(text, written):
    assert component(text).text == written


@pytest.mark.parametrize(
    ("text", "value", "groups"),
    [
        ("/a/:id", "/a/1", {"id": "1"}), ("/a/:id", "/a/1/2", None), ("/:a?", "", {"a": None}), ("/:a+", "/1/2", {"a": "1/2"}),
        ("/x/:a*", "/x", {"a": None}), ("/*", "/a/b", {"0": "a/b"}), ("/:a.:b", "/f.txt", {"a": "f", "b": "txt"}),
        ("/{:a.txt}+", "/f.txt", {"a": "f"}), ("/{a}?b", "/b", {}), ("/(\\d+)", "/12", {"0": "12"}), ("/(\\d+)", "/é", None),
        ("/(?:a)", "/a", None), ("/:a(x|y)", "/y", {"a": "y"}), ("/(\\w+)(\\d)", "/ab1", {"0": "ab", "1": "1"}),
    ],
)  # fmt: skip
def test_matching(text, value, groups):
    if text == "/(?:a)":
        with pytest.raises(PatternError):
            component(text)
        return
    assert component(text).match(value) == groups


def test_case():
    assert component("/A", ignore_case=True).match("/a") == {}
    assert component("/A").match("/a") is None


@pytest.mark.parametrize(
    "text", ["/:a/:a", "{a", "a}", "/([^/]+)", "/(a{2)", "/(a])", "/(\\d{2,3)", "/([)", "/(*)"]
)
def test_what_cannot_be_read(text):
    with pytest.raises(PatternError):
        component(text)


def test_without_a_delimiter_a_name_takes_everything():
    assert Component(":a", Options(), lambda value: value).match("x/y") == {"a": "x/y"}
    assert component("/a(\\d)").has_regexp

# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""URLSearchParams, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from doris.web import URLSearchParams
from tests.web.support import O, error_of, js, jsnull


@pytest.mark.parametrize(
    ("init", "text"),
    [
        (None, ""), (jsnull, "null="), (5, "5="), (True, "true="), ("?a=1", "a=1"), ("??a=1", "%3Fa=1"),
        (O(b=1, a=None), "b=1&a=undefined"), ([("a", "1"), ("b", 2)], "a=1&b=2"), ({"a": "b"}.items(), "a=b"),
        (js.Map.new([["a", "b"]]), "a=b"), (js.URLSearchParams.new("q=é"), "q=%C3%A9"), ("a=\ud800", "a=%EF%BF%BD"),
        (js.FormData.new(), ""),
    ],
)  # fmt: skip
def test_what_it_is_made_of(init, text):
    assert str(js.URLSearchParams.new(init)) == text


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: js.URLSearchParams.new([("a",)]), "Invalid URL search params sequence."),
        (lambda: js.URLSearchParams.new(["ab"]), "Incorrect type: the provided value is not of type 'Sequence'."),
        (lambda: js.URLSearchParams.new().append("b"),
         "Failed to execute 'append' on 'URLSearchParams': parameter 2 is not of type 'USVString'."),
        (lambda: js.URLSearchParams.new().getAll(),
         "Failed to execute 'getAll' on 'URLSearchParams': parameter 1 is not of type 'USVString'."),
        (lambda: js.URLSearchParams.new().forEach(5),
         "Failed to execute 'forEach' on 'URLSearchParams': parameter 1 is not of type 'function'."),
    ],
)  # fmt: skip
def test_errors(call, message):
    assert error_of(call) == f"TypeError: {message}"


def test_reading():
    parameters = js.URLSearchParams.new("a=1&a=2&b=")
    assert parameters.get("a") == parameters["a"] == "1"
    assert parameters.get("z") is jsnull
    assert list(parameters.getAll("a")) == ["1", "2"]
    assert (parameters.has("b"), parameters.has("a", "2"), parameters.has("a", "3"), parameters.has("a", None)) == (
        True, True, False, True,
    )  # fmt: skip
    assert (parameters.size, len(parameters)) == (3, 3)
    assert list(parameters) == list(parameters.keys()) == ["a", "a", "b"]
    assert [list(pair) for pair in parameters.entries()] == [["a", "1"], ["a", "2"], ["b", ""]]


def test_values_and_keys_in_the_javascript_world():
    # In Python a URLSearchParams is a mapping, whose values() looks each key up again.
    parameters = URLSearchParams([("a", "1"), ("a", "2")])
    assert list(parameters.values().js_iter()) == ["1", "2"]
    assert list(parameters.keys().js_iter()) == ["a", "a"]
    assert [pair.items for pair in parameters.entries().js_iter()] == [["a", "1"], ["a", "2"]]


def test_changing():
    parameters = js.URLSearchParams.new("a=1&b=2&a=3")
    parameters.set("a", "9")
    assert parameters.toString() == "a=9&b=2"
    parameters.set("q", "w")
    parameters.append("a", "4")
    parameters.delete("a", "9")
    assert parameters.toString() == "b=2&q=w&a=4"
    parameters.delete("q")
    assert parameters.toString() == "b=2&a=4"


def test_sorting_is_stable_and_by_utf_16():
    parameters = js.URLSearchParams.new("b=1&\uff5e=0&\U0001f600=0&a=2&b=0")
    parameters.sort()
    assert list(parameters.keys()) == ["a", "b", "b", "\U0001f600", "\uff5e"]


def test_iteration_sees_changes():
    parameters = js.URLSearchParams.new("a=1&b=2&c=3")
    names = []
    for name in parameters.keys():  # noqa: SIM118 - the method is what is tested
        names.append(name)
        if name == "a":
            parameters.delete("b")
    assert names == ["a", "c"]


def test_for_each():
    seen = []
    js.URLSearchParams.new("a=1").forEach(lambda value, name, _all: seen.append((value, name)))
    assert seen == [("1", "a")]

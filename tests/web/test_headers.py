"""Headers, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from doris.web import Headers
from tests.web.support import O, error_of, js, jsnull

PAIRS = "To initialize a Headers object from a sequence, each inner sequence must have exactly two elements."


def shown(headers):
    return [[name, value] for name, value in headers]


def test_iteration_is_sorted_lower_case_and_combined_except_cookies():
    headers = js.Headers.new(
        [("Set-Cookie", "b=2"), ("X-B", "1"), ("x-b", "2"), ("A", "0"), ("set-cookie", "a=1")]
    )
    assert shown(headers) == [["a", "0"], ["set-cookie", "b=2"], ["set-cookie", "a=1"], ["x-b", "1, 2"]]
    assert list(headers.keys()) == ["a", "set-cookie", "set-cookie", "x-b"]
    assert list(headers.values()) == ["0", "b=2", "a=1", "1, 2"]
    assert [list(pair) for pair in headers.entries()] == shown(headers)
    assert headers.get("SET-COOKIE") == "b=2, a=1"
    assert list(headers.getSetCookie()) == list(headers.getAll("Set-Cookie")) == ["b=2", "a=1"]
    assert list(js.Headers.new().getSetCookie()) == []


@pytest.mark.parametrize(
    ("init", "expected"),
    [
        (None, []),
        (O(b="1", A="2"), [["a", "2"], ["b", "1"]]),
        ([("a", 5), ("b", None), ("c", True), ("d", 1.5), ("e", jsnull)],
         [["a", "5"], ["b", "undefined"], ["c", "true"], ["d", "1.5"], ["e", "null"]]),
        ({"a": "1"}.items(), [["a", "1"]]),
        (js.Map.new([["a", "1"]]), [["a", "1"]]),
        (js.Headers.new([("Q", "1")]), [["q", "1"]]),
        (O(a="  \t x \r\n"), [["a", "x"]]),
        (O(a="é☃"), [["a", "é☃"]]),
        (js.Date.new(0), []),
    ],
)  # fmt: skip
def test_what_headers_are_made_of(init, expected):
    assert shown(js.Headers.new(init)) == expected


@pytest.mark.parametrize("init", [5, "ab", jsnull, True])
def test_what_is_no_initializer(init):
    wanted = "constructor parameter 1 is not of type 'Headers or Sequence or object'."
    assert error_of(lambda: js.Headers.new(init)) == f"TypeError: Failed to construct 'Headers': {wanted}"


@pytest.mark.parametrize(
    ("init", "message"),
    [
        ([("a",)], PAIRS),
        ([("a", "b", "c")], PAIRS),
        (["ab"], "Incorrect type: the provided value is not of type 'Sequence'."),
        ([5], "Incorrect type: the provided value is not of type 'Sequence'."),
        (O(**{"a b": "x"}), "Invalid header name."),
        (O(**{"a(": "x"}), "Invalid header name."),
        (O(a="x\ny"), "Invalid header value."),
        (O(a="x\0y"), "Invalid header value."),
    ],
)
def test_bad_initializers(init, message):
    assert error_of(lambda: js.Headers.new(init)) == f"TypeError: {message}"


@pytest.mark.parametrize("name", ["", "é", "!#$%&'*+-.^_`|~09azAZ"])
def test_names_that_are_allowed(name):
    headers = js.Headers.new()
    headers.append(name, "v")
    assert headers.get(name) == "v"


def test_only_ascii_letters_are_lowered():
    headers = js.Headers.new([("ÉX", "1")])
    assert shown(headers) == [["Éx", "1"]]


def test_reading_and_writing():
    headers = js.Headers.new(O(a="1"))
    headers.append("A", "2")
    assert headers.get("a") == headers["a"] == "1, 2"
    headers.set("A", None)
    assert headers.get("a") == "undefined"
    assert "a" in headers
    headers.delete("A")
    assert not headers.has("a")
    assert headers.get("a") is jsnull


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda h: h.append(),
            "Failed to execute 'append' on 'Headers': parameter 1 is not of type 'string'.",
        ),
        (
            lambda h: h.append("a"),
            "Failed to execute 'append' on 'Headers': parameter 2 is not of type 'string'.",
        ),
        (lambda h: h.set("a"), "Failed to execute 'set' on 'Headers': parameter 2 is not of type 'string'."),
        (lambda h: h.getAll("x"), 'getAll() can only be used with the header name "Set-Cookie".'),
        (lambda h: h.get("a b"), "Invalid header name."),
        (lambda h: h.has("a\n"), "Invalid header name."),
        (lambda h: h.delete("a:"), "Invalid header name."),
        (
            lambda h: h.forEach(5),
            "Failed to execute 'forEach' on 'Headers': parameter 1 is not of type 'function'.",
        ),
    ],
)
def test_bad_arguments(call, message):
    assert error_of(lambda: call(js.Headers.new())) == f"TypeError: {message}"


def test_for_each_gets_value_name_and_headers():
    headers = js.Headers.new(O(b="2", a="1"))
    seen = []
    headers.forEach(lambda value, name, of: seen.append((value, name, of.get("a"))))
    assert seen == [("1", "a", "1"), ("2", "b", "1")]


def test_immutable_headers_refuse_every_change():
    headers = js.Response.redirect("http://x/").headers
    for change in (
        lambda: headers.set("a", "b"),
        lambda: headers.append("a", "b"),
        lambda: headers.delete("location"),
    ):
        assert error_of(change) == "TypeError: Can't modify immutable headers."
    assert Headers(immutable=True).copy().immutable
    assert not Headers(immutable=True).structured_copy().immutable


def test_fields_for_http_keep_their_spelling_and_stay_apart():
    headers = Headers.of_pairs([("Content-Type", "a/b"), ("X-A", "1"), ("x-a", "2")])
    assert headers.pairs() == [("Content-Type", "a/b"), ("X-A", "1"), ("X-A", "2")]
    headers.set_new("X-A", "3")
    assert headers.first("x-a") == "3"
    assert headers.first("zz") is None


def test_an_iterator_is_a_snapshot():
    headers = js.Headers.new(O(a="1", b="2"))
    names = []
    for name in headers.keys():  # noqa: SIM118 - the method is what is tested
        names.append(name)
        headers.delete("b")
    assert names == ["a", "b"]

"""URLPattern, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from tests.web.support import O, error_of, js, jsnull

NAMES = ("protocol", "username", "password", "hostname", "port", "pathname", "search", "hash")


def parts(pattern):
    return [getattr(pattern, name) for name in NAMES]


def test_what_is_not_given_matches_anything():
    assert parts(js.URLPattern.new()) == parts(js.URLPattern.new(jsnull)) == ["*"] * 8
    assert parts(js.URLPattern.new("https://x:443/a")) == ["https", "*", "*", "x", "", "/a", "*", "*"]
    assert parts(js.URLPattern.new("?z", "http://x/a/c?q#h")) == ["http", "*", "*", "x", "", "/a/c", "z", "*"]


@pytest.mark.parametrize(
    ("arguments", "subject", "matches"),
    [
        ((O(pathname="/a/:id"),), ("http://x/a/1",), True),
        (("/a/:id", "http://x"), ("/a/1", "http://x"), True),
        ((O(pathname="/a"),), ("zz",), False),
        ((O(pathname="/a"),), (), False),
        ((O(pathname="/a"), O(ignoreCase=True)), (O(pathname="/A"),), True),
        (("http://x/a", jsnull, O(ignoreCase=True)), ("http://x/A",), True),
        ((O(pathname="/a"),), (O(port="zz"),), False),
        ((O(hostname="*.x.com"),), ("http://a.b.x.com/",), True),
        ((O(protocol="http{s}?"),), ("https://x",), True),
        ((O(pathname="/é"),), ("http://x/é",), True),
        (("data\\:foo*",), ("data:foobar",), True),
        ((O(search="a=:x"),), ("http://q/?a=1",), True),
    ],
)
def test_testing(arguments, subject, matches):
    assert js.URLPattern.new(*arguments).test(*subject) is matches


def test_exec():
    result = js.URLPattern.new(O(pathname="/a/:id(\\d+)?")).exec("http://x/a/12?q#h")
    assert list(result.inputs) == ["http://x/a/12?q#h"]
    assert (result.pathname.input, result.pathname.groups.id) == ("/a/12", "12")
    assert js.JSON.stringify(result.search) == '{"input":"q","groups":{"0":"q"}}'
    assert js.URLPattern.new(O(pathname="/a")).exec("http://x/b") is jsnull


def test_regexp_groups():
    assert js.URLPattern.new(O(pathname="/(\\d+)")).hasRegExpGroups is True
    assert js.URLPattern.new(O(pathname="/:a")).hasRegExpGroups is False


@pytest.mark.parametrize(
    "source", [5, "/a", O(pathname="/("), O(pathname="/:a/:a"), O(port="zz"), O(baseURL="zz")]
)
def test_what_is_no_pattern(source):
    assert error_of(lambda: js.URLPattern.new(source)) == "TypeError: Failed to construct URLPattern"

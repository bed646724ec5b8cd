# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""URL, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from tests.web.support import error_of, js, jsnull

PARTS = (
    "href",
    "origin",
    "protocol",
    "username",
    "password",
    "host",
    "hostname",
    "port",
    "pathname",
    "search",
    "hash",
)


def test_parts():
    url = js.URL.new("HTTP://us%40er:pa:ss@Example.com:8080/a/../b?c=d#e")
    assert [getattr(url, part) for part in PARTS] == [
        "http://us%40er:pa%3Ass@example.com:8080/b?c=d#e", "http://example.com:8080", "http:", "us%40er", "pa%3Ass",
        "example.com:8080", "example.com", "8080", "/b", "?c=d", "#e",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "href"),
    [
        (("http://mañana.com/ü?é#ü",), "http://xn--maana-pta.com/%C3%BC?%C3%A9#%C3%BC"),
        (("http://0x7f.1/",), "http://127.0.0.1/"),
        (("ht\ntp://x/a\tb",), "http://x/ab"),
        (("../b?x", "http://h/a/c/d"), "http://h/a/b?x"),
        (("", "http://h/a?q#f"), "http://h/a?q"),
        ((5, "http://x"), "http://x/5"),
        (("a\ud800", "http://x"), "http://x/a%EF%BF%BD"),
        (("data:text/plain,x y",), "data:text/plain,x y"),
    ],
)
def test_parsing(arguments, href):
    url = js.URL.new(*arguments)
    assert url.href == str(url) == url.toString() == url.toJSON() == href
    assert js.URL.canParse(*arguments)
    assert js.URL.parse(*arguments).href == href


@pytest.mark.parametrize(
    "arguments", [("zz",), ("http:///",), ("http://a b/",), ("/a", "zz"), ("/a", None), ("/a", jsnull)]
)
def test_what_does_not_parse(arguments):
    assert error_of(lambda: js.URL.new(*arguments)) == "TypeError: Invalid URL string."
    assert not js.URL.canParse(*arguments)
    assert js.URL.parse(*arguments) is jsnull


def test_setters_ignore_what_does_not_fit():
    url = js.URL.new("http://x/p?q#f")
    steps = [
        ("protocol", "ftp", "ftp://x/p?q#f"), ("username", "a:b", "ftp://a%3Ab@x/p?q#f"),
        ("password", "é", "ftp://a%3Ab:%C3%A9@x/p?q#f"), ("host", "y:99", "ftp://a%3Ab:%C3%A9@y:99/p?q#f"),
        ("hostname", "z:1", "ftp://a%3Ab:%C3%A9@y:99/p?q#f"), ("port", "7x", "ftp://a%3Ab:%C3%A9@y:7/p?q#f"),
        ("port", "99999", "ftp://a%3Ab:%C3%A9@y:7/p?q#f"), ("port", "", "ftp://a%3Ab:%C3%A9@y/p?q#f"),
        ("pathname", "q?r#s", "ftp://a%3Ab:%C3%A9@y/q%3Fr%23s?q#f"), ("search", "a=b c", "ftp://a%3Ab:%C3%A9@y/q%3Fr%23s?a=b%20c#f"),
        ("hash", "é h", "ftp://a%3Ab:%C3%A9@y/q%3Fr%23s?a=b%20c#%C3%A9%20h"),
        ("host", "", "ftp://a%3Ab:%C3%A9@y/q%3Fr%23s?a=b%20c#%C3%A9%20h"),
    ]  # fmt: skip
    for attribute, value, href in steps:
        setattr(url, attribute, value)
        assert url.href == href


def test_only_href_throws():
    url = js.URL.new("http://x/?a=1")
    parameters = url.searchParams
    with pytest.raises(Exception, match="Failed to set the 'href' property on 'URL'"):
        url.href = "zz"
    url.href = "http://y/?b=2"
    assert parameters.get("b") == "2"


def test_the_query_and_its_parameters_are_one():
    url = js.URL.new("http://x/?a=~ b")
    parameters = url.searchParams
    assert parameters.js_id == url.searchParams.js_id
    parameters.append("k", "v w")
    assert url.search == "?a=%7E+b&k=v+w"
    url.search = "z=1"
    assert [parameters.get("z"), parameters.get("a")] == ["1", jsnull]
    parameters.delete("z")
    assert url.href == "http://x/"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: js.URL.new(), "TypeError: Failed to construct 'URL': constructor parameter 1 is not of type 'USVString'."),
        (lambda: js.URL.canParse(), "TypeError: Failed to execute 'canParse' on 'URL': parameter 1 is not of type 'USVString'."),
        (lambda: js.URL.createObjectURL(5),
         "TypeError: Failed to execute 'createObjectURL' on 'URL': parameter 1 is not of type 'File or Blob'."),
        (lambda: js.URL.createObjectURL(js.Blob.new()), "Error: URL.createObjectURL() is not implemented"),
        (lambda: js.URL.revokeObjectURL("x"), "Error: URL.revokeObjectURL() is not implemented"),
        (lambda: js.structuredClone(js.URL.new("http://x")),
         'DataCloneError: Could not serialize object of type "URL". This type does not support serialization.'),
    ],
)  # fmt: skip
def test_errors(call, message):
    assert error_of(call) == message

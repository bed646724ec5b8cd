"""The seam to the URL parser."""

from __future__ import annotations

import ada_url

from doris.web.url_parser import URLParser, normalize, parser, to_usv


def test_a_url_that_does_not_parse_is_none():
    assert parser.parse("nope") is None
    assert parser.parse("/a", "nope") is None
    assert parser.parse("/a", "http://x/b").href == "http://x/a"


def test_assigning_says_whether_the_value_was_taken():
    record = parser.parse("http://x/")
    assert parser.assign(record, "port", "81")
    assert not parser.assign(record, "href", "nope")
    assert record.href == "http://x:81/"


def test_another_constructor_can_stand_behind_it():
    class Refused(Exception):
        pass

    def construct(url, base=None):
        try:
            return ada_url.URL(url, base)
        except ValueError as error:
            raise Refused from error

    other = URLParser(construct, Refused)
    assert other.parse("nope") is None
    assert other.parse("b", "http://x/a").href == "http://x/b"


def test_lone_surrogates_become_replacement_characters():
    assert to_usv("a\ud800b\udc00") == "a\ufffdb\ufffd"
    assert to_usv("\ud83d\ude00é") == "😀é"


def test_normalize():
    assert normalize("HTTP://Example.com:80/a/../b é") == "http://example.com/b%20%C3%A9"
    assert normalize("/a") is None

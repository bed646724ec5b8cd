# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""Patterns written as whole URLs, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from doris.web.url_pattern.constructor_string import parse


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("https://*.x.com/:a\\?q=:b#h",
         {"protocol": "https", "hostname": "*.x.com", "pathname": "/:a", "search": "q=:b", "hash": "h", "port": ""}),
        ("https://u\\:p@x\\:80/", {"protocol": "https", "username": "u", "password": "p", "hostname": "x", "port": "80", "pathname": "/"}),
        ("https://u@x", {"protocol": "https", "username": "u", "hostname": "x", "port": ""}),
        ("https://x?q", {"protocol": "https", "hostname": "x", "pathname": "/", "search": "q", "port": ""}),
        ("https://x#h", {"protocol": "https", "hostname": "x", "pathname": "/", "search": "", "hash": "h", "port": ""}),
        ("https://[\\:\\:1]:8/a", {"protocol": "https", "hostname": "[\\:\\:1]", "port": "8", "pathname": "/a"}),
        ("http{s}?://x/a{?}b", {"protocol": "http{s}?", "hostname": "x", "pathname": "/a{?}b", "port": ""}),
        ("data\\:foo?q", {"protocol": "data", "hostname": "", "pathname": "foo", "search": "q", "port": ""}),
        ("https\\:x/a", {"protocol": "https", "hostname": "x", "pathname": "/a", "port": ""}),
        ("(:x", {"pathname": "(:x"}),
        ("/a/:b?c", {"pathname": "/a/:b?c"}),
        ("data:foo", {"pathname": "data:foo"}),
        ("?a#b", {"search": "a", "hash": "b"}),
        ("#b", {"hash": "b"}),
        ("", {"pathname": ""}),
    ],
)  # fmt: skip
def test_splitting(text, parts):
    assert parse(text) == parts

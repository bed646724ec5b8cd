# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""Components in the form they have in a URL."""

from __future__ import annotations

import pytest

from doris.web.url_pattern import canonical
from doris.web.url_pattern.tokens import PatternError


@pytest.mark.parametrize(
    ("name", "value", "result"),
    [
        ("protocol", "HTTP", "http"), ("protocol", "", ""), ("username", "a:b", "a%3Ab"), ("password", "é", "%C3%A9"),
        ("hostname", "EXAMPLE.com", "example.com"), ("hostname", "mañana.com", "xn--maana-pta.com"), ("hostname", "", ""),
        ("hostname", "a/b", "a"), ("hostname", "[::A]", "[::a]"), ("port", "080", "80"), ("port", "", ""),
        ("pathname", "/é b", "/%C3%A9%20b"), ("pathname", "a", "a"), ("pathname", "", ""), ("search", "a b", "a%20b"),
        ("hash", "a b", "a%20b"),
    ],
)  # fmt: skip
def test_encoding(name, value, result):
    assert canonical.ENCODERS[name](value) == result


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("protocol", "a b"),
        ("hostname", "a b"),
        ("hostname", "[x]"),
        ("hostname", "a:80"),
        ("port", "zz"),
        ("port", "99999"),
    ],
)
def test_what_cannot_be_part_of_a_url(name, value):
    with pytest.raises(PatternError):
        canonical.ENCODERS[name](value)


def test_ports_and_opaque_paths():
    assert canonical.port("443", "https") == ""
    assert canonical.opaque_pathname("a b") == "a b"
    assert canonical.opaque_pathname("") == ""


def test_the_base_fills_in_what_stands_before():
    result = canonical.process({"pathname": "b", "baseURL": "http://x:99/a/c?q#h"}, as_pattern=True)
    assert result == {"protocol": "http", "hostname": "x", "port": "99", "pathname": "/a/b"}
    assert canonical.process({"hostname": "y", "pathname": "b", "baseURL": "http://x/a/c"}, as_pattern=True) == {
        "protocol": "http", "hostname": "y", "pathname": "b",
    }  # fmt: skip
    with pytest.raises(PatternError):
        canonical.process({"baseURL": "zz"}, as_pattern=True)


def test_values_to_be_matched_are_encoded_and_complete():
    result = canonical.process(
        {"protocol": "data:", "pathname": "a b", "search": "?é", "hash": "#x"}, as_pattern=False
    )
    assert result == {
        "protocol": "data", "username": "", "password": "", "hostname": "", "port": "", "pathname": "a b", "search": "%C3%A9", "hash": "x",
    }  # fmt: skip
    assert (
        canonical.process({"protocol": "https", "port": "443", "pathname": "/x"}, as_pattern=False)["port"]
        == ""
    )

"""application/x-www-form-urlencoded."""

from __future__ import annotations

import pytest

from doris.web import urlencoded


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("", []),
        ("a=1&a=2", [("a", "1"), ("a", "2")]),
        ("a+b=%20+&&=x&y", [("a b", "  "), ("", "x"), ("y", "")]),
        ("a=%zz&b=%F0%9F&c=%c3%a9&d=e=f", [("a", "%zz"), ("b", "\ufffd"), ("c", "é"), ("d", "e=f")]),
    ],
)
def test_parsing(text, pairs):
    assert urlencoded.parse(text) == pairs


def test_serializing():
    assert urlencoded.serialize([("é ", "~*-._!'()"), ("", "")]) == "%C3%A9+=%7E*-._%21%27%28%29&="

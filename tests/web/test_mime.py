"""MIME types, with examples of the MIME Sniffing standard."""

from __future__ import annotations

import pytest

from doris.web import mime


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text/html", "text/html"),
        (" Text/HTML ; Charset=UTF-8 ", "text/html;charset=UTF-8"),
        ("text/html;charset=gbk;charset=windows-1255", "text/html;charset=gbk"),
        ('multipart/form-data; boundary="a b"', 'multipart/form-data;boundary="a b"'),
        ('x/x;x="a\\"b\\\\"', 'x/x;x="a\\"b\\\\"'),
        ('x/x;a="open', "x/x;a=open"),
        ('x/x;a="q" junk;b=1', "x/x;a=q;b=1"),
        ("x/x;;;a=1;b", "x/x;a=1"),
        ("x/x;a=;b=2", "x/x;b=2"),
        ("x/x;a b=1", "x/x"),
        ("x/x;a=☃", "x/x"),
    ],
)
def test_parsing_and_writing(text, expected):
    assert str(mime.parse(text)) == expected


@pytest.mark.parametrize("text", ["", "text", "/x", "x/", "te xt/x", "x/y z", "x/(y"])
def test_what_is_no_type(text):
    assert mime.parse(text) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ""),
        ("zz", ""),
        ("text/plain", "text/plain"),
        ("text/html;charset=x, text/html", "text/html;charset=x"),
        ("text/html;charset=x, text/plain", "text/plain"),
        ("text/html, */*", "text/html"),
        ('text/html;a="1,2", zz', 'text/html;a="1,2"'),
    ],
)
def test_the_type_of_a_header_that_may_have_been_sent_twice(value, expected):
    assert mime.essence_of_header(value) == expected

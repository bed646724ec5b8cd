# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""multipart/form-data, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from doris.js import Throw
from doris.web.multipart import Part, parse, serialize

NAME = 'Content-Disposition: form-data; name="a"'


def message(*parts: str, end: str = "--B--") -> bytes:
    return ("".join(f"--B\n{part}\n" for part in parts) + end).replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (message(f"{NAME}\n\nv"), [Part("a", b"v")]),
        (message(f"{NAME}\n\n1", f"{NAME}\n\n2\n"), [Part("a", b"1"), Part("a", b"2\r\n")]),
        (message(f"{NAME}\n\n"), [Part("a", b"")]),
        (
            message(f'{NAME}; filename="x.txt"\nContent-Type: text/q; charset=X\n\nv'),
            [Part("a", b"v", "x.txt", "text/q; charset=X")],
        ),
        (message(f'{NAME}; filename=""\n\nv'), [Part("a", b"v")]),
        (message(f"{NAME}; filename*=UTF-8''x.txt\n\nv"), [Part("a", b"v")]),
        (message(f'{NAME}; name="b"\n\nv'), [Part("b", b"v")]),
        (message(f'{NAME}\nContent-Disposition: form-data; name="b"\n\nv'), [Part("a", b"v")]),
        (message(f"{NAME}; bad\n\nv"), [Part("a", b"v")]),
        (message('Content-Disposition:form-data;name="a";filename="b"\n\n1'), [Part("a", b"1", "b")]),
        (
            message('Content-Disposition: form-data; name="a\\"b%22c"; filename="q\\\\z%0A"\n\nv'),
            [Part('a"b%22c', b"v", "q\\z%0A")],
        ),
        (message('Content-Disposition: form-data; name="é☃"\n\n☃'), [Part("é☃", "☃".encode())]),
        (b"junk\r\n" + message(f"{NAME}\n\nv") + b"\r\nepilogue", [Part("a", b"v")]),
        (message(f"{NAME}\n\nv").replace(b"\r\n", b"\n"), [Part("a", b"v")]),
        (message(), []),
    ],
)
def test_parsing(body, expected):
    assert list(parse(body, "B")) == expected


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "No initial boundary string (or you have a truncated message)."),
        (b"--B", "No initial boundary string (or you have a truncated message)."),
        (message(f"{NAME}\n\nv", end=""), "No subsequent boundary string after multipart message."),
        (message(f"{NAME}\n\nv", end="--B"), "No subsequent boundary string after multipart message."),
        (message(f"{NAME}\n\nv", end="--Bx"), "Boundary string was not succeeded by CRLF, LF, or '--'."),
        (message(NAME, end=""), "No multipart message header termination found."),
        (message("foo\n\nv"), "FormData part had invalid headers."),
        (message(f"foo : bar\n{NAME}\n\nv"), "FormData part had invalid headers."),
        (message("X-A: b\n\nv"), "No valid Content-Disposition header found in FormData part."),
        (message("Content-Disposition: ;\n\nv"), "Invalid Content-Disposition header found in FormData part."),
        (message('Content-Disposition: FORM-DATA; name="a"\n\nv'),
         'Content-Disposition header for FormData part must have the value "form-data", possibly followed by parameters. '
         'Got: "FORM-DATA"'),
        (message("Content-Disposition: form-data; name=a\n\nv"), "Content-Disposition header in FormData part is missing a name."),
        (message('Content-Disposition: form-data; name=""\n\nv'), "Content-Disposition header in FormData part is missing a name."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(body, error):
    with pytest.raises(Throw) as caught:
        list(parse(body, "B"))
    assert str(caught.value) == f"TypeError: {error}"


def test_serializing():
    parts = [Part('é"\n\\x', b"v"), Part("f", b"\xff", "n", "t/q"), Part("g", b"", "o")]
    assert serialize(parts, "B") == (
        '--B\r\nContent-Disposition: form-data; name="é%22%0A\\\\x"\r\n\r\nv\r\n'
        '--B\r\nContent-Disposition: form-data; name="f"; filename="n"\r\nContent-Type: t/q\r\n\r\n'
    ).encode() + (
        b'\xff\r\n--B\r\nContent-Disposition: form-data; name="g"; filename="o"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n\r\n--B--"
    )
    with pytest.raises(Throw, match="can't end with backslash"):
        serialize([Part("a\\", b"")], "B")

"""Content-Encoding."""

from __future__ import annotations

import gzip
import zlib

import pytest

from doris.encoding import decoded, encoder_for


@pytest.mark.parametrize(("encoding", "decode"), [("gzip", gzip.decompress), ("Deflate ", zlib.decompress)])
def test_a_declared_encoding_is_applied(encoding: str, decode: object) -> None:
    encoder = encoder_for([("content-encoding", encoding)], "automatic")
    assert encoder is not None
    body = encoder.piece(b"one ") + encoder.piece(b"two") + encoder.end()
    assert decode(body) == b"one two"  # type: ignore[operator]
    assert decoded(body, encoding) == b"one two"


def test_each_piece_can_be_read_at_once() -> None:
    encoder = encoder_for([("content-encoding", "gzip")], "automatic")
    assert encoder is not None
    assert zlib.decompressobj(31).decompress(encoder.piece(b"now")) == b"now"


@pytest.mark.parametrize(
    ("headers", "mode"),
    [
        ([], "automatic"),
        ([("content-encoding", "identity")], "automatic"),
        ([("content-encoding", "br")], "automatic"),
        ([("content-encoding", "gzip")], "manual"),
    ],
)
def test_otherwise_the_body_leaves_as_it_is(headers: list[tuple[str, str]], mode: str) -> None:
    assert encoder_for(headers, mode) is None


def test_an_unknown_encoding_is_not_decoded() -> None:
    assert decoded(b"x", "br") == b"x"
    assert decoded(b"x", "") == b"x"

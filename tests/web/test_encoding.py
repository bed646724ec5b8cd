# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""TextEncoder and TextDecoder, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from tests.web.support import error_of, js, jsnull, to_js


def decode(label, data, **options):
    return js.TextDecoder.new(label, **options).decode(to_js(data))


@pytest.mark.parametrize(
    ("label", "data", "text"),
    [
        ("utf-8", b"\xef\xbb\xbfA\xff", "A\ufffd"),
        ("utf-8", b"\xe2\x98a\xf0\x9f\x98\xc0\x80", "\ufffda\ufffd\ufffd\ufffd"),
        ("latin1", b"\x80\x81\xe9", "€\x81é"),
        ("windows-1253", b"\x81\xaa", "\x81\ufffd"),
        ("windows-1255", b"\xca\xe0", "\u05baא"),
        ("koi8-u", b"\xae\xbe\xc1", "ўЎа"),
        ("utf-16", b"\xff\xfeA\0\0\xd8", "A\ufffd"),
        ("utf-16be", b"\0A", "A"),
        ("x-user-defined", b"A\x80\xff", "A\uf780\uf7ff"),
        ("shift_jis", "日本語".encode("cp932"), "日本語"),
        (" GBK\n", "中€".encode("gb18030"), "中€"),
    ],
)
def test_decoding(label, data, text):
    assert decode(label, data) == text


def test_options():
    assert decode("utf-8", b"\xef\xbb\xbfA", ignoreBOM=True) == "\ufeffA"
    decoder = js.TextDecoder.new("UTF8", fatal=True)
    assert (decoder.encoding, decoder.fatal, decoder.ignoreBOM) == ("utf-8", True, False)
    assert error_of(lambda: decoder.decode(to_js(b"\xff"))) == "TypeError: Failed to decode input."
    assert error_of(lambda: decode("utf-16le", b"A", fatal=True)) == "TypeError: Failed to decode input."
    assert decoder.decode(to_js(b"ok")) == "ok"


def test_pieces():
    decoder = js.TextDecoder.new()
    pieces = [decoder.decode(to_js(piece), stream=True) for piece in (b"\xef\xbb", b"\xbf\xe2", b"\x98\x83")]
    assert pieces == ["", "", "☃"]
    assert decoder.decode(to_js(b"\xe2")) == "\ufffd"
    assert decoder.decode() == ""


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: js.TextDecoder.new("zz"), 'RangeError: "zz" is not a valid encoding.'),
        (lambda: js.TextDecoder.new("replacement"), 'RangeError: "replacement" is not a valid encoding.'),
        (lambda: js.TextDecoder.new("utf-8", 5),
         "TypeError: Failed to construct 'TextDecoder': constructor parameter 2 is not of type 'ConstructorOptions'."),
        (lambda: js.TextDecoder.new().decode("x"),
         "TypeError: Failed to execute 'decode' on 'TextDecoder': parameter 1 is not of type 'Array'."),
        (lambda: js.TextEncoder.new().encodeInto("x", 5),
         "TypeError: Failed to execute 'encodeInto' on 'TextEncoder': parameter 2 is not of type 'Uint8Array'."),
    ],
)  # fmt: skip
def test_errors(call, message):
    assert error_of(call) == message


def test_encoding():
    encoder = js.TextEncoder.new()
    assert encoder.encoding == "utf-8"
    assert encoder.encode("é\ud800").to_bytes() == "é\ufffd".encode()
    assert (encoder.encode().to_bytes(), encoder.encode(jsnull).to_bytes()) == (b"", b"null")


def test_encoding_into_an_array():
    array = js.Uint8Array.new(6)
    result = js.TextEncoder.new().encodeInto("é😀☃", array)
    assert (result.read, result.written) == (3, 6)
    assert array.to_bytes() == "é😀".encode()

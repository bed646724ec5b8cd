"""Buffers as Python sees them."""

import io

from doris.js import ArrayBuffer, proxy_of

from .ask import ask, refuses


def test_reading():
    assert ask("u = js.Uint8Array.new(to_js(b'ab'))\n(u.to_bytes(), u.to_memoryview().tolist(), "
    "u.to_string(), u.to_string('ascii'))") == (
        b"ab", [97, 98], "ab", "ab",
    )  # fmt: skip
    assert ask("js.Uint16Array.new(J('[258]')).to_memoryview().format") == "H"
    assert ask("isinstance(js.ArrayBuffer.new(1), JsBuffer), isinstance(O(), JsBuffer), "
    "bool(js.ArrayBuffer.new(0))") == (
        True, False, False,
    )  # fmt: skip


def test_writing():
    assert ask(
        "u = js.Uint8Array.new(2)\nu.assign(b'xy')\ntarget = bytearray(2)\n"
        "u.assign_to(target)\n(u.to_bytes(), target)"
    ) == (
        b"xy", bytearray(b"xy"),
    )  # fmt: skip
    assert ask("b = js.ArrayBuffer.new(2)\nb.assign(b'xy')\nb.to_bytes()") == b"xy"


def test_files():
    buffer = proxy_of(ArrayBuffer(b"abc"))
    file = io.BytesIO()
    buffer.to_file(file)
    buffer._into_file(file)
    assert file.getvalue() == b"abcabc"
    buffer.from_file(io.BytesIO(b"xyz"))
    assert buffer.to_bytes() == b"xyz"


def test_faults():
    refuses(
        "js.Uint8Array.new(to_js(b'\\xff')).to_string()",
        "Failed to decode Javascript TypedArray as utf8",
        ValueError,
    )
    refuses("js.Uint8Array.new(4).assign(b'toolong')",
            "cannot assign to TypedArray of length 7 from buffer of length 4", ValueError)  # fmt: skip
    refuses("js.Uint8Array.new(4).assign_to(bytearray(1))",
            "cannot assign from TypedArray of length 1 to buffer of length 4", ValueError)  # fmt: skip

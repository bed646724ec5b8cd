"""ArrayBuffers."""

from doris.js import ArrayBuffer, Uint8Array, bytes_of, null

from .ask import ask, refuses


def test_length_and_slices():
    assert ask(
        "b = js.ArrayBuffer.new(4)\n(b.byteLength, b.slice(1).byteLength, b.slice(-1).byteLength)"
    ) == (4, 3, 1)
    refuses("js.ArrayBuffer.new(-1)", "RangeError: Invalid array buffer length")


def test_views():
    assert ask(
        "b = js.ArrayBuffer.new(1)\n(js.ArrayBuffer.isView(b), js.ArrayBuffer.isView(js.Uint8Array.new(b)))"
    ) == (
        False,
        True,
    )
    assert ask("u = js.Uint8Array.new(js.ArrayBuffer.new(4), 1, 2)\n(u.byteOffset, u.byteLength)") == (1, 2)


def test_bytes_of_anything():
    assert bytes_of(ArrayBuffer(b"ab")) == b"ab"
    assert bytes_of(Uint8Array.of_bytes(b"ab")) == b"ab"
    assert bytes_of("ab") is None
    assert bytes_of(null) is None

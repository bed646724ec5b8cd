# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""Encoding and compression streams, against answers of the reference runtime."""

from __future__ import annotations

import gzip
import zlib

import pytest

from tests.web.support import O, chunks, error_of, failure, js, run, source, to_js


def through(stream, *items):
    return run(chunks(source(*items).pipeThrough(stream)))


def test_text_to_bytes():
    stream = js.TextEncoderStream.new()
    assert stream.encoding == "utf-8"
    assert through(stream, "\ud83d", "\ude00é", "", 5, "\ud83d") == ["😀é".encode(), b"5", "\ufffd".encode()]


def test_bytes_to_text():
    stream = js.TextDecoderStream.new("UTF-8", fatal=True, ignoreBOM=True)
    assert (stream.encoding, stream.fatal, stream.ignoreBOM) == ("utf-8", True, True)
    assert through(js.TextDecoderStream.new(), b"\xef\xbb\xbf\xe2", b"\x98", b"\x83a\xe2") == ["☃a", "\ufffd"]
    assert error_of(lambda: js.TextDecoderStream.new("zz")) == 'RangeError: "zz" is not a valid encoding.'


def test_bytes_that_are_no_text():
    async def go(item, **options):
        stream = js.TextDecoderStream.new("utf-8", **options)
        written = stream.writable.getWriter().write(item)
        return await failure(stream.readable.getReader().read()), await failure(written)

    assert run(go(to_js(b"\xff"), fatal=True)) == ("TypeError: Failed to decode input.",) * 2
    assert (
        run(go("x"))
        == (
            "TypeError: This TransformStream is being used as a byte stream, but received a value that is not a BufferSource.",
        )
        * 2
    )


@pytest.mark.parametrize("name", ["gzip", "deflate", "deflate-raw"])
def test_there_and_back(name):
    packed = source(b"abc" * 3000, b"d").pipeThrough(js.CompressionStream.new(name))
    unpacked = packed.pipeThrough(js.DecompressionStream.new(name))
    assert b"".join(run(chunks(unpacked))) == b"abc" * 3000 + b"d"


def test_others_can_read_it():
    assert gzip.decompress(b"".join(through(js.CompressionStream.new("gzip"), b"abc"))) == b"abc"
    assert zlib.decompress(b"".join(through(js.CompressionStream.new("deflate"), "é"))) == "é".encode()
    assert through(js.DecompressionStream.new("gzip"), gzip.compress(b"abc")) == [b"abc"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x01\x02\x03", "Decompression failed."),
        (zlib.compress(b"abc")[:-4], "Called close() on a decompression stream with incomplete data"),
        (zlib.compress(b"abc") + b"x", "Trailing bytes after end of compressed data"),
    ],
)
def test_bytes_that_do_not_unpack(data, message):
    async def go():
        return await failure(
            js.Response.new(source(data).pipeThrough(js.DecompressionStream.new("deflate"))).text()
        )

    assert run(go()) == f"TypeError: {message}"


def test_writes_do_not_wait_for_the_reader():
    async def go():
        writer = js.CompressionStream.new("gzip").writable.getWriter()
        assert writer.desiredSize == 1
        await writer.write("abc")
        return await failure(writer.write(5))

    assert "non-ArrayBuffer/ArrayBufferView" in run(go())


@pytest.mark.parametrize("reason", ["text", js.Error.new("why")])
def test_aborting_fails_the_reader(reason):
    async def go():
        stream = js.CompressionStream.new("gzip")
        waiting = stream.readable.getReader().read()
        await stream.writable.abort(reason)
        return await failure(waiting)

    assert run(go()).endswith("text" if reason == "text" else "why")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: js.CompressionStream.new("br"), "The compression format must be either 'deflate', 'deflate-raw' or 'gzip'."),
        (lambda: js.DecompressionStream.new(O()), "The compression format must be either 'deflate', 'deflate-raw' or 'gzip'."),
        (lambda: js.CompressionStream.new(),
         "Failed to construct 'CompressionStream': constructor parameter 1 is not of type 'string'."),
    ],
)  # fmt: skip
def test_errors(call, message):
    assert error_of(call) == f"TypeError: {message}"

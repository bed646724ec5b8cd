from __future__ import annotations

from typing import Any

import pytest

from doris.bindings.r2 import R2Bucket
from doris.js import ArrayBuffer, DataView, Uint8Array, call, construct, get, plain
from doris.web.blob import Blob
from doris.web.streams import FixedLengthStream, ReadableStream
from tests.bindings.calling import answer, invoke

WRONG = (
    "TypeError: Failed to execute 'put' on 'R2Bucket': parameter 2 is not of type "
    "'JsReadableStream or ArrayBuffer or ArrayBufferView or string or Blob'."
)
NO_LENGTH = "TypeError: Provided readable stream must have a known length"


def stored(bucket: R2Bucket, *value: Any) -> Any:
    told = answer(bucket, "put", "k", *value)
    return told if isinstance(told, str) else answer(invoke(bucket, "get", "k"), "bytes")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("é", "é".encode()),
        ("\ud800", b"\xed\xa0\x80"),
        (None, b""),
        (ArrayBuffer(b"ab"), b"ab"),
        (DataView(ArrayBuffer(b"abc"), 1, 2), b"bc"),
        (Uint8Array.of_bytes(b"x" * 3_000_000), b"x" * 3_000_000),
        (Blob(b"blob"), b"blob"),
        (5, WRONG),
        ({}, WRONG),
        ([1], WRONG),
    ],
)
def test_bodies(bucket: R2Bucket, value: Any, expected: Any) -> None:
    assert stored(bucket, value) == expected


def test_a_body_is_needed(bucket: R2Bucket) -> None:
    assert stored(bucket) == WRONG


@pytest.mark.parametrize("size", [0, 3, 70_000, 1_048_576, 2_500_000])
def test_streams_of_known_length(bucket: R2Bucket, size: int) -> None:
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    stream = ReadableStream.from_bytes(content)
    assert stored(bucket, stream) == content
    assert get(stream, "locked") is True
    assert stored(bucket, stream) == "TypeError: The ReadableStream has been locked to a reader."
    copy = get(invoke(bucket, "get", "k"), "body")
    invoke(bucket, "put", "copy", copy)
    assert answer(invoke(bucket, "get", "copy"), "bytes") == content


def fixed(length: int, *chunks: bytes) -> ReadableStream:
    stream: Any = construct(FixedLengthStream.interface.function, length)
    writable = get(stream, "writable")
    writer = call(get(writable, "getWriter"), writable)
    for chunk in chunks:
        call(get(writer, "write"), writer, Uint8Array.of_bytes(chunk)).handled = True
    call(get(writer, "close"), writer).handled = True
    readable: ReadableStream = get(stream, "readable")
    return readable


def test_streams_that_promise_a_length(bucket: R2Bucket) -> None:
    assert stored(bucket, fixed(4, b"ab", b"cd")) == b"abcd"
    short = "TypeError: FixedLengthStream did not see all expected bytes before close()."
    assert stored(bucket, fixed(4, b"ab")) == short
    assert "Attempt to write too many bytes" in stored(bucket, fixed(1, b"ab"))
    assert answer(invoke(bucket, "get", "k"), "text") == "abcd"
    assert bucket.store.database.execute("SELECT count(*) FROM blobs") == [(1,)]


def test_streams_of_unknown_length(bucket: R2Bucket) -> None:
    assert stored(bucket, construct(ReadableStream.interface.function, plain())).startswith(NO_LENGTH)

    async def items() -> Any:
        yield b"x"

    assert stored(bucket, ReadableStream.from_async_iterator(items())).startswith(NO_LENGTH)


def test_a_stream_is_cancelled_when_the_options_are_refused(bucket: R2Bucket) -> None:
    stream = ReadableStream.from_bytes(b"x")
    assert stored(bucket, stream, {"md5": "x"}) == "TypeError: MD5 is 32 hex characters, not 1"
    assert (stream.state, get(stream, "locked")) == ("closed", False)
    upload = invoke(bucket, "createMultipartUpload", "k")
    stream = ReadableStream.from_bytes(b"x")
    assert "Part number" in answer(upload, "uploadPart", 0, stream)
    assert stream.state == "closed"
    assert "Part number" in answer(upload, "uploadPart", 0, "x")

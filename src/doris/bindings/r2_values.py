"""The body of an R2 upload: what may be one, and its bytes a stretch at a time.

Source of the rules: ``src/workerd/api/r2-rpc.c++`` in workerd.
"""

from __future__ import annotations

from doris.js import (
    ArrayBuffer,
    BufferView,
    JSValue,
    Promise,
    Throw,
    bytes_of,
    error,
    is_nullish,
    type_error,
)
from doris.web.arguments import Where
from doris.web.blob import Blob
from doris.web.streams import ReadableStream
from doris.web.streams.native_source import NativeSource
from doris.web.streams.readers import DefaultReader

from .r2_blobs import BlobWriter

_EXPECTED = "JsReadableStream or ArrayBuffer or ArrayBufferView or string or Blob"
_UNKNOWN_LENGTH = (
    "Provided readable stream must have a known length "
    "(request/response body or readable half of FixedLengthStream)"
)
_LOCKED = "The ReadableStream has been locked to a reader."
_CANCELLED = "Stream cancelled because the associated put operation encountered an error."
_STRETCH = 64 * 1024

Body = bytes | ReadableStream


def body_of(where: Where, args: tuple[JSValue, ...], *, nullable: bool) -> Body:
    """The second argument of an upload. ``nullable``: null and undefined stand for no bytes.

    Raises `Throw` for any other type.
    """
    value = where.required(args, 1, _EXPECTED)
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, ReadableStream):
        return value
    if isinstance(value, ArrayBuffer | BufferView):
        return bytes_of(value) or b""
    if isinstance(value, Blob):
        return value.data
    if nullable and is_nullish(value):
        return b""
    raise where.wrong(1, _EXPECTED)


def give_up(body: Body) -> None:
    """The upload does not take place: cancel a stream that was to be its body."""
    if isinstance(body, ReadableStream) and body.reader is None:
        body.cancel_now(error(_CANCELLED).value).handled = True


def known_length(body: Body) -> int:
    """How many bytes there will be. Raises `Throw` for a stream that does not know."""
    if isinstance(body, bytes):
        return len(body)
    length = body.source.length if isinstance(body.source, NativeSource) else None
    if length is None:
        raise type_error(_UNKNOWN_LENGTH)
    return length


async def write_body(body: Body, writer: BlobWriter) -> None:
    """Write all the bytes. A stream is locked for good. Raises `Throw` when it cannot be read or fails."""
    if isinstance(body, bytes):
        writer.write(body)
        return
    if body.reader is not None or body.disturbed:
        raise type_error(_LOCKED)
    DefaultReader(body)
    body.disturbed = True
    source = body.source
    assert isinstance(source, NativeSource)
    try:
        while piece := await _read(source):
            writer.write(piece)
    except Throw as failure:
        body.error_now(failure.value)
        raise
    body.close_now()


async def _read(source: NativeSource) -> bytes:
    piece = source.reader.read(_STRETCH)
    if isinstance(piece, Promise):
        arrived: bytes = await piece
        return arrived
    return piece

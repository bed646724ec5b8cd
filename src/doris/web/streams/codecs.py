"""TextEncoderStream, TextDecoderStream, CompressionStream and DecompressionStream.

Rules: the Encoding standard, section 7.5, and the Compression standard.
"""

from __future__ import annotations

import zlib
from typing import Any

from doris.js import (
    JSObject,
    JSValue,
    Promise,
    Uint8Array,
    bytes_of,
    constructor,
    getter,
    to_string,
    type_error,
)

from ..arguments import Where
from ..encoding import Decoder, decoder_of
from .identity import byte_chunk
from .native_source import ByteReader, NativeSource
from .readable import ReadableStream
from .sink_controller import Sink, SinkController
from .strategy import Strategy
from .transform import TransformController, Transformer, TransformStream
from .writable import WritableStream

_FORMATS = {"gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS, "deflate-raw": -zlib.MAX_WBITS}


class _Encoding(Transformer):
    """Text to UTF-8; half a surrogate pair waits for its other half."""

    def __init__(self) -> None:
        self._high = ""

    def transform(self, chunk: JSValue, controller: TransformController) -> JSValue:
        text = self._high + to_string(chunk)
        self._high = text[-1] if text and "\ud800" <= text[-1] <= "\udbff" else ""
        _enqueue_text(text[: len(text) - len(self._high)], controller)

    def flush(self, controller: TransformController) -> JSValue:
        _enqueue_text(self._high, controller)


def _enqueue_text(text: str, controller: TransformController) -> None:
    if text:
        data = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
        controller.enqueue_now(Uint8Array.of_bytes(data))


class TextEncoderStream(TransformStream, name="TextEncoderStream"):
    """``TextEncoderStream``."""

    @constructor
    def construct(cls) -> JSValue:
        return TextEncoderStream(_Encoding())

    @getter
    def encoding(self) -> str:
        return "utf-8"


class _Decoding(Transformer):
    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder

    def transform(self, chunk: JSValue, controller: TransformController) -> JSValue:
        data = bytes_of(chunk) if isinstance(chunk, JSObject) else None
        if data is None:
            raise type_error(
                "This TransformStream is being used as a byte stream, "
                "but received a value that is not a BufferSource."
            )
        self._give(self._decoder.decode(data, more=True), controller)

    def flush(self, controller: TransformController) -> JSValue:
        self._give(self._decoder.decode(b"", more=False), controller)

    @staticmethod
    def _give(text: str, controller: TransformController) -> None:
        if text:
            controller.enqueue_now(text)


class TextDecoderStream(TransformStream, name="TextDecoderStream"):
    """``TextDecoderStream``."""

    def __init__(self, decoder: Decoder) -> None:
        super().__init__(_Decoding(decoder))
        self._decoder = decoder

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        return TextDecoderStream(decoder_of(Where("TextDecoderStream"), args, "TextDecoderStreamInit"))

    @getter
    def encoding(self) -> str:
        return self._decoder.name

    @getter
    def fatal(self) -> bool:
        return self._decoder.fatal

    @getter("ignoreBOM")
    def ignore_bom(self) -> bool:
        return self._decoder.ignore_bom


class _Codec(ByteReader, Sink):
    """Both ends of a (de)compression. Writes do not wait for reads: what comes out is buffered."""

    def __init__(self) -> None:
        self._out = bytearray()
        self._waiting: tuple[int, Promise] | None = None
        self._ended = False
        self._failure: Any = None

    def process(self, data: bytes) -> bytes:
        """Turn a piece; may throw."""
        raise NotImplementedError

    def finish(self) -> bytes:
        """The last bytes; may throw."""
        raise NotImplementedError

    def check(self, chunk: JSValue) -> Any:
        """Only bytes and strings may be written."""
        from .identity import _NOT_BYTES

        return type_error(_NOT_BYTES) if byte_chunk(chunk) is None else None

    def write(self, chunk: JSValue) -> JSValue:
        """Turn a chunk."""
        data = byte_chunk(chunk)
        assert data is not None
        self._give(self.process, data)

    def close(self) -> JSValue:
        """Flush."""
        self._ended = True
        self._give(lambda _data: self.finish(), b"")

    def abort(self, reason: JSValue) -> JSValue:
        """Fail the reader."""
        self._fail(type_error(to_string(reason)) if not isinstance(reason, JSObject) else _throw(reason))

    def _give(self, turn: Any, data: bytes) -> None:
        try:
            self._out += turn(data)
        except Exception as failure:
            self._fail(failure)
            raise
        self._serve()

    def _fail(self, failure: Any) -> None:
        self._failure = failure
        if self._waiting is not None:
            _, promise = self._waiting
            self._waiting = None
            promise.reject_with(failure.value)

    def _serve(self) -> None:
        if self._waiting is not None and (self._out or self._ended):
            size, promise = self._waiting
            self._waiting = None
            promise.resolve_with(self._take(size))

    def _take(self, size: int) -> bytes:
        part = bytes(self._out[:size])
        del self._out[:size]
        return part

    def read(self, size: int) -> bytes | Promise:
        """What has come out, or a promise of what will."""
        if self._failure is not None:
            raise self._failure
        if self._out or self._ended:
            return self._take(size)
        promise = Promise()
        self._waiting = size, promise
        return promise


def _throw(reason: JSValue) -> Any:
    from doris.js import Throw

    return Throw(reason)


class _Compressor(_Codec):
    def __init__(self, wbits: int) -> None:
        super().__init__()
        self._deflate = zlib.compressobj(wbits=wbits)

    def process(self, data: bytes) -> bytes:
        return self._deflate.compress(data)

    def finish(self) -> bytes:
        return self._deflate.flush()


class _Decompressor(_Codec):
    def __init__(self, wbits: int) -> None:
        super().__init__()
        self._inflate = zlib.decompressobj(wbits=wbits)

    def process(self, data: bytes) -> bytes:
        try:
            out = self._inflate.decompress(data)
        except zlib.error:
            raise type_error("Decompression failed.") from None
        if self._inflate.unused_data:
            raise type_error("Trailing bytes after end of compressed data")
        return out

    def finish(self) -> bytes:
        if not self._inflate.eof:
            raise type_error("Called close() on a decompression stream with incomplete data")
        return b""


class _CodecStream(TransformStream, name="TransformStream"):
    def __init__(self, codec: _Codec) -> None:
        self.readable_side = ReadableStream(NativeSource(codec))
        self.writable_side = WritableStream(SinkController(codec, Strategy(), started=True))


class CompressionStream(_CodecStream, name="CompressionStream"):
    """``CompressionStream``."""

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        return CompressionStream(_Compressor(_wbits(Where("CompressionStream"), args)))


class DecompressionStream(_CodecStream, name="DecompressionStream"):
    """``DecompressionStream``."""

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        return DecompressionStream(_Decompressor(_wbits(Where("DecompressionStream"), args)))


def _wbits(where: Where, args: tuple[JSValue, ...]) -> int:
    wbits = _FORMATS.get(where.string(args, 0))
    if wbits is None:
        raise type_error("The compression format must be either 'deflate', 'deflate-raw' or 'gzip'.")
    return wbits

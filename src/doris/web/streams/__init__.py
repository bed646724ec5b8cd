"""The Streams API. `readable` and `writable` say how it is built."""

from .codecs import CompressionStream, DecompressionStream, TextDecoderStream, TextEncoderStream
from .identity import FixedLengthStream, IdentityTransformStream
from .readable import ReadableStream
from .strategy import ByteLengthQueuingStrategy, CountQueuingStrategy
from .stream_reader import StreamReader, read_all
from .transform import TransformStream
from .writable import WritableStream

__all__ = [
    "ByteLengthQueuingStrategy",
    "CompressionStream",
    "CountQueuingStrategy",
    "DecompressionStream",
    "FixedLengthStream",
    "IdentityTransformStream",
    "ReadableStream",
    "StreamReader",
    "TextDecoderStream",
    "TextEncoderStream",
    "TransformStream",
    "WritableStream",
    "read_all",
]

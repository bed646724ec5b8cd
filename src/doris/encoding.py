"""``Content-Encoding`` of a response: a body that the Worker declared to be compressed leaves compressed.

With ``encodeBody: "automatic"`` (the default) the platform compresses what the Worker wrote; with
``"manual"`` the Worker did that itself. Source of the rules: workerd, ``Response`` (``encodeBody``).

Brotli is not in Python's standard library: a body declared as ``br`` leaves as the Worker wrote it.
"""

from __future__ import annotations

import zlib
from typing import Protocol

#: Window sizes of `zlib` for the encodings of HTTP.
_WINDOW_BITS = {"gzip": 31, "deflate": 15}


class Encoder(Protocol):
    """Compresses a body piece by piece."""

    def piece(self, data: bytes) -> bytes:
        """The compressed piece, complete in itself, so that it can be sent at once."""

    def end(self) -> bytes:
        """What is left at the end."""


class _Zlib:
    def __init__(self, window_bits: int) -> None:
        self._compressor = zlib.compressobj(wbits=window_bits)

    def piece(self, data: bytes) -> bytes:
        return self._compressor.compress(data) + self._compressor.flush(zlib.Z_SYNC_FLUSH)

    def end(self) -> bytes:
        return self._compressor.flush()


def encoder_for(headers: list[tuple[str, str]], encode_body: str) -> Encoder | None:
    """What compresses the body of a response with these headers; None when it leaves as it is."""
    if encode_body == "manual":
        return None
    encoding = next((value for name, value in headers if name.lower() == "content-encoding"), "")
    window_bits = _WINDOW_BITS.get(encoding.strip().lower())
    return None if window_bits is None else _Zlib(window_bits)


def decoded(data: bytes, encoding: str) -> bytes:
    """A whole body without its ``Content-Encoding``, as ``fetch`` gives it. Unknown encodings stay as they
    are.

    Raises:
        zlib.error: It is not what it says.
    """
    window_bits = _WINDOW_BITS.get(encoding.strip().lower())
    return data if window_bits is None else zlib.decompress(data, wbits=window_bits)

"""TextEncoder and TextDecoder.

Rules: the Encoding standard.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable

from doris.js import (
    JSObject,
    JSValue,
    Uint8Array,
    bytes_of,
    constructor,
    getter,
    method,
    opt,
    plain,
    range_error,
    to_boolean,
    type_error,
)
from doris.js.operations import to_string

from . import encoding_labels
from .arguments import Where, argument
from .url_parser import to_usv

_BOMS = {"utf-8": "\ufeff", "utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}

#: Where the standard's tables know more than Python's.
_CORRECTED = {"cp1255": {0xCA: "\u05ba"}, "koi8-u": {0xAE: "\u045e", 0xBE: "\u040e"}}


class Decoder:
    """Decodes bytes that arrive in pieces. Shared by TextDecoder and TextDecoderStream.

    Args:
        label: A label of the encoding.
        fatal: Whether bytes that are no text are an error (else they become U+FFFD).
        ignore_bom: Whether a byte order mark stays in the text.

    Raises:
        Throw: (from the constructor) a RangeError for an unknown label.
    """

    def __init__(self, label: str, *, fatal: bool = False, ignore_bom: bool = False) -> None:
        encoding = encoding_labels.find(label)
        if encoding is None:
            raise range_error(f'"{label}" is not a valid encoding.')
        self.name = encoding.name
        self.fatal = fatal
        self.ignore_bom = ignore_bom
        self._codec = encoding.codec
        self._reset()

    def _reset(self) -> None:
        self._at_start = True
        if self._codec != "x-user-defined":
            self._decoder = codecs.getincrementaldecoder(self._codec)(
                "doris-strict" if self.fatal else "doris-replace"
            )

    def decode(self, data: bytes, *, more: bool) -> str:
        """Decode a piece; ``more`` says that others follow.

        Raises:
            Throw: a TypeError for bytes that are no text, when fatal.
        """
        try:
            text = self._decoded(data, more)
        except UnicodeDecodeError:
            self._reset()
            raise type_error("Failed to decode input.") from None
        if self._at_start and text:
            self._at_start = False
            bom = _BOMS.get(self._codec)
            if bom is not None and not self.ignore_bom:
                text = text.removeprefix(bom)
        if not more:
            self._reset()
        return text

    def _decoded(self, data: bytes, more: bool) -> str:
        if self._codec == "x-user-defined":
            return "".join(chr(byte if byte < 0x80 else 0xF700 + byte) for byte in data)
        corrected = _CORRECTED.get(self._codec)
        if corrected is not None:
            return "".join(corrected.get(byte) or self._decoder.decode(bytes([byte])) for byte in data)
        return self._decoder.decode(data, not more)


def _c1_or(fallback: str) -> Callable[[UnicodeError], tuple[str | bytes, int]]:
    # In single-byte encodings a byte from 80 to 9F without a character is the control character of it.
    def handle(error: UnicodeError) -> tuple[str | bytes, int]:
        assert isinstance(error, UnicodeDecodeError)
        byte = error.object[error.start]
        if error.encoding == "charmap" and 0x80 <= byte <= 0x9F:
            return chr(byte), error.start + 1
        return codecs.lookup_error(fallback)(error)

    return handle


codecs.register_error("doris-replace", _c1_or("replace"))
codecs.register_error("doris-strict", _c1_or("strict"))


class TextDecoder(JSObject, name="TextDecoder"):
    """``TextDecoder``."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        return TextDecoder(decoder_of(Where("TextDecoder"), args, "ConstructorOptions"))

    @getter
    def encoding(self) -> str:
        return self._decoder.name

    @getter
    def fatal(self) -> bool:
        return self._decoder.fatal

    @getter("ignoreBOM")
    def ignore_bom(self) -> bool:
        return self._decoder.ignore_bom

    @method
    def decode(self, *args: JSValue) -> JSValue:
        where = Where("TextDecoder", "decode")
        source = argument(args, 0)
        data = b"" if source is None else bytes_of(source)
        if data is None:
            raise where.wrong(0, "Array")
        more = to_boolean(opt(where.dictionary(args, 1, "DecodeOptions"), "stream"))
        return self._decoder.decode(data, more=more)


def decoder_of(where: Where, args: tuple[JSValue, ...], dictionary: str) -> Decoder:
    """A decoder from the arguments ``(label, options)``."""
    label = where.optional_string(args, 0)
    options = where.dictionary(args, 1, dictionary)
    return Decoder(
        "utf-8" if label is None else label,
        fatal=to_boolean(opt(options, "fatal")),
        ignore_bom=to_boolean(opt(options, "ignoreBOM")),
    )


class TextEncoder(JSObject, name="TextEncoder"):
    """``TextEncoder``."""

    @constructor
    def construct(cls) -> JSValue:
        return TextEncoder()

    @getter
    def encoding(self) -> str:
        return "utf-8"

    @method
    def encode(self, *args: JSValue) -> JSValue:
        text = argument(args, 0)
        return Uint8Array.of_bytes(b"" if text is None else to_usv(to_string(text)).encode())

    @method("encodeInto")
    def encode_into(self, *args: JSValue) -> JSValue:
        where = Where("TextEncoder", "encodeInto")
        text = to_usv(where.string(args, 0))
        target = where.instance(args, 1, Uint8Array)
        read = 0
        data = bytearray()
        for character in text:
            encoded = character.encode()
            if len(data) + len(encoded) > target.size:
                break
            data += encoded
            read += 2 if character > "\uffff" else 1
        target.view()[: len(data)] = data
        return plain({"read": read, "written": len(data)})

"""Blob and File.

Rules: the File API standard, as workerd has it: parts come in an array only, and the ``endings`` option is
refused."""

from __future__ import annotations

from doris.js import (
    ArrayBuffer,
    JSArray,
    JSObject,
    JSValue,
    Promise,
    Uint8Array,
    bytes_of,
    constructor,
    error,
    getter,
    method,
    null,
    opt,
    range_error,
    to_number,
    to_string,
)

from .arguments import Arguments, Where, argument, to_int32
from .clone import not_serializable
from .host import now_ms
from .streams import ReadableStream

#: workerd's limit for one Blob, in bytes.
MAX_SIZE = 128 * 1024 * 1024


class Blob(JSObject, name="Blob"):
    """``Blob``. `data` is its content, immutable."""

    def __init__(self, data: bytes, content_type: str = "") -> None:
        self.data = data
        self.content_type = content_type

    def structured_copy(self) -> Blob:
        """What ``structuredClone`` makes of it. A File cannot be cloned.

        Raises:
            Throw: a DataCloneError for a File.
        """
        if type(self) is not Blob:
            raise not_serializable(self.interface.name)
        return Blob(self.data, self.content_type)

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        where = Where("Blob")
        parts = _parts(where, args)
        return Blob(_concatenated(parts), _type_option(where.dictionary(args, 1, "Options")))

    @getter
    def size(self) -> int:
        return len(self.data)

    @getter("type")
    def type_(self) -> str:
        return self.content_type

    @method("slice")
    def part(self, *args: JSValue) -> JSValue:
        start, end = argument(args, 0), argument(args, 1)
        content_type = argument(args, 2)
        first, last = _range(
            0 if start is None else to_int32(start), None if end is None else to_int32(end), len(self.data)
        )
        return Blob(
            self.data[first:last], "" if content_type is None else normalize_type(to_string(content_type))
        )

    @method("arrayBuffer")
    def array_buffer(self) -> JSValue:
        return Promise.resolved(ArrayBuffer(self.data))

    @method("bytes")
    def read_bytes(self) -> JSValue:
        return Promise.resolved(Uint8Array.of_bytes(self.data))

    @method
    def text(self) -> JSValue:
        # Unlike the body mixin's, this text keeps a byte order mark.
        return Promise.resolved(self.data.decode("utf-8", "replace"))

    @method
    def stream(self) -> JSValue:
        return ReadableStream.from_bytes(self.data)


class File(Blob, name="File"):
    """``File``."""

    def __init__(
        self, data: bytes, name: str, content_type: str = "", last_modified: float | None = None
    ) -> None:
        super().__init__(data, content_type)
        self.file_name = name
        self.modified_ms = now_ms() if last_modified is None else last_modified

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        where = Where("File")
        parts = _parts(where, args)
        name = where.string(args, 1)
        options = where.dictionary(args, 2, "Options")
        content_type = _type_option(options)
        modified = opt(options, "lastModified")
        return File(
            _concatenated(parts), name, content_type, None if modified is None else _milliseconds(modified)
        )

    @getter
    def name(self) -> str:
        return self.file_name

    @getter("lastModified")
    def last_modified(self) -> float:
        return self.modified_ms


def normalize_type(content_type: str) -> str:
    """A Blob's type: in lower case, or "" when it has a character outside printable ASCII."""
    if any(not " " <= character <= "\x7f" for character in content_type):
        return ""
    return content_type.lower()


def utf8(text: str) -> bytes:
    """UTF-8 as workerd writes JavaScript strings: a surrogate without a partner is encoded by itself."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _parts(where: Where, args: Arguments) -> list[JSValue]:
    value = argument(args, 0)
    if value is None:
        return []
    if not isinstance(value, JSArray):
        raise where.wrong(0, "Array")
    return list(value.items)


def _concatenated(parts: list[JSValue]) -> bytes:
    data = b"".join(_part_bytes(part) for part in parts)
    if len(data) > MAX_SIZE:
        raise range_error(f"Blob size {len(data)} exceeds limit {MAX_SIZE}")
    return data


def _part_bytes(part: JSValue) -> bytes:
    if isinstance(part, Blob):
        return part.data
    data = bytes_of(part)
    return utf8(to_string(part)) if data is None else data


def _type_option(options: JSObject | None) -> str:
    content_type = opt(options, "type")
    if opt(options, "endings") is not None:
        raise error("The 'endings' field on 'Options' is not implemented.")
    return "" if content_type is None else normalize_type(to_string(content_type))


def _milliseconds(value: JSValue) -> float:
    number = to_number(value)
    return 0 if number != number or value is null else number


def _range(start: int, end: int | None, size: int) -> tuple[int, int]:
    if end is None:
        end = size
    first = min(max(start + size, 0) if start < 0 else start, size)
    last = min(end + size if end < 0 else end, size)
    return first, max(first, last)

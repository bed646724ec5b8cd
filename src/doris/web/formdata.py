"""FormData.

Rules: the XMLHttpRequest standard, section 5, as workerd has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from doris.js import JSArray, JSObject, JSValue, call, constructor, method, null, to_string, type_error

from . import mime, multipart, urlencoded
from .arguments import Arguments, Where, argument
from .blob import Blob, File, utf8
from .iterators import EntryIterator, KeyIterator, ValueIterator

FORM_DATA = "multipart/form-data"
FORM_URLENCODED = "application/x-www-form-urlencoded"

_UTF8_LABELS = frozenset({"utf-8", "utf8", "unicode-1-1-utf-8"})
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{0,2})")

Entry = tuple[str, str | File]


class FormData(JSObject, name="FormData"):
    """``FormData``. `fields` are its names and values in order."""

    def __init__(self, fields: list[Entry] | None = None) -> None:
        self.fields: list[Entry] = [] if fields is None else fields

    @constructor
    def construct(cls) -> JSValue:
        return FormData()

    @method
    def append(self, *args: JSValue) -> None:
        self.fields.append(_entry("append", args))

    @method
    def set(self, *args: JSValue) -> None:
        entry = _entry("set", args)
        for index, (name, _) in enumerate(self.fields):
            if name == entry[0]:
                self.fields[index] = entry
                rest = self.fields[index + 1 :]
                self.fields[index + 1 :] = [field for field in rest if field[0] != entry[0]]
                return
        self.fields.append(entry)

    @method("delete")
    def delete(self, *args: JSValue) -> None:
        name = _name("delete", args)
        self.fields[:] = [field for field in self.fields if field[0] != name]

    @method
    def get(self, *args: JSValue) -> JSValue:
        name = _name("get", args)
        for key, value in self.fields:
            if key == name:
                return value
        return null

    @method("getAll")
    def get_all(self, *args: JSValue) -> JSValue:
        name = _name("getAll", args)
        return JSArray([value for key, value in self.fields if key == name])

    @method
    def has(self, *args: JSValue) -> bool:
        name = _name("has", args)
        return any(key == name for key, _ in self.fields)

    @method
    def entries(self) -> JSValue:
        return EntryIterator(self.js_iter())

    @method
    def keys(self) -> JSValue:
        return KeyIterator(key for key, _ in self._live())

    @method
    def values(self) -> JSValue:
        return ValueIterator(value for _, value in self._live())

    @method("forEach")
    def for_each(self, *args: JSValue) -> None:
        callback = Where("FormData", "forEach").function(args, 0)
        this = argument(args, 1)
        for key, value in self._live():
            call(callback, None if this is null else this, value, key, self)

    def js_iter(self) -> Iterator[JSValue]:
        """Pairs of name and value; changes during the iteration are seen."""
        return (JSArray([key, value]) for key, value in self._live())

    def _live(self) -> Iterator[Entry]:
        index = 0
        while index < len(self.fields):
            yield self.fields[index]
            index += 1


def serialize(form: FormData, boundary: str) -> bytes:
    """A form as ``multipart/form-data``."""
    return multipart.serialize((_part_of(name, value) for name, value in form.fields), boundary)


def _part_of(name: str, value: str | File) -> multipart.Part:
    if isinstance(value, File):
        return multipart.Part(name, value.data, value.file_name, value.content_type)
    return multipart.Part(name, utf8(value))


def parse(body: bytes, content_type: str) -> FormData:
    """The form in a body.

    Raises:
        Throw: a TypeError for a content type that is no form's, or a body that is not what it says.
    """
    kind = mime.parse(content_type)
    if kind is not None and kind.essence == FORM_DATA:
        boundary = kind.parameters.get("boundary")
        if boundary is None:
            raise type_error(
                "No boundary string in Content-Type header. The multipart/form-data MIME type requires a "
                "boundary parameter, e.g. 'Content-Type: multipart/form-data; boundary=\"abcd\"'. "
                "See RFC 7578, section 4."
            )
        return FormData([_entry_of(part) for part in multipart.parse(body, boundary)])
    if kind is not None and kind.essence == FORM_URLENCODED:
        if kind.parameters.get("charset", "utf-8").lower() not in _UTF8_LABELS:
            raise type_error("Non-utf-8 application/x-www-form-urlencoded body.")
        return FormData(list(_query_fields(body)))
    raise type_error(
        "Unrecognized Content-Type header value. FormData can only parse the following MIME types: "
        f"{FORM_DATA}, {FORM_URLENCODED}"
    )


def _entry_of(part: multipart.Part) -> Entry:
    if part.filename is None:
        return part.name, part.content.decode("utf-8", "replace")
    return part.name, File(part.content, part.filename, part.content_type)


def _query_fields(body: bytes) -> Iterator[urlencoded.Pair]:
    for field in body.split(b"&"):
        if field:
            name, _, value = field.partition(b"=")
            yield _decode(name), _decode(value)


def _decode(text: bytes) -> str:
    # Unlike URLSearchParams this decoder also takes "%4", and drops a "%" without a digit.
    plain = _PERCENT.sub(
        lambda match: bytes([int(match[1], 16)]) if match[1] else b"", text.replace(b"+", b" ")
    )
    return plain.decode("utf-8", "replace")


def _name(method_name: str, args: Arguments) -> str:
    return Where("FormData", method_name).string(args, 0)


def _entry(method_name: str, args: Arguments) -> Entry:
    where = Where("FormData", method_name)
    name = where.string(args, 0)
    value = where.required(args, 1, "File or Blob or string")
    filename = where.optional_string(args, 2)
    if not isinstance(value, Blob):
        return name, to_string(value)
    if isinstance(value, File) and filename is None:
        return name, value
    return name, File(value.data, name if filename is None else filename, value.content_type)

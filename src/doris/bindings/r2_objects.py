"""What R2's methods return: the interfaces ``HeadResult`` (R2Object), ``GetResult`` (R2ObjectBody) and
``Checksums``.

Their names and their properties, in this order, are the reference runtime's.
"""

from __future__ import annotations

from collections.abc import Callable

from doris.js import (
    ArrayBuffer,
    DateObject,
    JSObject,
    JSValue,
    Promise,
    Uint8Array,
    call,
    dom_exception,
    get,
    getter,
    method,
    parse_json,
    plain,
    start,
    type_error,
)
from doris.web.arguments import Where
from doris.web.blob import Blob
from doris.web.headers import Headers
from doris.web.streams import ReadableStream, read_all
from doris.web.streams.readable import LOCKED

from .r2_metadata import HASHES, HTTP_HEADERS
from .r2_ranges import Span
from .r2_rows import HttpMetadata, Row

_USED = "Body has already been used. It can only be used once. Use tee() first if you need to read it twice."


class Lasting(JSObject, name="Object"):
    """An object whose own properties are given once and cannot be written."""

    _fixed: frozenset[str] = frozenset()

    def _fix(self, properties: dict[str, JSValue]) -> None:
        self._props = {}
        self._props.update(properties)
        self._fixed = frozenset(properties)

    def js_set(self, key: object, value: JSValue) -> None:
        """``object[key] = value``; a TypeError for the given ones."""
        if key in self._fixed:
            raise type_error(
                f"Cannot assign to read only property '{key}' of object '#<{self.interface.name}>'"
            )
        super().js_set(key, value)  # type: ignore[arg-type]

    def structured_copy(self) -> JSObject:
        """R2's objects cannot be cloned.

        Raises:
            Throw: a DataCloneError.
        """
        raise dom_exception("R2 resources can only be serialized for RPC.", "DataCloneError")


class Checksums(Lasting, name="Checksums"):
    """``object.checksums``: each digest as an ArrayBuffer, undefined when it is not known."""

    def __init__(self, row: Row) -> None:
        super().__init__()
        self._digests = {name: row.checksums.get(name) for name in HASHES}
        buffers = {
            name: None if text is None else ArrayBuffer(bytes.fromhex(text))
            for name, text in reversed(self._digests.items())
        }
        self._fix(buffers)

    @method("toJSON")
    def to_json(self) -> JSValue:
        return plain(dict(self._digests))


class HeadResult(Lasting, name="HeadResult"):
    """An object without its content."""

    def __init__(self, row: Row, span: Span | None = None) -> None:
        super().__init__()
        self.http = row.http
        properties: dict[str, JSValue] = {
            "ssecKeyMd5": None,
            "storageClass": "",
            "range": None if span is None else _range(span),
            "customMetadata": plain(dict(row.custom)),
            "httpMetadata": _http_metadata(row.http),
            "uploaded": DateObject(row.uploaded),
            "checksums": Checksums(row),
            "httpEtag": f'"{row.etag}"',
            "etag": row.etag,
            "size": row.size,
            "version": row.version,
            "key": row.key,
        }
        self._fix(properties)

    @method("writeHttpMetadata")
    def write_http_metadata(self, *args: JSValue) -> JSValue:
        headers = Where("HeadResult", "writeHttpMetadata").instance(args, 0, Headers)
        for name, header in HTTP_HEADERS.items():
            value = self.http.get(name)
            if value is not None:
                text = DateObject(value).to_utc_string() if isinstance(value, int) else value
                call(get(headers, "set"), headers, header, text)
        return None


class GetResult(HeadResult, name="GetResult"):
    """An object with its content, or with the part of it that was asked for."""

    def __init__(self, row: Row, span: Span, body: ReadableStream) -> None:
        super().__init__(row, span)
        self._body = body

    @getter
    def body(self) -> JSValue:
        return self._body

    @getter("bodyUsed")
    def body_used(self) -> bool:
        return self._body.disturbed

    @method("arrayBuffer")
    def array_buffer(self) -> JSValue:
        return self._consume(ArrayBuffer)

    @method("bytes")
    def read_bytes(self) -> JSValue:
        return self._consume(Uint8Array.of_bytes)

    @method
    def text(self) -> JSValue:
        return self._consume(_text)

    @method
    def json(self) -> JSValue:
        return self._consume(lambda data: parse_json(_text(data)))

    @method
    def blob(self) -> JSValue:
        content_type = self.http.get("contentType", "")
        return self._consume(lambda data: Blob(data, str(content_type)))

    def _consume(self, finish: Callable[[bytes], JSValue]) -> Promise:
        if self._body.disturbed:
            return Promise.rejected(type_error(_USED))
        if self._body.reader is not None:
            return Promise.rejected(type_error(LOCKED))
        return start(self._read(finish))

    async def _read(self, finish: Callable[[bytes], JSValue]) -> JSValue:
        return finish(await read_all(self._body))


def _range(span: Span) -> JSObject:
    return plain({"offset": span.offset, "length": span.length, "suffix": None})


def _http_metadata(http: HttpMetadata) -> JSObject:
    values: dict[str, JSValue] = {name: http.get(name) for name in HTTP_HEADERS}
    if values["cacheExpiry"] is not None:
        values["cacheExpiry"] = DateObject(values["cacheExpiry"])
    return plain(values)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").removeprefix("\ufeff")

"""Body: what Request and Response share.

Most bodies are never seen as a stream: a Worker makes a Response of a string, and the server sends it. So a
body keeps what it was made of (a string or bytes) and makes the stream only when a program asks for ``body``.
Reading it otherwise leaves a mark, and a stream asked for afterwards is locked and at its end, as it would
have been.

Rules: the Fetch standard, section 5.3, with workerd's error texts.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from doris.js import (
    ArrayBuffer,
    BufferView,
    JSArray,
    JSObject,
    JSValue,
    Promise,
    Throw,
    Uint8Array,
    bytes_of,
    constructor,
    getter,
    method,
    null,
    parse_json,
    to_string,
    type_error,
)
from doris.js.functions import object_prototype_member

from . import formdata, mime
from .arguments import is_iterable
from .blob import Blob, utf8
from .formdata import FormData
from .headers import Headers
from .search_params import URLSearchParams
from .streams import ReadableStream, read_all
from .streams.iteration import stream_of_iterable
from .streams.readable import LOCKED, is_async_iterable
from .streams.readers import DefaultReader

Content = str | bytes | ReadableStream | None

_USED = "Body has already been used. It can only be used once. Use tee() first if you need to read it twice."


def extract(value: JSValue) -> tuple[Content, str | None]:
    """What a body initializer stands for, and the content type it brings along.

    Raises:
        Throw: a TypeError for a stream that is locked or was read from.
    """
    if isinstance(value, str):
        return value, "text/plain;charset=UTF-8"
    if value is None or value is null:
        return None, None
    if isinstance(value, JSObject):
        return _extract_object(value)
    return to_string(value), "text/plain;charset=UTF-8"


def _extract_object(value: JSObject) -> tuple[Content, str | None]:
    if isinstance(value, ReadableStream):
        check_usable(value)
        return value, None
    if isinstance(value, ArrayBuffer | BufferView):
        return bytes_of(value), None
    if isinstance(value, Blob):
        return value.data, value.content_type or None
    if isinstance(value, FormData):
        boundary = secrets.token_hex(16)
        return formdata.serialize(value, boundary), f"multipart/form-data; boundary={boundary}"
    if isinstance(value, URLSearchParams):
        return value.js_to_string(), "application/x-www-form-urlencoded;charset=UTF-8"
    if is_async_iterable(value) or (is_iterable(value) and not _has_own_text(value)):
        return stream_of_iterable(value), None
    return to_string(value), "text/plain;charset=UTF-8"


def _has_own_text(value: JSObject) -> bool:
    # An iterable that says how it is written (a proxy of a Python list does) is taken by its text.
    return not isinstance(value, JSArray) and value.js_get("toString") is not object_prototype_member(
        "toString"
    )


def check_usable(stream: ReadableStream) -> None:
    """Refuse a stream that cannot become a body.

    Raises:
        Throw: a TypeError when it was read from or is locked.
    """
    if stream.disturbed:
        raise type_error(
            "This ReadableStream is disturbed (has already been read from), and cannot be used as a body."
        )
    if stream.reader is not None:
        raise type_error("This ReadableStream is locked to a reader, and cannot be used as a body.")


class Body(JSObject, name="Body"):
    """The body mixin. ``message_headers`` are the headers that the Content-Type is looked up in."""

    #: Where the body came from, as long as no stream was asked for.
    _content: str | bytes | None = None
    _stream: ReadableStream | None = None
    _used = False

    def __init__(self, content: Content, headers: Headers) -> None:
        self.message_headers = headers
        if isinstance(content, ReadableStream):
            self._stream = content
        else:
            self._content = content

    @constructor
    def construct(cls) -> JSValue:
        raise type_error("Illegal constructor")

    # -- for the runtime -------------------------------------------------------------------------------------

    @property
    def has_body(self) -> bool:
        """Whether there is a body, empty or not."""
        return self._content is not None or self._stream is not None

    @property
    def is_used(self) -> bool:
        """Whether it was read from."""
        return self._stream.disturbed if self._stream is not None else self._used

    def take(self) -> Content:
        """Take the body away to send it: bytes when they are there, else the stream.

        Raises:
            Throw: a TypeError when it was used already.
        """
        if self.is_used:
            raise type_error(_USED)
        if self._stream is not None:
            return self._stream
        if self._content is None:
            return None
        self._used = True
        return utf8(self._content) if isinstance(self._content, str) else self._content

    def share_stream(self) -> ReadableStream | None:
        """The body as a stream, made now if need be; None when there is none."""
        if self._stream is None and self._content is not None:
            content = utf8(self._content) if isinstance(self._content, str) else self._content
            self._stream, self._content = ReadableStream.from_bytes(content), None
            if self._used:
                DefaultReader(self._stream)
                self._stream.state, self._stream.disturbed = "closed", True
        return self._stream

    def hand_over(self) -> Content:
        """Give the body to a new object; this one is left with a body that is used up.

        Raises:
            Throw: a TypeError when the stream is locked.
        """
        if self._stream is not None:
            return self._stream.detach()
        if self._content is None:
            return None
        self._used = True
        return self._content

    def clone_content(self) -> Content:
        """The body for a clone; both can then be read.

        Raises:
            Throw: a TypeError when the body is used or locked.
        """
        if self._stream is not None:
            self._stream, other = self._stream.tee_now()
            return other
        if self._used:
            raise type_error("This ReadableStream is currently locked to a reader,")
        return self._content

    def set_default_content_type(self, content_type: str | None) -> None:
        """Set the Content-Type that the body brings along, unless there is one."""
        if content_type is not None and self.message_headers.first("content-type") is None:
            self.message_headers.set_new("Content-Type", content_type)

    # -- reading ---------------------------------------------------------------------------------------------

    def _consume(self, finish: Callable[[Any], JSValue], empty: Content = b"") -> Promise:
        """Read everything and give ``finish(str or bytes)``, which may throw."""
        if self.is_used:
            return Promise.rejected(type_error(_USED))
        if self._stream is not None:
            if self._stream.reader is not None:
                return Promise.rejected(type_error(LOCKED))
            result = Promise()

            def arrived(data: JSValue) -> None:
                _settle(result, finish, data)

            read_all(self._stream).then_(arrived, result.reject_with)
            return result
        if self._content is None:
            return _settle(Promise(), finish, empty)
        self._used = True
        return _settle(Promise(), finish, self._content)

    @getter
    def body(self) -> JSValue:
        stream = self.share_stream()
        return null if stream is None else stream

    @getter("bodyUsed")
    def body_used(self) -> bool:
        return self.is_used

    @method
    def text(self) -> JSValue:
        return self._consume(_text)

    @method
    def json(self) -> JSValue:
        return self._consume(lambda content: parse_json(_text(content)))

    @method("arrayBuffer")
    def array_buffer(self) -> JSValue:
        return self._consume(lambda content: ArrayBuffer(_bytes(content)))

    @method("bytes")
    def read_bytes(self) -> JSValue:
        return self._consume(lambda content: Uint8Array.of_bytes(_bytes(content)))

    @method
    def blob(self) -> JSValue:
        content_type = mime.essence_of_header(self.message_headers.first("content-type") or "")
        return self._consume(lambda content: Blob(_bytes(content), content_type))

    @method("formData")
    def form_data(self) -> JSValue:
        if self.is_used:
            return Promise.rejected(type_error(_USED))
        content_type = self.message_headers.first("content-type")
        if content_type is None:
            return Promise.rejected(type_error("Parsing a Body as FormData requires a Content-Type header."))
        return self._consume(lambda content: formdata.parse(_bytes(content), content_type))


def _settle(promise: Promise, finish: Callable[[Any], JSValue], content: Any) -> Promise:
    try:
        promise.resolve_with(finish(content))
    except Throw as error:
        promise.reject_with(error.value)
    return promise


def _text(content: str | bytes) -> str:
    if isinstance(content, str):
        if content.isascii():
            return content
        content = utf8(content)
    return content.decode("utf-8", "replace").removeprefix("\ufeff")


def _bytes(content: str | bytes) -> bytes:
    return utf8(content) if isinstance(content, str) else content

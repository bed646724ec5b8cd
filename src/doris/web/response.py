"""Response.

Rules: the Fetch standard, section 5.5, with workerd's options ``webSocket``, ``encodeBody`` and ``cf``.
"""

from __future__ import annotations

from typing import Any

from doris.js import (
    JSObject,
    JSValue,
    constructor,
    getter,
    method,
    null,
    plain,
    range_error,
    static,
    stringify,
    to_string,
    type_error,
)

from .arguments import Arguments, Where, argument, to_int32, wrong_field
from .body import Body, Content, extract
from .clone import clone_json
from .headers import INITIALIZER, Headers
from .url_parser import normalize

NULL_BODY_STATUSES = frozenset({101, 204, 205, 304})
REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})

_BAD_STATUS = "Responses may only be constructed with status codes in the range 200 to 599, inclusive."
_NO_BODY = "Response with null body status (101, 204, 205, or 304) cannot have a body."


class Response(Body, name="Response"):
    """``Response``. ``url_list`` has the addresses that led to it, the last one being its own."""

    def __init__(
        self,
        content: Content,
        headers: Headers,
        *,
        status: int = 200,
        status_text: str = "",
        cf: JSObject | None = None,
        web_socket: JSObject | None = None,
        encode_body: str = "automatic",
        url_list: tuple[str, ...] = (),
    ) -> None:
        super().__init__(content, headers)
        self.status_code = status
        self.reason = status_text
        self.cf_object = cf
        self.web_socket = web_socket
        self.encode_body = encode_body
        self.url_list = url_list

    @classmethod
    def from_http(
        cls,
        status: int,
        status_text: str,
        headers: list[tuple[str, str]],
        body: Any,
        url_list: tuple[str, ...] = (),
    ) -> Response:
        """A response that came in over HTTP: its headers cannot be changed. ``body`` as in
        `Request.from_http`.
        """
        from .request import incoming_content

        content = None if status in NULL_BODY_STATUSES else incoming_content(body)
        return cls(
            content,
            Headers.of_pairs(headers, immutable=True),
            status=status,
            status_text=status_text,
            url_list=url_list,
        )

    # -- making ----------------------------------------------------------------------------------------------

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        return _made(argument(args, 0), _Init.of(Where("Response"), args, 1))

    @static
    def error(cls) -> JSValue:
        return Response(None, Headers(), status=0)

    @static
    def redirect(cls, *args: JSValue) -> JSValue:
        url = Where("Response", "redirect").string(args, 0)
        status = argument(args, 1)
        code = 302 if status is None else to_int32(status)
        if code not in REDIRECT_STATUSES:
            raise range_error(
                f"{code} is not a redirect status code. It must be one of: 301, 302, 303, 307, or 308."
            )
        location = normalize(url)
        if location is None:
            raise type_error(f"Unable to parse URL: {url}")
        return Response(None, Headers.of_pairs([("Location", location)], immutable=True), status=code)

    @static("json")
    def of_json(cls, *args: JSValue) -> JSValue:
        where = Where("Response", "json")
        value = where.required(args, 0, "Value")
        init = _Init.of(where, args, 1)
        if init.headers.first("content-type") is None:
            init.headers.set_new("content-type", "application/json")
        text = stringify(value)
        return _made("undefined" if text is None else text, init)

    @method
    def clone(self) -> JSValue:
        if self.web_socket is not None:
            raise type_error("Cannot clone a response to a WebSocket handshake.")
        return Response(
            self.clone_content(),
            self.message_headers.copy(),
            status=self.status_code,
            status_text=self.reason,
            cf=copy_cf(self.cf_object),
            url_list=self.url_list,
        )

    def structured_copy(self) -> JSValue:
        """What ``structuredClone`` makes of it, if it has no body."""
        stream = self.share_stream()
        return self.clone() if stream is None else stream.structured_copy()

    # -- attributes ------------------------------------------------------------------------------------------

    @getter
    def status(self) -> int:
        return self.status_code

    @getter("statusText")
    def status_text(self) -> str:
        return self.reason

    @getter
    def headers(self) -> Headers:
        return self.message_headers

    @getter
    def ok(self) -> bool:
        return 200 <= self.status_code < 300

    @getter
    def redirected(self) -> bool:
        return len(self.url_list) > 1

    @getter
    def url(self) -> str:
        return self.url_list[-1].partition("#")[0] if self.url_list else ""

    @getter("webSocket")
    def web_socket_(self) -> JSValue:
        return null if self.web_socket is None else self.web_socket

    @getter
    def cf(self) -> JSValue:
        return self.cf_object

    @getter("type")
    def type_(self) -> str:
        return "error" if self.status_code == 0 else "default"


class _Init:
    """The second argument of ``new Response`` and ``Response.json``: a dictionary or another Response."""

    __slots__ = ("cf", "encode_body", "headers", "status", "status_text", "web_socket")

    def __init__(self) -> None:
        self.status = 200
        self.status_text: str | None = None
        self.headers = Headers()
        self.cf: JSObject | None = None
        self.web_socket: JSObject | None = None
        self.encode_body = "automatic"

    @classmethod
    def of(cls, where: Where, args: Arguments, index: int) -> _Init:
        """Read the argument.

        Raises:
            Throw: for members of a wrong type or value.
        """
        init = cls()
        options = where.dictionary(args, index, "InitializerDict or Response")
        if isinstance(options, Response):
            init._copy(options)
        elif options is not None:
            init._read(options)
        return init

    def _copy(self, other: Response) -> None:
        self.status, self.status_text = other.status_code, other.reason
        self.headers.copy_from(other.message_headers)
        self.cf = copy_cf(other.cf_object)
        self.web_socket, self.encode_body = other.web_socket, other.encode_body

    def _read(self, options: JSObject) -> None:
        status = options.js_get("status")
        if status is not None:
            self.status = to_int32(status)
        text = options.js_get("statusText")
        if text is not None:
            self.status_text = to_string(text)
        headers = options.js_get("headers")
        if headers is not None:
            self.headers = headers_field(headers, "InitializerDict")
        self.cf = cf_field(options, "InitializerDict")
        self.web_socket = _web_socket_field(options)
        encode = options.js_get("encodeBody")
        if encode is not None:
            self.encode_body = to_string(encode)
            if self.encode_body not in ("manual", "automatic"):
                raise type_error(f"encodeBody: unexpected value: {self.encode_body}")


def _made(body: JSValue, init: _Init) -> Response:
    if init.web_socket is not None:
        if init.status != 101:
            raise range_error("Responses with a WebSocket must have status code 101.")
    elif not 200 <= init.status <= 599:
        raise range_error(_BAD_STATUS)
    if init.status_text and any(character < " " for character in init.status_text):
        raise type_error("Invalid statusText")
    content, content_type = extract(body)
    if init.status in NULL_BODY_STATUSES and content is not None:
        # workerd takes an empty string or buffer for no body here.
        if content not in ("", b""):
            raise type_error(_NO_BODY)
        content = content_type = None
    response = Response(
        content,
        init.headers,
        status=init.status,
        status_text=init.status_text or "",
        cf=init.cf,
        web_socket=init.web_socket,
        encode_body=init.encode_body,
    )
    response.set_default_content_type(content_type)
    return response


def headers_field(value: JSValue, dictionary: str) -> Headers:
    """The ``headers`` member of an options dictionary.

    Raises:
        Throw: a TypeError when it is no headers initializer.
    """
    headers = Headers.of_initializer(value)
    if headers is None:
        raise wrong_field("headers", dictionary, INITIALIZER)
    return headers


def cf_field(options: JSObject, dictionary: str) -> JSObject | None:
    """The ``cf`` member of an options dictionary, as a copy without what JSON cannot say.

    Raises:
        Throw: a TypeError when it is no object.
    """
    value = options.js_get("cf")
    if value is None:
        return None
    if not isinstance(value, JSObject):
        raise wrong_field("cf", dictionary, "Object")
    return copy_cf(value)


def copy_cf(value: JSObject | None) -> JSObject | None:
    """A deep copy of a ``cf`` object."""
    if value is None:
        return None
    copied = clone_json(value)
    return copied if isinstance(copied, JSObject) else plain({})


def _web_socket_field(options: JSObject) -> JSObject | None:
    value = options.js_get("webSocket")
    if value is None or value is null:
        return None
    if not isinstance(value, JSObject) or value.interface.name != "WebSocket":
        raise wrong_field("webSocket", "InitializerDict", "WebSocket")
    return value


def response_parts(response: Response) -> tuple[int, str, list[tuple[str, str]], Content]:
    """What a server needs to send a response: status, reason, header fields, and the body.

    The body is ``bytes`` when it was there already (its length is known then), a ReadableStream, or None.

    Raises:
        Throw: a TypeError when the body was used already.
    """
    return response.status_code, response.reason, response.message_headers.pairs(), response.take()

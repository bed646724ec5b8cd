"""Request.

Rules: the Fetch standard, section 5.4, as workerd has it: ``mode``, ``credentials`` and what else concerns
browsers does not exist, ``redirect`` is "follow" or "manual", ``cf`` and ``fetcher`` are its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from doris.js import JSObject, JSValue, constructor, getter, method, null, to_string, type_error

from .abort import AbortSignal
from .arguments import Arguments, Where, argument, wrong_field
from .body import Body, Content, extract
from .headers import Headers
from .response import cf_field, copy_cf, headers_field
from .streams import ReadableStream
from .url_parser import normalize

_DICTIONARY = "RequestInitializerDict"

#: The methods that kj, workerd's HTTP library, knows; CONNECT goes another way.
METHODS = frozenset(
    [
        "GET",
        "HEAD",
        "POST",
        "PUT",
        "DELETE",
        "PATCH",
        "PURGE",
        "OPTIONS",
        "TRACE",
        "COPY",
        "LOCK",
        "MKCOL",
        "MOVE",
        "PROPFIND",
        "PROPPATCH",
        "SEARCH",
        "UNLOCK",
        "ACL",
        "REPORT",
        "MKACTIVITY",
        "CHECKOUT",
        "MERGE",
        "MSEARCH",
        "NOTIFY",
        "SUBSCRIBE",
        "UNSUBSCRIBE",
        "QUERY",
        "BAN",
    ]
)

_REDIRECT = (
    'Invalid redirect value, must be one of "follow" or "manual" ("error" won\'t be implemented since it '
    'does not make sense at the edge; use "manual" and check the response status code).'
)
_GET_WITH_BODY = "Request with a GET or HEAD method cannot have a body."


def incoming_content(body: bytes | AsyncIterator[bytes] | ReadableStream | None) -> Content:
    """A body as the server or a test gives it: bytes, an async iterator of bytes, a stream or nothing."""
    if body is None or isinstance(body, bytes | ReadableStream):
        return body
    return ReadableStream.from_async_iterator(body)


class Request(Body, name="Request"):
    """``Request``."""

    def __init__(self, content: Content, headers: Headers, *, url: str, method_name: str = "GET") -> None:
        super().__init__(content, headers)
        self.address = url
        self.method_name = method_name
        self.redirect_mode = "follow"
        self.cache_mode: str | None = None
        self.cf_object: JSObject | None = None
        self.fetcher_object: JSObject | None = None
        self.encode_response_body = "automatic"
        self.given_signal: AbortSignal | None = None
        self._own_signal: AbortSignal | None = None

    @classmethod
    def from_http(
        cls,
        method_name: str,
        url: str,
        headers: list[tuple[str, str]],
        body: bytes | AsyncIterator[bytes] | ReadableStream | None = None,
        cf: JSObject | None = None,
    ) -> Request:
        """A request that came in: valid already, its headers cannot be changed."""
        request = cls(
            incoming_content(body),
            Headers.of_pairs(headers, immutable=True),
            url=url,
            method_name=method_name,
        )
        request.redirect_mode = "manual"
        request.cf_object = cf
        return request

    @classmethod
    def coerce(cls, args: Arguments) -> Request:
        """The request that the arguments of ``fetch(input, init)`` stand for."""
        source = argument(args, 0)
        if isinstance(source, Request) and argument(args, 1) in (None, null):
            return source
        return _made(args)

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        return _made(args)

    @method
    def clone(self) -> JSValue:
        content = self.clone_content()
        clone = Request(content, self.message_headers.copy(), url=self.address, method_name=self.method_name)
        clone._inherit(self)
        return clone

    def _inherit(self, other: Request) -> None:
        self.redirect_mode, self.cache_mode = other.redirect_mode, other.cache_mode
        self.cf_object = copy_cf(other.cf_object)
        self.fetcher_object, self.given_signal = other.fetcher_object, other.given_signal
        self.encode_response_body = other.encode_response_body

    def structured_copy(self) -> JSValue:
        """What ``structuredClone`` makes of it, if it has no body."""
        stream = self.share_stream()
        return self.clone() if stream is None else stream.structured_copy()

    # -- attributes ------------------------------------------------------------------------------------------

    @getter("method")
    def method_(self) -> str:
        return self.method_name

    @getter
    def url(self) -> str:
        return self.address

    @getter
    def headers(self) -> Headers:
        return self.message_headers

    @getter
    def redirect(self) -> str:
        return self.redirect_mode

    @getter
    def fetcher(self) -> JSValue:
        return null if self.fetcher_object is None else self.fetcher_object

    @getter
    def signal(self) -> AbortSignal:
        if self.given_signal is not None:
            return self.given_signal
        if self._own_signal is None:
            self._own_signal = AbortSignal()
        return self._own_signal

    @getter
    def cf(self) -> JSValue:
        return self.cf_object

    @getter
    def integrity(self) -> str:
        return ""

    @getter
    def keepalive(self) -> bool:
        return False

    @getter
    def cache(self) -> JSValue:
        return self.cache_mode

    # -- reading the options ---------------------------------------------------------------------------------

    def _read(self, options: JSObject) -> None:
        name = options.js_get("method")
        if name is not None:
            self.method_name = _method(to_string(name))
        headers = options.js_get("headers")
        if headers is not None:
            self.message_headers = headers_field(headers, _DICTIONARY)
        body = options.js_get("body")
        self._read_modes(options)
        if body is not None and body is not null:
            self._stream = self._content = None
            content, content_type = extract(body)
            if isinstance(content, ReadableStream):
                self._stream = content
            else:
                self._content = content
            self.set_default_content_type(content_type)
        if (name is not None or body is not None) and self.method_name in ("GET", "HEAD") and self.has_body:
            raise type_error(_GET_WITH_BODY)

    def _read_modes(self, options: JSObject) -> None:
        redirect = options.js_get("redirect")
        if redirect is not None:
            self.redirect_mode = to_string(redirect).lower()
            if self.redirect_mode not in ("follow", "manual"):
                raise type_error(_REDIRECT)
        fetcher = options.js_get("fetcher")
        if fetcher is not None:
            self.fetcher_object = _optional_object(fetcher, "fetcher", "Fetcher")
        cf = cf_field(options, _DICTIONARY)
        self.cf_object = cf if cf is not None else self.cf_object
        cache = options.js_get("cache")
        if cache is not None:
            self.cache_mode = to_string(cache)
            if self.cache_mode not in ("no-store", "no-cache"):
                raise type_error(f"Unsupported cache mode: {self.cache_mode}")
        integrity = options.js_get("integrity")
        if integrity is not None and to_string(integrity):
            raise type_error(
                "Subrequest integrity checking is not implemented. "
                "The integrity option must be either undefined or an empty string."
            )
        signal = options.js_get("signal")
        if signal is not None:
            if signal is null:
                self.given_signal = None
            elif isinstance(signal, AbortSignal):
                self.given_signal = signal
            else:
                raise wrong_field("signal", _DICTIONARY, "AbortSignal")
        encode = options.js_get("encodeResponseBody")
        if encode is not None:
            self.encode_response_body = to_string(encode)
            if self.encode_response_body not in ("manual", "automatic"):
                raise type_error(f"encodeResponseBody: unexpected value: {self.encode_response_body}")


def _made(args: Arguments) -> Request:
    where = Where("Request")
    source = where.required(args, 0, "Request or string")
    options = where.dictionary(args, 1, f"{_DICTIONARY} or Request")
    if isinstance(source, Request):
        request = _from_request(source, options)
    else:
        text = to_string(source)
        url = normalize(text)
        if url is None:
            raise type_error(f"Invalid URL: {text}")
        request = Request(None, Headers(), url=url)
    if isinstance(options, Request):
        return _with_request_as_options(request, options)
    if options is not None:
        request._read(options)
    return request


def _from_request(source: Request, options: JSObject | None) -> Request:
    content: Content = None
    brings_body = isinstance(options, Request) or (options is not None and options.js_get("body") is not None)
    if not brings_body:
        if source.is_used:
            raise type_error("Cannot reconstruct a Request with a used body.")
        content = source.hand_over()
    headers = Headers()
    headers.copy_from(source.message_headers)
    request = Request(content, headers, url=source.address, method_name=source.method_name)
    request._inherit(source)
    return request


def _with_request_as_options(request: Request, options: Request) -> Request:
    # The other request is treated as a dictionary: its stream is shared, not taken over.
    headers = Headers()
    headers.copy_from(options.message_headers)
    made = Request(_shared(options), headers, url=request.address, method_name=options.method_name)
    made._inherit(options)
    return made


def _shared(options: Request) -> Any:
    from .body import check_usable

    stream = options.share_stream()
    if stream is not None:
        check_usable(stream)
    return stream


def _method(name: str) -> str:
    upper = name.upper()
    if upper not in METHODS:
        raise type_error(f"Invalid HTTP method string: {name}")
    return upper


def _optional_object(value: JSValue, field: str, expected: str) -> JSObject | None:
    if value is null:
        return None
    if not isinstance(value, JSObject) or value.interface.name != expected:
        raise wrong_field(field, _DICTIONARY, expected)
    return value

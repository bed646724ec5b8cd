"""The URL parser behind `URL`, `Request` and `Response.redirect`.

On CPython it is ada, the parser that workerd itself uses. Inside Pyodide there is no such extension module,
but a browser (or Node) with a ``URL`` of its own: `parser_on` puts that behind the same three functions.

A URL record has the attributes ``href origin protocol username password host hostname port pathname search
hash``. Setting one that the value does not fit leaves the record as it was, as the URL standard says for
every attribute but ``href``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any

#: The attributes of a URL that can be set.
SETTABLE = (
    "href",
    "protocol",
    "username",
    "password",
    "host",
    "hostname",
    "port",
    "pathname",
    "search",
    "hash",
)

URLRecord = Any
URLConstructor = Callable[..., URLRecord]


class URLParser:
    """Parsing on top of a constructor ``URL(text, base)`` that raises when the text is no URL."""

    def __init__(self, constructor: URLConstructor, failure: type[Exception]) -> None:
        self._constructor = constructor
        self._failure = failure

    def parse(self, url: str, base: str | None = None) -> URLRecord | None:
        """A URL record, None when it does not parse."""
        try:
            return self._constructor(url) if base is None else self._constructor(url, base)
        except self._failure:
            return None

    def assign(self, record: URLRecord, attribute: str, value: str) -> bool:
        """Set an attribute of a record; False when it refuses the value."""
        try:
            setattr(record, attribute, value)
        except self._failure:
            return False
        return True


def _host_parser() -> URLParser:
    if sys.platform == "emscripten":  # pragma: no cover - the browser's part
        from js import URL  # type: ignore[import-not-found]
        from pyodide.ffi import JsException  # type: ignore[import-not-found]

        return URLParser(URL.new, JsException)
    from ada_url import URL as AdaURL

    return URLParser(AdaURL, ValueError)


parser = _host_parser()


def to_usv(text: str) -> str:
    """A USVString: surrogates that have no partner become U+FFFD, pairs become one character."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@lru_cache(maxsize=512)
def normalize(url: str) -> str | None:
    """The serialized form of an absolute URL, None when it does not parse."""
    record = parser.parse(to_usv(url))
    return None if record is None else str(record.href)

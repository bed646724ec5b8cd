"""URL.

Rules: the URL standard, section 6.1; the parser is in `doris.web.url_parser`.
"""

from __future__ import annotations

from doris.js import (
    JSObject,
    JSValue,
    constructor,
    error,
    getter,
    method,
    null,
    setter,
    static,
    to_string,
    type_error,
)

from . import urlencoded
from .arguments import Arguments, Where, argument
from .blob import Blob
from .search_params import URLSearchParams
from .url_parser import URLRecord, parser, to_usv


class URL(JSObject, name="URL"):
    """``URL``."""

    def __init__(self, record: URLRecord) -> None:
        self._record = record
        self._search_params: URLSearchParams | None = None

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        url, base = _url_and_base(Where("URL"), args)
        record = parser.parse(url, base)
        if record is None:
            raise type_error("Invalid URL string.")
        return URL(record)

    @static("canParse")
    def can_parse(cls, *args: JSValue) -> JSValue:
        return parser.parse(*_url_and_base(Where("URL", "canParse"), args)) is not None

    @static
    def parse(cls, *args: JSValue) -> JSValue:
        record = parser.parse(*_url_and_base(Where("URL", "parse"), args))
        return null if record is None else URL(record)

    @static("createObjectURL")
    def create_object_url(cls, *args: JSValue) -> JSValue:
        Where("URL", "createObjectURL").instance(args, 0, Blob, "File or Blob")
        raise error("URL.createObjectURL() is not implemented")

    @static("revokeObjectURL")
    def revoke_object_url(cls, *args: JSValue) -> JSValue:
        Where("URL", "revokeObjectURL").string(args, 0, "USVString")
        raise error("URL.revokeObjectURL() is not implemented")

    # -- attributes ------------------------------------------------------------------------------------------

    @getter
    def origin(self) -> str:
        return str(self._record.origin)

    @getter
    def href(self) -> str:
        return str(self._record.href)

    @setter("href")
    def set_href(self, value: JSValue) -> None:
        if not self._assign("href", value):
            raise type_error(
                "Failed to set the 'href' property on 'URL': "
                "the provided value is not of type 'valid URL string'."
            )
        self._reload_search_params()

    @getter
    def protocol(self) -> str:
        return str(self._record.protocol)

    @setter("protocol")
    def set_protocol(self, value: JSValue) -> None:
        self._assign("protocol", value)

    @getter
    def username(self) -> str:
        return str(self._record.username)

    @setter("username")
    def set_username(self, value: JSValue) -> None:
        self._assign("username", value)

    @getter
    def password(self) -> str:
        return str(self._record.password)

    @setter("password")
    def set_password(self, value: JSValue) -> None:
        self._assign("password", value)

    @getter
    def host(self) -> str:
        return str(self._record.host)

    @setter("host")
    def set_host(self, value: JSValue) -> None:
        self._assign("host", value)

    @getter
    def hostname(self) -> str:
        return str(self._record.hostname)

    @setter("hostname")
    def set_hostname(self, value: JSValue) -> None:
        self._assign("hostname", value)

    @getter
    def port(self) -> str:
        return str(self._record.port)

    @setter("port")
    def set_port(self, value: JSValue) -> None:
        self._assign("port", value)

    @getter
    def pathname(self) -> str:
        return str(self._record.pathname)

    @setter("pathname")
    def set_pathname(self, value: JSValue) -> None:
        self._assign("pathname", value)

    @getter
    def search(self) -> str:
        return str(self._record.search)

    @setter("search")
    def set_search(self, value: JSValue) -> None:
        self._assign("search", value)
        self._reload_search_params()

    @getter
    def hash(self) -> str:
        return str(self._record.hash)

    @setter("hash")
    def set_hash(self, value: JSValue) -> None:
        self._assign("hash", value)

    @getter("searchParams")
    def search_params(self) -> URLSearchParams:
        if self._search_params is None:
            self._search_params = URLSearchParams(self._query_pairs(), self._write_query)
        return self._search_params

    @method("toJSON")
    def to_json(self) -> str:
        return str(self._record.href)

    @method("toString")
    def to_text(self) -> str:
        return self.js_to_string()

    def js_to_string(self) -> str:
        """``String(url)``."""
        return str(self._record.href)

    # -- the query and its parameters ------------------------------------------------------------------------

    def _assign(self, attribute: str, value: JSValue) -> bool:
        return parser.assign(self._record, attribute, to_usv(to_string(value)))

    def _query_pairs(self) -> list[urlencoded.Pair]:
        return urlencoded.parse(self.search.removeprefix("?"))

    def _write_query(self) -> None:
        assert self._search_params is not None
        parser.assign(self._record, "search", self._search_params.js_to_string())

    def _reload_search_params(self) -> None:
        if self._search_params is not None:
            self._search_params.pairs[:] = self._query_pairs()


def _url_and_base(where: Where, args: Arguments) -> tuple[str, str | None]:
    base = argument(args, 1)
    return to_usv(where.string(args, 0, "USVString")), None if base is None else to_usv(to_string(base))

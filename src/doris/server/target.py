"""Which URL a request line and a ``Host`` header mean, and which methods there are."""

from __future__ import annotations

import re

from doris.web.url_parser import normalize

#: The methods that workerd knows, asked of the reference runtime one by one. It refuses all others with 501.
METHODS = frozenset({
    "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "PURGE", "OPTIONS", "TRACE",
    "COPY", "LOCK", "MKCOL", "MOVE", "PROPFIND", "PROPPATCH", "SEARCH", "UNLOCK",
    "ACL", "REPORT", "MKACTIVITY", "CHECKOUT", "MERGE", "MSEARCH",
    "NOTIFY", "SUBSCRIBE", "UNSUBSCRIBE", "QUERY", "BAN",
})  # fmt: skip

_NOT_IN_A_HOST = re.compile(r"[/?#@\\\s]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*(.*)", re.DOTALL)


def request_url(scheme: str, host: str, target: str) -> str | None:
    """The URL that a request is for; None when there is none.

    Args:
        scheme: ``http`` or ``https``.
        host: The ``Host`` header. It also counts when the target is a whole URL, as with workerd.
        target: What stands in the request line: a path with a query, or a whole URL.
    """
    absolute = _ABSOLUTE.fullmatch(target)
    path = absolute[1] if absolute else target
    if not host or _NOT_IN_A_HOST.search(host) or not (absolute or path.startswith("/")):
        return None
    return normalize(f"{scheme}://{host}{path.partition('#')[0]}")


def host_name(host: str) -> str:
    """The name in a ``Host`` header, in lower case and without the port."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return (host.rpartition(":")[0] if ":" in host else host).lower()

"""Components in the form they have in a URL.

Rules: the URL Pattern standard, section 3.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..url_parser import URLRecord, parser, to_usv
from .constructor_string import SPECIAL_SCHEMES
from .tokens import PatternError

COMPONENTS = ("protocol", "username", "password", "hostname", "port", "pathname", "search", "hash")


def _dummy(scheme: str = "https") -> URLRecord:
    record = parser.parse(f"{scheme}://dummy.invalid/")
    assert record is not None
    return record


def protocol(value: str) -> str:
    """A scheme without its colon."""
    if not value:
        return value
    record = parser.parse(f"{value}://dummy.invalid/")
    if record is None:
        raise PatternError(value)
    return str(record.protocol)[:-1]


def username(value: str) -> str:
    """A user name, percent-encoded."""
    record = _dummy()
    parser.assign(record, "username", value)
    return str(record.username)


def password(value: str) -> str:
    """A password, percent-encoded."""
    record = _dummy()
    parser.assign(record, "password", value)
    return str(record.password)


def hostname(value: str) -> str:
    """A host name in ASCII, or an IPv6 address in brackets."""
    if not value:
        return value
    if value.startswith("["):
        if re.fullmatch(r"[\[\]:0-9A-Fa-f]*", value) is None:
            raise PatternError(value)
        return value.lower()
    value = re.split(r"[/?#\\]", value)[0]  # what follows would belong to the path
    record = _dummy()
    before = str(record.hostname)
    if re.search("[:@]", value) or not parser.assign(record, "hostname", value):
        raise PatternError(value)
    if str(record.hostname) == before and value != before:
        raise PatternError(value)
    return str(record.hostname)


def port(value: str, scheme: str = "") -> str:
    """A port; the default one of the scheme is empty."""
    if not value:
        return value
    if re.fullmatch(r"[0-9]{1,5}", value) is None or int(value) > 65535:
        raise PatternError(value)
    number = str(int(value))
    return "" if SPECIAL_SCHEMES.get(scheme) == number else number


def pathname(value: str) -> str:
    """The path of a special URL, percent-encoded."""
    if not value:
        return value
    record = _dummy()
    # A piece need not begin with a slash; "/-" keeps one from being added.
    parser.assign(record, "pathname", value if value.startswith("/") else f"/-{value}")
    path = str(record.pathname)
    return path if value.startswith("/") else path[2:]


def opaque_pathname(value: str) -> str:
    """The path of a URL such as ``data:…``."""
    if not value:
        return value
    record = parser.parse(f"data:{value}")
    return value if record is None else str(record.pathname)


def search(value: str) -> str:
    """A query without its question mark, percent-encoded."""
    record = _dummy()
    parser.assign(record, "search", f"?{value}")
    return str(record.search)[1:]


def fragment(value: str) -> str:
    """A fragment without its hash sign, percent-encoded."""
    record = _dummy()
    parser.assign(record, "hash", f"#{value}")
    return str(record.hash)[1:]


ENCODERS: dict[str, Callable[[str], str]] = {
    "protocol": protocol,
    "username": username,
    "password": password,
    "hostname": hostname,
    "port": port,
    "pathname": pathname,
    "search": search,
    "hash": fragment,
}


def of_url(record: URLRecord) -> dict[str, str]:
    """The components of a URL as patterns see them, without the marks between them."""
    return {
        "protocol": str(record.protocol)[:-1],
        "username": str(record.username),
        "password": str(record.password),
        "hostname": str(record.hostname),
        "port": str(record.port),
        "pathname": str(record.pathname),
        "search": str(record.search)[1:],
        "hash": str(record.hash)[1:],
    }


def process(given: dict[str, str], *, as_pattern: bool) -> dict[str, str]:
    """Fill in from ``baseURL`` and bring into canonical form.

    Raises:
        PatternError: a component cannot be part of a URL, or the base is no URL.
    """
    base = given.pop("baseURL", None)
    inherited = {} if base is None else _inherited(given, base, as_pattern)
    result = {} if as_pattern else dict.fromkeys(COMPONENTS, "")
    result |= inherited
    for name, value in given.items():
        value = _stripped(name, value)
        if name == "pathname":
            value = _joined(value, inherited.get("pathname"), base, as_pattern)
        if not as_pattern:
            value = _encoded(name, value, given, result)
        result[name] = value
    return result


def _stripped(name: str, value: str) -> str:
    value = to_usv(value)
    if name == "protocol":
        return value.removesuffix(":")
    if name == "search":
        return value.removeprefix("?")
    return value.removeprefix("#") if name == "hash" else value


def _encoded(name: str, value: str, given: dict[str, str], result: dict[str, str]) -> str:
    scheme = given.get("protocol", result.get("protocol", "")).removesuffix(":")
    if name == "port":
        return port(value, scheme)
    if name == "pathname" and scheme and scheme not in SPECIAL_SCHEMES:
        return opaque_pathname(value)
    return ENCODERS[name](value)


def _inherited(given: dict[str, str], base: str, as_pattern: bool) -> dict[str, str]:
    record = parser.parse(to_usv(base))
    if record is None:
        raise PatternError(base)
    parts = of_url(record)
    # A component is inherited only when none that stands before it in a URL was given.
    order = ("protocol", "hostname", "port", "pathname", "search", "hash")
    inherited: dict[str, str] = {}
    for name in order:
        if name in given:
            break
        inherited[name] = _escaped(parts[name]) if as_pattern else parts[name]
    # The path of the base is needed to resolve a relative one.
    inherited.setdefault("pathname", _escaped(parts["pathname"]) if as_pattern else parts["pathname"])
    if "pathname" in given and any(name in given for name in ("protocol", "hostname", "port")):
        del inherited["pathname"]
    return inherited


def _joined(value: str, base_path: str | None, base: str | None, as_pattern: bool) -> str:
    absolute = value.startswith("/") or (as_pattern and value.startswith(("\\/", "{/")))
    if base is None or base_path is None or absolute:
        return value
    return base_path[: base_path.rfind("/") + 1] + value


def _escaped(text: str) -> str:
    return re.sub(r"([+*?:{}()\\])", r"\\\1", text)

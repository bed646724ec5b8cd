"""The metadata in R2's options: ``httpMetadata``, ``customMetadata``, checksums, customers' keys.

Source of the rules: ``src/workerd/api/r2-bucket.c++`` in workerd, and the texts that the reference runtime
gave.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from doris.js import (
    ArrayBuffer,
    BufferView,
    JSArray,
    JSObject,
    bytes_of,
    error,
    get,
    own_keys,
    to_string,
    type_error,
)
from doris.web.arguments import wrong_field
from doris.web.headers import Headers

from .d1_values import well_formed
from .r2_fields import date_field, header_date, optional_text

HASHES = {
    "md5": ("MD5", 16),
    "sha1": ("SHA-1", 20),
    "sha256": ("SHA-256", 32),
    "sha384": ("SHA-384", 48),
    "sha512": ("SHA-512", 64),
}
"""Of each checksum: its name in errors and its size in bytes."""

HTTP_HEADERS = {
    "contentType": "content-type",
    "contentLanguage": "content-language",
    "contentDisposition": "content-disposition",
    "contentEncoding": "content-encoding",
    "cacheControl": "cache-control",
    "cacheExpiry": "expires",
}
"""The fields of ``httpMetadata``, and the header that each of them is."""

_TEXT_FIELDS = tuple(name for name in HTTP_HEADERS if name != "cacheExpiry")
_HEX = re.compile(r"[0-9A-Fa-f]*")
_SSEC_KEY = re.compile(r"[0-9a-f]+")
_SSEC_BYTES = 32


def http_of_object(value: JSObject | None) -> Callable[[], dict[str, str | int]]:
    """``httpMetadata`` given as an object. Raises `Throw`."""
    texts = {name: optional_text(value, name) for name in _TEXT_FIELDS}
    expiry = date_field(value, "cacheExpiry", "HttpMetadata")
    found: dict[str, str | int] = {name: text for name, text in texts.items() if text is not None}
    if expiry is not None:
        found["cacheExpiry"] = expiry
    return lambda: found


def http_of_headers(headers: Headers) -> Callable[[], dict[str, str | int]]:
    """``httpMetadata`` given as Headers, of which six count."""
    found: dict[str, str | int] = {}
    for name in _TEXT_FIELDS:
        text = headers.first(HTTP_HEADERS[name])
        if text is not None:
            found[name] = text
    expiry = header_date(headers, HTTP_HEADERS["cacheExpiry"])
    if expiry is not None:
        found["cacheExpiry"] = expiry
    return lambda: found


def storable_http(http: dict[str, str | int]) -> dict[str, str | int]:
    """The metadata, if its time can be sent. Raises `Throw`."""
    expiry = http.get("cacheExpiry", 0)
    if isinstance(expiry, int) and expiry < 0:
        # workerd cannot send a negative number, and says no more than this.
        raise error(f"internal error; reference = {secrets.token_hex(12)}")
    return http


def custom_metadata(options: JSObject, dictionary: str) -> dict[str, str]:
    """``customMetadata``: an object's own properties as text. Raises `Throw`."""
    value = get(options, "customMetadata")
    if value is None:
        return {}
    if not isinstance(value, JSObject) or isinstance(value, JSArray):
        raise wrong_field("customMetadata", dictionary, "object")
    names = [name for name in own_keys(value) if isinstance(name, str)]
    return {well_formed(name): well_formed(to_string(get(value, name))) for name in names}


def hash_field(options: JSObject, name: str, dictionary: str) -> bytes | str | None:
    """A checksum as it was given. Raises `Throw` when it is neither text nor bytes."""
    value = get(options, name)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, ArrayBuffer | BufferView):
        return bytes_of(value)
    raise wrong_field(name, dictionary, "BufferSource or string")


def checked_digest(hashes: dict[str, bytes | str | None]) -> tuple[str, bytes] | None:
    """The one checksum that was given: its name and bytes. Raises `Throw` when it is malformed."""
    found: tuple[str, bytes] | None = None
    for name, value in hashes.items():
        if value is None:
            continue
        if found is not None:
            raise type_error("You cannot specify multiple hashing algorithms.")
        found = name, _digest_bytes(name, value)
    return found


def _digest_bytes(name: str, value: bytes | str) -> bytes:
    label, size = HASHES[name]
    if isinstance(value, bytes):
        if len(value) != size:
            raise type_error(f"{label} is {size} bytes, not {len(value)}")
        return value
    length = len(value.encode("utf-8", "surrogatepass"))
    if length != 2 * size:
        raise type_error(f"{label} is {2 * size} hex characters, not {length}")
    if not _HEX.fullmatch(value):
        raise type_error(f"Provided {label} wasn't a valid hex string")
    return bytes.fromhex(value)


def ssec_key(options: JSObject) -> bytes | str | None:
    """A customer's key. It is checked and has no other effect, as in the reference."""
    value = get(options, "ssecKey")
    if value is None:
        return None
    if isinstance(value, ArrayBuffer | BufferView):
        return bytes_of(value)
    return to_string(value)


def check_ssec_key(key: bytes | str | None) -> None:
    """A key has 32 bytes, or 64 hex digits in small letters. Raises `Throw`."""
    if isinstance(key, str) and not _SSEC_KEY.fullmatch(key):
        raise error("SSE-C Key has invalid format")
    if key is not None and len(key) != (_SSEC_BYTES if isinstance(key, bytes) else 2 * _SSEC_BYTES):
        raise error("SSE-C Key must be 32 bytes in length")

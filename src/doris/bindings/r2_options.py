"""What R2 makes of the options of its methods: conversion, validation and the errors of both.

Source of the rules: ``src/workerd/api/r2-bucket.c++`` in workerd, the conversions of its JSG, and the texts
that the reference runtime gave.
"""

from __future__ import annotations

import math
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from doris.js import (
    ArrayBuffer,
    BigInt,
    BufferView,
    DateObject,
    JSArray,
    JSObject,
    JSValue,
    bytes_of,
    error,
    get,
    is_number,
    null,
    own_keys,
    range_error,
    to_boolean,
    to_number,
    to_string,
    type_error,
)
from doris.js.dates import parse
from doris.web.arguments import Where, to_int32, wrong_element, wrong_field
from doris.web.headers import Headers

from .d1_values import well_formed
from .r2_conditions import Condition, etag_list, single_etag
from .r2_ranges import Range
from .r2_rows import HttpMetadata

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

INCLUDED = ("httpMetadata", "customMetadata")
_TEXT_FIELDS = tuple(name for name in HTTP_HEADERS if name != "cacheExpiry")
_HEX = re.compile(r"[0-9A-Fa-f]*")
_SSEC_KEY = re.compile(r"[0-9a-f]+")
_SSEC_BYTES = 32
_LATEST_MS = (2**63 - 1) // 1_000_000  # workerd counts nanoseconds in 64 bits


@dataclass(frozen=True)
class GetOptions:
    """``get``'s options. ``range_header`` is the text of a ``Range`` header."""

    only_if: Condition | None = None
    range: Range | None = None
    range_header: str | None = None


@dataclass(frozen=True)
class PutOptions:
    """``put``'s options. ``digest`` is the name of a checksum and its bytes."""

    only_if: Condition | None = None
    http: HttpMetadata = field(default_factory=dict)
    custom: dict[str, str] = field(default_factory=dict)
    digest: tuple[str, bytes] | None = None


@dataclass(frozen=True)
class ListOptions:
    """``list``'s options. ``limit`` None is the default."""

    limit: int | None = None
    prefix: str = ""
    cursor: str = ""
    delimiter: str = ""
    start_after: str = ""
    include: tuple[str, ...] = ()


def get_options(where: Where, args: tuple[JSValue, ...]) -> GetOptions:
    """The second argument of ``get``. Raises `Throw`."""
    options = where.dictionary(args, 1, "GetOptions")
    if options is None:
        return GetOptions()
    name = "GetOptions"
    condition = _one_of(options, "onlyIf", name, "Conditional", _condition_of_object, _condition_of_headers)
    chosen = _one_of(options, "range", name, "Range", _numbers_of_range, _range_header)
    key = _ssec_key(options)
    only_if = None if condition is None else condition()
    selected = None if chosen is None else chosen()
    _check_ssec_key(key)
    header = isinstance(selected, str)
    return GetOptions(only_if, None if header else selected, selected if header else None)


def put_options(where: Where, args: tuple[JSValue, ...]) -> PutOptions:
    """The third argument of ``put``. Raises `Throw`."""
    name = "PutOptions"
    options = where.dictionary(args, 2, name)
    if options is None:
        return PutOptions()
    condition = _one_of(options, "onlyIf", name, "Conditional", _condition_of_object, _condition_of_headers)
    http = _one_of(options, "httpMetadata", name, "HttpMetadata", _http_of_object, _http_of_headers)
    custom = _custom_metadata(options, name)
    hashes = {hash_name: _hash(options, hash_name, name) for hash_name in HASHES}
    _optional_text(options, "storageClass")
    key = _ssec_key(options)
    only_if = None if condition is None else condition()
    metadata = {} if http is None else _storable(http())
    digest = _checked_digest(hashes)
    _check_ssec_key(key)
    return PutOptions(only_if, metadata, custom, digest)


def multipart_options(where: Where, args: tuple[JSValue, ...]) -> PutOptions:
    """The second argument of ``createMultipartUpload``. Raises `Throw`."""
    name = "MultipartOptions"
    options = where.dictionary(args, 1, name)
    if options is None:
        return PutOptions()
    http = _one_of(options, "httpMetadata", name, "HttpMetadata", _http_of_object, _http_of_headers)
    custom = _custom_metadata(options, name)
    _optional_text(options, "storageClass")
    key = _ssec_key(options)
    metadata = {} if http is None else _storable(http())
    _check_ssec_key(key)
    return PutOptions(http=metadata, custom=custom)


def check_part_options(where: Where, args: tuple[JSValue, ...]) -> None:
    """The third argument of ``uploadPart``. Raises `Throw`."""
    options = where.dictionary(args, 2, "UploadPartOptions")
    if options is not None:
        _check_ssec_key(_ssec_key(options))


def list_options(where: Where, args: tuple[JSValue, ...]) -> ListOptions:
    """The argument of ``list``. Raises `Throw`."""
    options = where.dictionary(args, 0, "ListOptions")
    if options is None:
        return ListOptions()
    limit = get(options, "limit")
    number = None if limit is None else to_int32(limit)
    texts = {
        name: _own_text(options, name, "ListOptions")
        for name in ("prefix", "cursor", "delimiter", "startAfter")
    }
    include = _include(get(options, "include"))
    for item in include:
        if item not in INCLUDED:
            raise range_error(f"Unsupported include value {item}")
    # -1 is how workerd says that there is no limit.
    return ListOptions(
        None if number == -1 else number,
        texts["prefix"],
        texts["cursor"],
        texts["delimiter"],
        texts["startAfter"],
        include,
    )


# -- one field of an options object --------------------------------------------------------------------------


def _one_of(
    options: JSObject,
    name: str,
    dictionary: str,
    kind: str,
    of_object: Callable[[JSObject | None], Callable[[], Any]],
    of_headers: Callable[[Headers], Callable[[], Any]],
) -> Callable[[], Any] | None:
    """A field that is a dictionary or Headers.

    Types are checked at once; what the returned function checks comes after the types of all other fields.
    """
    value = get(options, name)
    if value is None:
        return None
    if isinstance(value, Headers):
        return of_headers(value)
    if value is null:
        return of_object(None)
    if not isinstance(value, JSObject):
        raise wrong_field(name, dictionary, f"{kind} or Headers")
    return of_object(value)


def _member(value: JSObject | None, name: str) -> JSValue:
    return None if value is None else get(value, name)


def _own_text(options: JSObject | None, name: str, dictionary: str) -> str:
    """A string that may not be anything else; "" when it is not given."""
    value = _member(options, name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise wrong_field(name, dictionary, "string")
    return well_formed(value)


def _optional_text(options: JSObject | None, name: str) -> str | None:
    value = _member(options, name)
    return None if value is None else well_formed(to_string(value))


def _date(options: JSObject | None, name: str, dictionary: str) -> int | None:
    """A Date or a number of milliseconds."""
    value = _member(options, name)
    if value is None:
        return None
    number: Any = value.time if isinstance(value, DateObject) else value
    if isinstance(number, BigInt) or not is_number(number):
        raise wrong_field(name, dictionary, "date")
    if not math.isfinite(number):
        raise type_error("The value cannot be converted because it is not a valid Date.")
    milliseconds = math.trunc(number)
    if abs(milliseconds) > _LATEST_MS:
        limit = "after 2189" if milliseconds > 0 else "before 1687"
        raise type_error(f"This API doesn't support dates {limit}.")
    return milliseconds


def _header_date(headers: Headers, name: str) -> int | None:
    """The time in a header; one that cannot be read is the year 1970."""
    text = headers.first(name)
    if text is None:
        return None
    time = parse(text)
    return 0 if math.isnan(time) else int(time)


def _number(options: JSObject | None, name: str) -> float | None:
    value = _member(options, name)
    return None if value is None else float(to_number(value))


def _include(value: JSValue) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, JSArray):
        raise wrong_field("include", "ListOptions", "Array")
    for index, item in enumerate(value.items):
        if not isinstance(item, str):
            raise wrong_element(index, "string")
    return tuple(value.items)


# -- conditions and ranges -----------------------------------------------------------------------------------


def _condition_of_object(value: JSObject | None) -> Callable[[], Condition]:
    name = "Conditional"
    given = {item: _member(value, item) is not None for item in ("etagMatches", "etagDoesNotMatch")}
    matches, differs = (_own_text(value, item, name) for item in given)
    before, after = (_date(value, item, name) for item in ("uploadedBefore", "uploadedAfter"))
    whole_seconds = to_boolean(_member(value, "secondsGranularity"))

    def finish() -> Condition:
        return Condition(
            single_etag(matches) if given["etagMatches"] else None,
            single_etag(differs) if given["etagDoesNotMatch"] else None,
            _comparable(before),
            _comparable(after),
            whole_seconds,
        )

    return finish


def _condition_of_headers(headers: Headers) -> Callable[[], Condition]:
    def finish() -> Condition:
        matches, differs = headers.first("if-match"), headers.first("if-none-match")
        return Condition(
            None if matches is None else etag_list("if-match", matches),
            None if differs is None else etag_list("if-none-match", differs),
            _comparable(_header_date(headers, "if-unmodified-since")),
            _comparable(_header_date(headers, "if-modified-since")),
            whole_seconds=True,
        )

    return finish


def _comparable(milliseconds: int | None) -> float | None:
    # workerd sends an unsigned number: a time before 1970 arrives as one that no date can have.
    return math.nan if milliseconds is not None and milliseconds < 0 else milliseconds


def _numbers_of_range(value: JSObject | None) -> Callable[[], Range]:
    offset, length, suffix = (_number(value, name) for name in ("offset", "length", "suffix"))
    return lambda: Range.of_numbers(offset, length, suffix)


def _range_header(headers: Headers) -> Callable[[], str | None]:
    return lambda: headers.first("range")


# -- metadata ------------------------------------------------------------------------------------------------


def _http_of_object(value: JSObject | None) -> Callable[[], dict[str, str | int]]:
    texts = {name: _optional_text(value, name) for name in _TEXT_FIELDS}
    expiry = _date(value, "cacheExpiry", "HttpMetadata")
    found: dict[str, str | int] = {name: text for name, text in texts.items() if text is not None}
    if expiry is not None:
        found["cacheExpiry"] = expiry
    return lambda: found


def _http_of_headers(headers: Headers) -> Callable[[], dict[str, str | int]]:
    found: dict[str, str | int] = {}
    for name in _TEXT_FIELDS:
        text = headers.first(HTTP_HEADERS[name])
        if text is not None:
            found[name] = text
    expiry = _header_date(headers, HTTP_HEADERS["cacheExpiry"])
    if expiry is not None:
        found["cacheExpiry"] = expiry
    return lambda: found


def _storable(http: dict[str, str | int]) -> dict[str, str | int]:
    expiry = http.get("cacheExpiry", 0)
    if isinstance(expiry, int) and expiry < 0:
        # workerd cannot send a negative number, and says no more than this.
        raise error(f"internal error; reference = {secrets.token_hex(12)}")
    return http


def _custom_metadata(options: JSObject, dictionary: str) -> dict[str, str]:
    value = get(options, "customMetadata")
    if value is None:
        return {}
    if not isinstance(value, JSObject) or isinstance(value, JSArray):
        raise wrong_field("customMetadata", dictionary, "object")
    names = [name for name in own_keys(value) if isinstance(name, str)]
    return {well_formed(name): well_formed(to_string(get(value, name))) for name in names}


# -- checksums and keys --------------------------------------------------------------------------------------


def _hash(options: JSObject, name: str, dictionary: str) -> bytes | str | None:
    value = get(options, name)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, ArrayBuffer | BufferView):
        return bytes_of(value)
    raise wrong_field(name, dictionary, "BufferSource or string")


def _checked_digest(hashes: dict[str, bytes | str | None]) -> tuple[str, bytes] | None:
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


def _ssec_key(options: JSObject) -> bytes | str | None:
    """A customer's key. It is checked and has no other effect, as in the reference."""
    value = get(options, "ssecKey")
    if value is None:
        return None
    if isinstance(value, ArrayBuffer | BufferView):
        return bytes_of(value)
    return to_string(value)


def _check_ssec_key(key: bytes | str | None) -> None:
    if isinstance(key, str) and not _SSEC_KEY.fullmatch(key):
        raise error("SSE-C Key has invalid format")
    if key is not None and len(key) != (_SSEC_BYTES if isinstance(key, bytes) else 2 * _SSEC_BYTES):
        raise error("SSE-C Key must be 32 bytes in length")

"""What R2 makes of the options of its methods: conversion, validation and the errors of both.

Types are checked first, field by field as workerd declares them; then what the values mean.

Source of the rules: ``src/workerd/api/r2-bucket.c++`` in workerd, and the texts that the reference runtime
gave.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from doris.js import JSArray, JSObject, JSValue, get, range_error, to_boolean
from doris.web.arguments import Where, to_int32, wrong_element, wrong_field
from doris.web.headers import Headers

from .r2_conditions import Condition, etag_list, single_etag
from .r2_fields import (
    date_field,
    dictionary_or_headers,
    header_date,
    member,
    number_field,
    optional_text,
    own_text,
)
from .r2_metadata import (
    HASHES,
    check_ssec_key,
    checked_digest,
    custom_metadata,
    hash_field,
    http_of_headers,
    http_of_object,
    ssec_key,
    storable_http,
)
from .r2_ranges import Range
from .r2_rows import HttpMetadata

INCLUDED = ("httpMetadata", "customMetadata")


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
    condition = dictionary_or_headers(
        options, "onlyIf", name, "Conditional", _condition_of_object, _condition_of_headers
    )
    chosen = dictionary_or_headers(options, "range", name, "Range", _numbers_of_range, _range_header)
    key = ssec_key(options)
    only_if = None if condition is None else condition()
    selected = None if chosen is None else chosen()
    check_ssec_key(key)
    header = isinstance(selected, str)
    return GetOptions(only_if, None if header else selected, selected if header else None)


def put_options(where: Where, args: tuple[JSValue, ...]) -> PutOptions:
    """The third argument of ``put``. Raises `Throw`."""
    name = "PutOptions"
    options = where.dictionary(args, 2, name)
    if options is None:
        return PutOptions()
    condition = dictionary_or_headers(
        options, "onlyIf", name, "Conditional", _condition_of_object, _condition_of_headers
    )
    http = dictionary_or_headers(
        options, "httpMetadata", name, "HttpMetadata", http_of_object, http_of_headers
    )
    custom = custom_metadata(options, name)
    hashes = {hash_name: hash_field(options, hash_name, name) for hash_name in HASHES}
    optional_text(options, "storageClass")
    key = ssec_key(options)
    only_if = None if condition is None else condition()
    metadata = {} if http is None else storable_http(http())
    digest = checked_digest(hashes)
    check_ssec_key(key)
    return PutOptions(only_if, metadata, custom, digest)


def multipart_options(where: Where, args: tuple[JSValue, ...]) -> PutOptions:
    """The second argument of ``createMultipartUpload``. Raises `Throw`."""
    name = "MultipartOptions"
    options = where.dictionary(args, 1, name)
    if options is None:
        return PutOptions()
    http = dictionary_or_headers(
        options, "httpMetadata", name, "HttpMetadata", http_of_object, http_of_headers
    )
    custom = custom_metadata(options, name)
    optional_text(options, "storageClass")
    key = ssec_key(options)
    metadata = {} if http is None else storable_http(http())
    check_ssec_key(key)
    return PutOptions(http=metadata, custom=custom)


def check_part_options(where: Where, args: tuple[JSValue, ...]) -> None:
    """The third argument of ``uploadPart``. Raises `Throw`."""
    options = where.dictionary(args, 2, "UploadPartOptions")
    if options is not None:
        check_ssec_key(ssec_key(options))


def list_options(where: Where, args: tuple[JSValue, ...]) -> ListOptions:
    """The argument of ``list``. Raises `Throw`."""
    options = where.dictionary(args, 0, "ListOptions")
    if options is None:
        return ListOptions()
    limit = get(options, "limit")
    number = None if limit is None else to_int32(limit)
    texts = {
        name: own_text(options, name, "ListOptions")
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


def _only_if(options: JSObject, name: str) -> Callable[[], Condition] | None:
    return dictionary_or_headers(
        options, "onlyIf", name, "Conditional", _condition_of_object, _condition_of_headers
    )


def _http_metadata(options: JSObject, name: str) -> Callable[[], dict[str, str | int]] | None:
    return dictionary_or_headers(
        options, "httpMetadata", name, "HttpMetadata", http_of_object, http_of_headers
    )


def _include(value: JSValue) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, JSArray):
        raise wrong_field("include", "ListOptions", "Array")
    for index, item in enumerate(value.items):
        if not isinstance(item, str):
            raise wrong_element(index, "string")
    return tuple(value.items)


def _condition_of_object(value: JSObject | None) -> Callable[[], Condition]:
    name = "Conditional"
    given = {item: member(value, item) is not None for item in ("etagMatches", "etagDoesNotMatch")}
    matches, differs = (own_text(value, item, name) for item in given)
    before, after = (date_field(value, item, name) for item in ("uploadedBefore", "uploadedAfter"))
    whole_seconds = to_boolean(member(value, "secondsGranularity"))

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
            _comparable(header_date(headers, "if-unmodified-since")),
            _comparable(header_date(headers, "if-modified-since")),
            whole_seconds=True,
        )

    return finish


def _comparable(milliseconds: int | None) -> float | None:
    # workerd sends an unsigned number: a time before 1970 arrives as one that no date can have.
    return math.nan if milliseconds is not None and milliseconds < 0 else milliseconds


def _numbers_of_range(value: JSObject | None) -> Callable[[], Range]:
    offset, length, suffix = (number_field(value, name) for name in ("offset", "length", "suffix"))
    return lambda: Range.of_numbers(offset, length, suffix)


def _range_header(headers: Headers) -> Callable[[], str | None]:
    return lambda: headers.first("range")

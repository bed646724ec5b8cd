"""What KV makes of its arguments: conversion, validation and the errors of both.

Source of the rules: ``src/workerd/api/kv.c++`` (key names, types, values) and miniflare's ``workers/kv``
(limits), which stands for the service behind it; texts as the reference runtime gave them.
"""

from __future__ import annotations

import math

from doris.js import (
    ArrayBuffer,
    BufferView,
    JSArray,
    JSObject,
    JSValue,
    bytes_of,
    error,
    get,
    is_nullish,
    null,
    stringify,
    to_number,
    to_string,
    type_error,
)
from doris.js.errors import Throw

from .d1_values import well_formed

MAX_KEY_BYTES = 512
MAX_METADATA_BYTES = 1024
MAX_VALUE_BYTES = 25 * 1024 * 1024
MAX_BULK_KEYS = 100
MAX_LISTED = 1000
MIN_TTL_SECONDS = 60
MIN_CACHE_TTL_SECONDS = 30

BAD_VALUE = "KV put() accepts only strings, ArrayBuffers, ArrayBufferViews, and ReadableStreams as values."
BAD_TYPE = 'Unknown response type. Possible types are "text", "arrayBuffer", "json", and "stream".'
_INT_RANGE = "Value out of range. Must be between -2147483648 and 2147483647 (inclusive)."


def failure(operation: str, status: int, text: str) -> Throw:
    """An Error as workerd makes it of the service's HTTP answer."""
    return error(f"KV {operation} failed: {status} {text}")


def too_many_listed(limit: int) -> Throw:
    """The Error for a page longer than 1000 keys."""
    text = f"Invalid key_count_limit of {limit}. Please specify an integer less than {MAX_LISTED}."
    return failure("GET", 400, text)


def wrong_argument(method: str, number: int, expected: str) -> Throw:
    """The TypeError for an argument that is missing or of another type."""
    return type_error(
        f"Failed to execute '{method}' on 'KvNamespace': parameter {number} is not of type '{expected}'."
    )


def checked_key(operation: str, key: str) -> str:
    """A key's name, if it may be one."""
    if key == "":
        raise type_error("Key name cannot be empty.")
    if key in (".", ".."):
        raise type_error(f'"{key}" is not allowed as a key name.')
    _check_key_length(operation, key)
    if key != well_formed(key):
        raise failure(operation, 400, "Could not URL-decode key name")
    return key


def bulk_keys(keys: JSArray) -> list[str]:
    """The names of a bulk read."""
    names = [well_formed(to_string(key)) for key in keys.items]
    if len(names) > MAX_BULK_KEYS:
        raise failure("GET_BULK", 400, f"You can request a maximum of {MAX_BULK_KEYS} keys")
    if not names:
        raise failure("GET_BULK", 400, "You must request a minimum of 1 key")
    return names


def check_bulk_key(key: str) -> None:
    """Refuse a key of a bulk read; the service words it in its own way."""
    if key == "":
        raise failure("GET_BULK", 400, "Key names must not be empty")
    if key in (".", ".."):
        raise failure("GET_BULK", 400, f'Illegal key name "{key}". Please use a different name.')
    _check_key_length("GET_BULK", key)


def check_prefix(prefix: str) -> None:
    """A prefix may be no longer than a key."""
    _check_key_length("GET", prefix)


def _check_key_length(operation: str, key: str) -> None:
    size = len(key.encode("utf-8", "surrogatepass"))
    if size > MAX_KEY_BYTES:
        text = f"UTF-8 encoded length of {size} exceeds key length limit of {MAX_KEY_BYTES}."
        raise failure(operation, 414, text)


def read_options(options: JSValue) -> tuple[str | None, int | None]:
    """``(type, cacheTtl)`` of the second argument of a read: a type's name or an options object."""
    if is_nullish(options):
        return None, None
    if not isinstance(options, JSObject):
        return to_string(options), None
    kind = get(options, "type")
    return None if kind is None else to_string(kind), optional_int(get(options, "cacheTtl"))


def check_cache_ttl(operation: str, cache_ttl: int | None) -> None:
    """``cacheTtl`` is at least 30 seconds. It has no other effect here: there is one copy of the data."""
    if cache_ttl is not None and cache_ttl < MIN_CACHE_TTL_SECONDS:
        text = f"Invalid cache_ttl of {cache_ttl}. Cache TTL must be at least {MIN_CACHE_TTL_SECONDS}."
        raise failure(operation, 400, text)


def optional_int(value: JSValue) -> int | None:
    """An optional 32-bit integer of an options object: undefined stays away, all else is converted."""
    if value is None:
        return None
    number = to_number(value)
    if not math.isfinite(number):
        return 0
    if not -(2**31) <= int(number) < 2**31:
        raise type_error(_INT_RANGE)
    return int(number)


def expiration_of(options: JSValue, now: int) -> int | None:
    """When a new entry expires, in seconds since 1970, which ``now`` is too.

    ``expirationTtl`` goes before ``expiration``.
    """
    at, ttl = optional_int(get(options, "expiration")), optional_int(get(options, "expirationTtl"))
    if ttl is not None:
        if ttl <= 0:
            text = f"Invalid expiration_ttl of {ttl}. Please specify integer greater than 0."
            raise failure("PUT", 400, text)
        if ttl < MIN_TTL_SECONDS:
            text = f"Invalid expiration_ttl of {ttl}. Expiration TTL must be at least {MIN_TTL_SECONDS}."
            raise failure("PUT", 400, text)
        return now + ttl
    if at is not None and at <= now:
        text = (
            f"Invalid expiration of {at}. Please specify integer greater than the current number of seconds"
            " since the UNIX epoch."
        )
        raise failure("PUT", 400, text)
    if at is not None and at < now + MIN_TTL_SECONDS:
        text = f"Invalid expiration of {at}. Expiration times must be at least {MIN_TTL_SECONDS} seconds in"
        text += " the future."
        raise failure("PUT", 400, text)
    return at


def metadata_of(options: JSValue) -> str | None:
    """The metadata as JSON text; null and undefined mean none."""
    value = get(options, "metadata")
    if value is None or value is null:
        return None
    text = stringify(value)
    if not isinstance(text, str):
        # A function has no JSON; the service chokes on what arrives.
        raise failure("PUT", 500, "Internal Server Error")
    return text


def check_metadata(text: str | None) -> None:
    """Metadata may have 1024 bytes."""
    size = 0 if text is None else len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_METADATA_BYTES:
        raise failure("PUT", 413, f"Metadata length of {size} exceeds limit of {MAX_METADATA_BYTES}.")


def check_value(value: bytes) -> bytes:
    """The value, if it is no longer than 25 MiB."""
    if len(value) > MAX_VALUE_BYTES:
        raise failure("PUT", 413, f"Value length of {len(value)} exceeds limit of {MAX_VALUE_BYTES}.")
    return value


def bytes_of_value(value: JSValue) -> bytes | None:
    """The bytes of a primitive or a buffer; None for any other object."""
    if not isinstance(value, JSObject):
        return to_string(value).encode("utf-8", "surrogatepass")
    return bytes_of(value) if isinstance(value, ArrayBuffer | BufferView) else None

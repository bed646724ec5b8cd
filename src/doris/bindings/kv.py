"""KV: the interface ``KvNamespace``.

Source of the rules: ``src/workerd/api/kv.c++`` in workerd and the answers of the reference runtime. KV here
is consistent at once: unlike production, where another place may read an old value for a minute.
"""

from __future__ import annotations

import re

from doris.js import (
    ArrayBuffer,
    JSArray,
    JSObject,
    JSValue,
    MapObject,
    PlainObject,
    Throw,
    get,
    is_nullish,
    method,
    null,
    parse_json,
    plain,
    to_string,
    type_error,
)

from . import kv_arguments as arguments
from .cursors import decode_cursor, encode_cursor
from .kv_store import Entry, KvStore, Listed
from .turns import turn


class KvNamespace(JSObject, name="KvNamespace"):
    """``env.KV``."""

    def __init__(self, store: KvStore) -> None:
        super().__init__()
        self._store = store

    @method("get")
    async def get_(self, *args: JSValue) -> JSValue:
        options = args[1] if len(args) > 1 else None
        if args and isinstance(args[0], JSArray):
            return await self._read_bulk(args[0], options, with_metadata=False)
        if not args:
            raise arguments.wrong_argument("get", 1, "string or Array")
        return (await self._read(to_string(args[0]), options)).js_get("value")

    @method
    async def list(self, options: JSValue = None) -> JSValue:
        if not (is_nullish(options) or isinstance(options, JSObject)):
            raise arguments.wrong_argument("list", 1, "ListOptions")
        chosen = plain() if is_nullish(options) else options
        limit = arguments.optional_int(get(chosen, "limit")) or 0
        prefix, cursor = _text(get(chosen, "prefix")), _text(get(chosen, "cursor"))
        await turn()
        if limit > arguments.MAX_LISTED:
            raise arguments.too_many_listed(limit)
        arguments.check_prefix(prefix)
        return self._page(prefix, decode_cursor(cursor), limit if limit > 0 else arguments.MAX_LISTED)

    @method
    async def put(self, *args: JSValue) -> JSValue:
        if not args:
            raise arguments.wrong_argument("put", 1, "string")
        if len(args) < 2:
            raise arguments.wrong_argument("put", 2, "string or Object")
        options = plain() if len(args) < 3 or is_nullish(args[2]) else args[2]
        if not isinstance(options, JSObject):
            raise arguments.wrong_argument("put", 3, "PutOptions")
        arguments.optional_int(get(options, "expiration"))
        arguments.optional_int(get(options, "expirationTtl"))
        key = arguments.checked_key("PUT", to_string(args[0]))
        metadata = arguments.metadata_of(options)
        value = await _value(args[1])
        await turn()
        expiration = arguments.expiration_of(options, int(self._store.now_ms() // 1000))
        arguments.check_metadata(metadata)
        self._store.put(key, Entry(arguments.check_value(value), metadata, expiration))
        return None

    @method("getWithMetadata")
    async def get_with_metadata(self, *args: JSValue) -> JSValue:
        options = args[1] if len(args) > 1 else None
        if args and isinstance(args[0], JSArray):
            return await self._read_bulk(args[0], options, with_metadata=True)
        if not args:
            raise arguments.wrong_argument("getWithMetadata", 1, "Array or string")
        return await self._read(to_string(args[0]), options)

    @method
    async def delete(self, *args: JSValue) -> JSValue:
        if not args:
            raise arguments.wrong_argument("delete", 1, "string")
        key = arguments.checked_key("DELETE", to_string(args[0]))
        await turn()
        self._store.delete(key)
        return None

    def _page(self, prefix: str, after: str, limit: int) -> PlainObject:
        listed = self._store.list(prefix, after, limit + 1)
        page = listed[:limit]
        result = plain(
            {"keys": JSArray([_listed(item) for item in page]), "list_complete": len(listed) <= limit}
        )
        if len(listed) > limit:
            result.js_set("cursor", encode_cursor(page[-1].name))
        result.js_set("cacheStatus", null)
        return result

    async def _read(self, name: str, options: JSValue) -> PlainObject:
        kind, cache_ttl = arguments.read_options(options)
        key = arguments.checked_key("GET", name)
        await turn()
        arguments.check_cache_ttl("GET", cache_ttl)
        entry = self._store.get(key)
        value = null if entry is None else _decoded(entry.value, "text" if kind is None else kind)
        return plain({"value": value, "metadata": _metadata(entry), "cacheStatus": null})

    async def _read_bulk(self, keys: JSArray, options: JSValue, *, with_metadata: bool) -> MapObject:
        kind, cache_ttl = arguments.read_options(options)
        await turn()
        if kind not in (None, "", "text", "json"):
            raise arguments.failure("GET_BULK", 400, f'"{kind}" is not a valid type. Use "json" or "text"')
        size = 0
        found: dict[str, JSValue] = {}
        for key in arguments.bulk_keys(keys):
            arguments.check_bulk_key(key)
            arguments.check_cache_ttl("GET_BULK", cache_ttl)
            entry = self._store.get(key)
            size += 0 if entry is None else len(entry.value)
            found[key] = _bulk_value(entry, as_json=kind == "json", with_metadata=with_metadata)
        if size > arguments.MAX_VALUE_BYTES:
            raise arguments.failure("GET_BULK", 413, "Total size of request exceeds the limit of 25MB")
        # The answer travels as a JSON object, of which workerd skips the keys that look like array indices.
        return MapObject((key, value) for key, value in found.items() if not _INDEX.fullmatch(key))


_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")


async def _value(value: JSValue) -> bytes:
    found = arguments.bytes_of_value(value)
    if found is not None:
        return found
    from doris.web.streams import ReadableStream, read_all

    if not isinstance(value, ReadableStream):
        raise type_error(arguments.BAD_VALUE)
    content: bytes = await read_all(value)
    return content


def _decoded(value: bytes, kind: str) -> JSValue:
    if kind == "text":
        return value.decode("utf-8", "replace")
    if kind == "json":
        return parse_json(value.decode("utf-8", "replace"))
    if kind == "arrayBuffer":
        return ArrayBuffer(value)
    if kind == "stream":
        from doris.web.streams import ReadableStream

        return ReadableStream.from_bytes(value)
    raise type_error(arguments.BAD_TYPE)


def _bulk_value(entry: Entry | None, *, as_json: bool, with_metadata: bool) -> JSValue:
    if entry is None:
        return null
    value: JSValue = entry.value.decode("utf-8-sig", "replace")
    if as_json:
        try:
            value = parse_json(value)
        except Throw:
            text = "At least one of the requested keys corresponds to a non-json value"
            raise arguments.failure("GET_BULK", 400, text) from None
    if value is null or not with_metadata:
        return value
    return plain({"value": value, "metadata": _metadata(entry)})


def _metadata(entry: Entry | None) -> JSValue:
    return null if entry is None or entry.metadata is None else parse_json(entry.metadata)


def _listed(item: Listed) -> PlainObject:
    result = plain({"name": item.name})
    if item.expiration is not None:
        result.js_set("expiration", item.expiration)
    if item.metadata is not None:
        result.js_set("metadata", parse_json(item.metadata))
    return result


def _text(value: JSValue) -> str:
    return "" if is_nullish(value) else to_string(value)

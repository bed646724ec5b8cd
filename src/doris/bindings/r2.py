"""R2: the interfaces ``R2Bucket`` and ``R2MultipartUpload``.

Source of the rules: ``src/workerd/api/r2-bucket.c++`` and ``r2-multipart.c++`` in workerd, and the answers
of the reference runtime.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from doris.js import (
    JSArray,
    JSObject,
    JSValue,
    Throw,
    get,
    is_nullish,
    method,
    null,
    plain,
    to_string,
    type_error,
)
from doris.web.arguments import Where, to_int32, wrong_element
from doris.web.streams import ReadableStream
from doris.web.streams.native_source import NativeSource

from . import r2_options as options
from .cursors import decode_cursor, encode_cursor
from .d1_values import well_formed
from .r2_blobs import BlobWriter
from .r2_errors import R2Failure, bad_digest, invalid_limit
from .r2_metadata import HASHES
from .r2_objects import GetResult, HeadResult, Lasting
from .r2_ranges import Span, header_span
from .r2_rows import Row
from .r2_store import (
    MAX_LISTED,
    MAX_LISTED_WITH_METADATA,
    R2Store,
    check_key,
    check_metadata,
    check_size,
    new_version,
)
from .r2_uploads import UploadStore
from .r2_values import Body, body_of, give_up, known_length, write_body
from .turns import turn

MAX_PARTS = 10_000
_UPLOADED_PART = "N7workerd3api11public_beta17R2MultipartUpload12UploadedPartE"

T = TypeVar("T")


class R2Bucket(JSObject, name="R2Bucket"):
    """``env.BUCKET``."""

    def __init__(self, store: R2Store, uploads: UploadStore) -> None:
        super().__init__()
        self.store = store
        self.uploads = uploads

    @method
    async def head(self, *args: JSValue) -> JSValue:
        key = _key(Where("R2Bucket", "head"), args)
        await turn()
        row = _answer("head", lambda: self.store.head(key))
        return null if row is None else HeadResult(row, Span(0, row.size))

    @method("get")
    async def get_(self, *args: JSValue) -> JSValue:
        where = Where("R2Bucket", "get")
        key = _key(where, args)
        chosen = options.get_options(where, args)
        await turn()
        return _answer("get", lambda: self._get(key, chosen))

    @method
    async def put(self, *args: JSValue) -> JSValue:
        where = Where("R2Bucket", "put")
        key = _key(where, args)
        body = body_of(where, args, nullable=True)
        try:
            chosen = options.put_options(where, args)
        except Throw:
            give_up(body)
            raise
        row = await self._upload("put", body, lambda writer: self._put(key, chosen, writer), chosen.digest)
        return null if row is None else HeadResult(row)

    @method("createMultipartUpload")
    async def create_multipart_upload(self, *args: JSValue) -> JSValue:
        where = Where("R2Bucket", "createMultipartUpload")
        key = _key(where, args)
        chosen = options.multipart_options(where, args)
        await turn()
        upload = _answer("createMultipartUpload", lambda: self.uploads.begin(key, chosen.http, chosen.custom))
        return R2MultipartUpload(self, key, upload)

    @method("resumeMultipartUpload")
    def resume_multipart_upload(self, *args: JSValue) -> JSValue:
        where = Where("R2Bucket", "resumeMultipartUpload")
        key = _key(where, args)
        return R2MultipartUpload(self, key, well_formed(where.string(args, 1)))

    @method
    async def delete(self, *args: JSValue) -> JSValue:
        given = Where("R2Bucket", "delete").required(args, 0, "string or Array")
        names = given.items if isinstance(given, JSArray) else [given]
        keys = [well_formed(to_string(name)) for name in names]
        await turn()
        _answer("delete", lambda: self.store.delete(keys))
        return None

    @method
    async def list(self, *args: JSValue) -> JSValue:
        chosen = options.list_options(Where("R2Bucket", "list"), args)
        await turn()
        return _answer("list", lambda: self._list(chosen))

    # -- the service -----------------------------------------------------------------------------------------

    def _get(self, key: str, chosen: options.GetOptions) -> JSValue:
        row = self.store.head(key)
        if row is None:
            return null
        whole = Span(0, row.size)
        if chosen.only_if is not None and not chosen.only_if.holds(row.etag, row.uploaded):
            return HeadResult(row, whole)
        span: Span | None = whole
        if chosen.range is not None:
            span = chosen.range.within(row.size)
        elif chosen.range_header is not None:
            span = header_span(chosen.range_header, row.size)
        part = span or whole
        reader = self.store.blobs.read(self.store.content(row), part.offset, part.length)
        return GetResult(row, part, ReadableStream(NativeSource(reader)))

    def _put(self, key: str, chosen: options.PutOptions, writer: BlobWriter) -> Row | None:
        check_key(key)
        check_size(writer.size)
        check_metadata(chosen.custom)
        md5 = writer.digest("md5").hex()
        checksums = {"md5": md5}
        if chosen.digest is not None:
            name, given = chosen.digest
            computed = writer.digest(name)
            if computed != given:
                raise bad_digest(HASHES[name][0], given, computed)
            checksums[name] = computed.hex()
        row = Row(
            key, new_version(), writer.size, md5, self.store.now(), checksums, chosen.http, chosen.custom
        )
        return row if self.store.put(row, [writer.finish()], chosen.only_if) else None

    def _list(self, chosen: options.ListOptions) -> JSValue:
        limit = MAX_LISTED if chosen.limit is None else chosen.limit
        if not 1 <= limit <= MAX_LISTED:
            raise invalid_limit()
        if chosen.include:
            limit = min(limit, MAX_LISTED_WITH_METADATA)
        start = max(chosen.start_after, decode_cursor(chosen.cursor), key=_utf16)
        page = self.store.page(chosen.prefix, chosen.delimiter, start, limit)
        return plain(
            {
                "objects": JSArray([HeadResult(_reduced(row, chosen.include)) for row in page.objects]),
                "truncated": page.cursor is not None,
                "cursor": None if page.cursor is None else encode_cursor(page.cursor),
                "delimitedPrefixes": JSArray(page.prefixes),
            }
        )

    async def _upload(
        self,
        operation: str,
        body: Body,
        finish: Callable[[BlobWriter], T],
        digest: tuple[str, bytes] | None = None,
    ) -> T:
        """Write a body to a blob and let ``finish`` make something of it; else the blob is dropped."""
        known_length(body)
        await turn()
        database, blobs = self.store.database, self.store.blobs
        writer = blobs.stage(() if digest is None else (digest[0],))
        try:
            await write_body(body, writer)
            with database.transaction():
                result = _answer(operation, lambda: finish(writer))
                if result is None:
                    writer.discard()
                return result
        except BaseException:
            writer.discard()
            raise


class R2MultipartUpload(Lasting, name="R2MultipartUpload"):
    """An upload in parts."""

    def __init__(self, bucket: R2Bucket, key: str, upload: str) -> None:
        super().__init__()
        self._bucket = bucket
        self._key = key
        self._id = upload
        self._fix({"uploadId": upload, "key": key})

    @method("uploadPart")
    async def upload_part(self, *args: JSValue) -> JSValue:
        where = Where("R2MultipartUpload", "uploadPart")
        number = to_int32(where.required(args, 0, "integer"))
        body = body_of(where, args, nullable=False)
        try:
            options.check_part_options(where, args)
            _check_part_number(number)
        except Throw:
            give_up(body)
            raise

        def finish(writer: BlobWriter) -> str:
            check_key(self._key)
            check_size(writer.size)
            return self._bucket.uploads.add_part(self._key, self._id, number, writer)

        etag = await self._bucket._upload("uploadPart", body, finish)
        return plain({"partNumber": number, "etag": etag})

    @method
    async def abort(self) -> JSValue:
        await turn()
        _answer("abortMultipartUpload", lambda: self._bucket.uploads.abort(self._key, self._id))
        return None

    @method
    async def complete(self, *args: JSValue) -> JSValue:
        where = Where("R2MultipartUpload", "complete")
        parts = [
            _uploaded_part(index, item)
            for index, item in enumerate(where.instance(args, 0, JSArray, "Array").items)
        ]
        for number, _ in parts:
            _check_part_number(number)
        await turn()
        uploads = self._bucket.uploads
        row = _answer("completeMultipartUpload", lambda: uploads.complete(self._key, self._id, parts))
        return HeadResult(row)


def _answer(operation: str, ask: Callable[[], T]) -> T:
    """What the service answers; its refusals as the operation's errors."""
    try:
        return ask()
    except R2Failure as failure:
        raise failure.thrown_by(operation) from None


def _key(where: Where, args: tuple[JSValue, ...]) -> str:
    return well_formed(where.string(args, 0))


def _check_part_number(number: int) -> None:
    if not 1 <= number <= MAX_PARTS:
        raise type_error(
            f"Part number must be between 1 and {MAX_PARTS} (inclusive). Actual value was: {number}"
        )


def _uploaded_part(index: int, item: JSValue) -> tuple[int, str]:
    if is_nullish(item):
        raise type_error(
            f"Cannot initialize {_UPLOADED_PART} with required members from an undefined or null value."
        )
    if not isinstance(item, JSObject):
        raise wrong_element(index, "UploadedPart")
    return to_int32(get(item, "partNumber")), to_string(get(item, "etag"))


def _reduced(row: Row, include: tuple[str, ...]) -> Row:
    """An object in a listing: metadata only when asked for."""
    http = row.http if "httpMetadata" in include else {}
    custom = row.custom if "customMetadata" in include else {}
    return Row(row.key, row.version, row.size, row.etag, row.uploaded, row.checksums, http, custom)


def _utf16(text: str) -> bytes:
    """JavaScript's order of strings."""
    return text.encode("utf-16-be", "surrogatepass")

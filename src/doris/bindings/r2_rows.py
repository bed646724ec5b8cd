"""What R2's stores keep and hand out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

HttpMetadata = Mapping[str, str | int]
"""Of ``contentType``, ``contentLanguage``, ``contentDisposition``, ``contentEncoding`` and ``cacheControl``
what was given, and ``cacheExpiry`` in milliseconds since 1970."""


@dataclass(frozen=True)
class Blob:
    """A stretch of bytes in `doris.bindings.r2_blobs`."""

    id: int
    size: int


@dataclass(frozen=True)
class Row:
    """An object without its content.

    Attributes:
        uploaded: Milliseconds since 1970.
        checksums: Hex digests by ``md5``, ``sha1``, ``sha256``, ``sha384``, ``sha512``.
    """

    key: str
    version: str
    size: int
    etag: str
    uploaded: int
    checksums: Mapping[str, str] = field(default_factory=dict)
    http: HttpMetadata = field(default_factory=dict)
    custom: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """One page of a listing. ``cursor`` is the last name of it when there is more."""

    objects: list[Row]
    prefixes: list[str]
    cursor: str | None

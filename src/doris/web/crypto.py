"""Crypto: random values and digests. The rest of SubtleCrypto is not here yet and says so.

Rules: the Web Cryptography standard, with workerd's error texts.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid

from doris.js import (
    ArrayBuffer,
    JSObject,
    JSValue,
    TypedArray,
    bytes_of,
    constructor,
    dom_exception,
    getter,
    method,
    opt,
    type_error,
)
from doris.js import to_string as text_of
from doris.js.typedarrays import Float16Array, Float32Array, Float64Array
from doris.scope import refuse_at_module_scope

from .arguments import Where, argument

_DIGESTS = {"SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512", "MD5": "md5"}
_MOST_RANDOM = 65536


class SubtleCrypto(JSObject, name="SubtleCrypto"):
    """``crypto.subtle``."""

    @constructor
    def construct(cls) -> JSValue:
        raise type_error("Illegal constructor")

    @method
    async def digest(self, *args: JSValue) -> JSValue:
        where = Where("SubtleCrypto", "digest")
        name = _algorithm_name(where.required(args, 0, "string or HashAlgorithm"), where)
        data = bytes_of(argument(args, 1))
        if data is None:
            raise where.wrong(1, "BufferSource")
        algorithm = _DIGESTS.get(name.upper())
        if algorithm is None:
            raise dom_exception(
                "Unrecognized or unimplemented digest algorithm requested.", "NotSupportedError"
            )
        return ArrayBuffer(hashlib.new(algorithm, data, usedforsecurity=False).digest())


def _algorithm_name(algorithm: JSValue, where: Where) -> str:
    if not isinstance(algorithm, JSObject):
        return text_of(algorithm)
    name = opt(algorithm, "name")
    if name is None:
        raise where.wrong(0, "string or HashAlgorithm")
    return text_of(name)


class Crypto(JSObject, name="Crypto"):
    """``crypto``."""

    def __init__(self) -> None:
        self._subtle = SubtleCrypto()

    @constructor
    def construct(cls) -> JSValue:
        raise type_error("Illegal constructor")

    @getter
    def subtle(self) -> SubtleCrypto:
        return self._subtle

    @method("getRandomValues")
    def get_random_values(self, *args: JSValue) -> JSValue:
        refuse_at_module_scope()
        array = argument(args, 0)
        if not isinstance(array, TypedArray):
            raise Where("Crypto", "getRandomValues").wrong(0, "ArrayBufferView")
        if isinstance(array, Float16Array | Float32Array | Float64Array):
            raise dom_exception(
                "ArrayBufferView argument to getRandomValues() must be an integer-typed view.",
                "TypeMismatchError",
            )
        if array.size > _MOST_RANDOM:
            raise dom_exception(
                "getRandomValues() only accepts buffers of size <= 64K but provided "
                f"{array.size} bytes.", "QuotaExceededError",
            )  # fmt: skip
        array.view()[:] = secrets.token_bytes(array.size)
        return array

    @method("randomUUID")
    def random_uuid(self) -> str:
        refuse_at_module_scope()
        return str(uuid.uuid4())

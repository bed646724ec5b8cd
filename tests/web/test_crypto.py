# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""Crypto, against answers of the reference runtime."""

from __future__ import annotations

import re

import pytest

from tests.web.support import O, error_of, js, to_js, wait


@pytest.mark.parametrize(
    ("algorithm", "digest"),
    [
        ("SHA-256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("sha-1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (O(name="MD5"), "900150983cd24fb0d6963f7d28e17f72"),
    ],
)
def test_digests(algorithm, digest):
    assert wait(lambda: js.crypto.subtle.digest(algorithm, to_js(b"abc"))).to_bytes().hex() == digest


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: js.crypto.subtle.digest("zz", to_js(b"")),
         "NotSupportedError: Unrecognized or unimplemented digest algorithm requested."),
        (lambda: js.crypto.subtle.digest("SHA-256", "abc"),
         "TypeError: Failed to execute 'digest' on 'SubtleCrypto': parameter 2 is not of type 'BufferSource'."),
        (lambda: js.crypto.subtle.digest(),
         "TypeError: Failed to execute 'digest' on 'SubtleCrypto': parameter 1 is not of type 'string or HashAlgorithm'."),
        (lambda: js.crypto.subtle.digest(O(), to_js(b"")),
         "TypeError: Failed to execute 'digest' on 'SubtleCrypto': parameter 1 is not of type 'string or HashAlgorithm'."),
        (lambda: js.crypto.getRandomValues(5),
         "TypeError: Failed to execute 'getRandomValues' on 'Crypto': parameter 1 is not of type 'ArrayBufferView'."),
        (lambda: js.crypto.getRandomValues(js.Float32Array.new(1)),
         "TypeMismatchError: ArrayBufferView argument to getRandomValues() must be an integer-typed view."),
        (lambda: js.crypto.getRandomValues(js.Uint8Array.new(65537)),
         "QuotaExceededError: getRandomValues() only accepts buffers of size <= 64K but provided 65537 bytes."),
        (lambda: js.Crypto.new(), "TypeError: Illegal constructor"),
        (lambda: js.SubtleCrypto.new(), "TypeError: Illegal constructor"),
    ],
)  # fmt: skip
def test_errors(call, message):
    assert error_of(call) == message


def test_random_values_fill_the_array_they_are_given():
    array = js.Uint32Array.new(16)
    assert js.crypto.getRandomValues(array).js_id == array.js_id
    assert any(array)


def test_random_uuid():
    assert re.fullmatch(
        r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", js.crypto.randomUUID()
    )

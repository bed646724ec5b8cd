# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""atob and btoa, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from tests.web.support import error_of, js


@pytest.mark.parametrize(
    ("text", "decoded"),
    [("YWJj", "abc"), (" YW\nJj ", "abc"), ("YWJ", "ab"), ("YQ==", "a"), ("", ""), ("6Q==", "é")],
)
def test_decoding(text, decoded):
    assert js.atob(text) == decoded


@pytest.mark.parametrize("text", ["a", "é", "YW=Jj", "YWJj=", "YQ===", "YWJjYQ=", "Y_-j"])
def test_what_is_no_base64(text):
    assert error_of(lambda: js.atob(text)).startswith(
        "InvalidCharacterError: atob() called with invalid base64-encoded"
    )


def test_encoding():
    assert (js.btoa("abc"), js.btoa("é"), js.btoa(None)) == ("YWJj", "6Q==", "dW5kZWZpbmVk")
    assert error_of(lambda: js.btoa("☃")) == (
        "InvalidCharacterError: btoa() can only operate on characters in the Latin1 (ISO/IEC 8859-1) range."
    )


def test_missing_arguments():
    assert error_of(js.atob) == (
        "TypeError: Failed to execute 'atob' on 'ServiceWorkerGlobalScope': parameter 1 is not of type 'string'."
    )

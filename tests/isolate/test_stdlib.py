"""The standard library inside: what differs, what is shared."""

from __future__ import annotations

from typing import Any

import pytest

from doris.js import null
from tests.isolate.conftest import MakeIsolate


def test_hashlib_is_productions(make_isolate: MakeIsolate) -> None:
    import hashlib

    inside: Any = make_isolate({}).import_module("hashlib")
    assert not hasattr(inside, "pbkdf2_hmac")
    assert not hasattr(inside, "scrypt")
    assert inside.sha256(b"x").hexdigest() == hashlib.sha256(b"x").hexdigest()
    assert hasattr(hashlib, "pbkdf2_hmac")


def test_hmac_works_without_openssl(make_isolate: MakeIsolate) -> None:
    import hmac

    inside: Any = make_isolate({}).import_module("hmac")
    assert inside.new(b"k", b"m", "sha256").digest() == hmac.digest(b"k", b"m", "sha256")
    assert inside.compare_digest(b"a", b"a")


def test_json_writes_jsnull_as_null(make_isolate: MakeIsolate) -> None:
    import json

    isolate = make_isolate({})
    assert json.dumps({"a": [null]}) == '{"a": [null]}'
    with pytest.raises(TypeError, match="Object of type object is not JSON serializable"):
        json.dumps(object())
    isolate.close()

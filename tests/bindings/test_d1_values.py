from __future__ import annotations

import math
from typing import Any

import pytest

from doris.bindings.d1_values import Malformed, bindable, from_sql, to_sql, well_formed
from doris.js import (
    ArrayBuffer,
    BigInt,
    DataView,
    DateObject,
    JSArray,
    Symbol,
    Throw,
    Uint8Array,
    native,
    null,
    plain,
)
from doris.js.typedarrays import BigInt64Array, Float64Array
from tests.bindings.calling import py

EPOCH = "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (5, 5),
        (1.5, 1.5),
        ("x", "x"),
        (True, 1),
        (False, 0),
        (null, None),
        (JSArray([0, 1.5, 255]), [0, 1.5, 255]),
        (JSArray([]), []),
        (ArrayBuffer(b"\x00\xff"), [0, 255]),
        (Uint8Array.of_bytes(b"\x01\x02"), [1, 2]),
        (Float64Array.of_values([1.5, 300, -1]), [1.5, 300, -1]),
        (DataView(ArrayBuffer(b"abc")), []),
    ],
)
def test_what_can_be_bound(value: Any, expected: Any) -> None:
    assert py(bindable(value)) == expected


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "Type 'undefined' not supported for value 'undefined'"),
        (BigInt(5), "Type 'bigint' not supported for value '5'"),
        (plain({"a": 1}), "Type 'object' not supported for value '[object Object]'"),
        (JSArray([256]), "Type 'object' not supported for value '256'"),
        (JSArray([-1]), "Type 'object' not supported for value '-1'"),
        (JSArray(["a", "b"]), "Type 'object' not supported for value 'a,b'"),
        (JSArray([True]), "Type 'object' not supported for value 'true'"),
        (DateObject(0), f"Type 'object' not supported for value '{EPOCH}'"),
    ],
)
def test_what_cannot_be_bound(value: Any, message: str) -> None:
    with pytest.raises(Throw) as caught:
        bindable(value)
    assert str(caught.value) == f"Error: D1_TYPE_ERROR: {message}"


def test_functions_and_symbols_cannot_be_bound() -> None:
    with pytest.raises(Throw, match="D1_TYPE_ERROR: Type 'function' not supported for value"):
        bindable(native("f", lambda: None))
    with pytest.raises(Throw, match="TypeError: Cannot convert a Symbol value to a string"):
        bindable(Symbol("s"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (5, 5.0),
        (2**60, float(2**60)),
        (math.nan, None),
        (-math.inf, None),
        (null, None),
        ("é\0", "é\0"),
        ("\ud800", "\ufffd\ufffd\ufffd"),
        (JSArray([0, 1.9, 300, -1]), b"\x00\x01\x2c\xff"),
    ],
)
def test_what_arrives(value: Any, expected: Any) -> None:
    arrived = to_sql(value)
    assert arrived == expected
    assert type(arrived) is type(expected)


def test_minus_zero_loses_its_sign() -> None:
    arrived = to_sql(-0.0)
    assert math.copysign(1, arrived) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [None, True, plain(), JSArray([math.nan]), JSArray(["x"])])
def test_what_is_malformed(value: Any) -> None:
    with pytest.raises(Malformed):
        to_sql(value)


def test_big_integers_within_bytes() -> None:
    bound = bindable(BigInt64Array.of_values([BigInt(1)]))
    with pytest.raises(Throw, match="TypeError: Do not know how to serialize a BigInt"):
        to_sql(bound)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (5, 5),
        (2.0, 2),
        (2.5, 2.5),
        (9_007_199_254_740_993, 9_007_199_254_740_992.0),
        (-9_223_372_036_854_775_808, -9_223_372_036_854_775_808.0),
        (1e300, 1e300),
        (math.inf, None),
        ("x", "x"),
        (b"\x00\xff", [0, 255]),
        (b"", []),
    ],
)
def test_columns(value: Any, expected: Any) -> None:
    got = py(from_sql(value))
    assert got == expected
    assert type(got) is type(expected)


def test_well_formed_text_is_left_alone() -> None:
    assert well_formed("😀") == "😀"
    assert well_formed("a\udc00b") == "a\ufffd\ufffd\ufffdb"

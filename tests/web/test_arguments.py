"""Conversion of arguments."""

from __future__ import annotations

import math

import pytest

from doris.js import BigInt, JSArray, PyProxy, Throw, null, plain
from doris.web.arguments import (
    Where,
    function_field,
    is_iterable,
    sequence,
    string_pairs,
    to_int32,
    to_uint64,
    wrong_element,
    wrong_field,
)


def text(function, *args):
    with pytest.raises(Throw) as caught:
        function(*args)
    return str(caught.value)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("abc", 0),
        (math.nan, 0),
        (math.inf, 0),
        (None, 0),
        (null, 0),
        (True, 1),
        (200.9, 200),
        (-1.9, -1),
        ("0x10", 16),
    ],
)
def test_int32(value, number):
    assert to_int32(value) == number


@pytest.mark.parametrize("value", [1e20, 2**31, -(2**31) - 1, 4294967496])
def test_int32_out_of_range(value):
    assert text(to_int32, value) == (
        "TypeError: Value out of range. Must be between -2147483648 and 2147483647 (inclusive)."
    )


def test_uint64():
    assert [to_uint64(value) for value in (BigInt(5), 3.5, "3", null, True)] == [5, 3, 3, 0, 1]
    assert text(to_uint64, "x") == "TypeError: The value cannot be converted because it is not an integer."
    assert text(to_uint64, -1).endswith("it is negative and this API expects a positive bigint.")


def test_a_missing_argument_is_not_an_undefined_one():
    where = Where("Thing", "do")
    assert where.string((None,), 0) == "undefined"
    assert (
        text(where.string, (), 0)
        == "TypeError: Failed to execute 'do' on 'Thing': parameter 1 is not of type 'string'."
    )
    assert where.optional_string((None,), 0) is None
    assert where.optional_string((5,), 0) == "5"
    assert text(Where("Thing").required, (1,), 1, "Value").startswith(
        "TypeError: Failed to construct 'Thing': constructor"
    )


def test_dictionaries():
    where = Where("Thing")
    assert where.dictionary((None,), 0, "Init") is where.dictionary((null,), 0, "Init") is None
    options = plain({"f": 5})
    assert where.dictionary((options,), 0, "Init") is options
    assert text(where.dictionary, ("x",), 0, "Init").endswith(
        "constructor parameter 1 is not of type 'Init'."
    )
    assert text(function_field, options, "f", "Init") == (
        "TypeError: Incorrect type for the 'f' field on 'Init': the provided value is not of type 'function'."
    )
    assert function_field(None, "f", "Init") is None
    assert str(wrong_field("a", "B", "C")) == (
        "TypeError: Incorrect type for the 'a' field on 'B': the provided value is not of type 'C'."
    )
    assert str(wrong_element(2, "C")) == (
        "TypeError: Incorrect type for array element 2: the provided value is not of type 'C'."
    )


def test_sequences():
    assert list(sequence(JSArray([1]))) == list(sequence(PyProxy([1]))) == list(sequence(PyProxy({1}))) == [1]
    assert (is_iterable("ab"), is_iterable(plain({})), is_iterable(JSArray([]))) == (False, False, True)
    assert text(sequence, "ab") == "TypeError: Incorrect type: the provided value is not of type 'Sequence'."
    assert list(string_pairs(PyProxy([("a", 1)]), "no pair")) == [("a", "1")]
    assert text(lambda: list(string_pairs(JSArray([JSArray([1])]), "no pair"))) == "TypeError: no pair"


def test_functions_and_instances():
    where = Where("Thing", "do")
    assert text(where.function, (5,), 0).endswith("parameter 1 is not of type 'function'.")
    assert text(where.instance, (5,), 0, JSArray, "Array").endswith("parameter 1 is not of type 'Array'.")
    array = JSArray([])
    assert where.instance((array,), 0, JSArray) is array

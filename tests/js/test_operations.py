"""The abstract operations: text, numbers, comparison, property access."""

import math

import pytest

from doris.js import (
    BigInt,
    PlainObject,
    Symbol,
    Throw,
    get,
    null,
    opt,
    own_keys,
    set_,
    to_integer,
    to_number,
    to_string,
    typeof,
)
from doris.js.operations import call, construct, has, is_less, number_to_string, string_to_number, to_boolean

from .ask import ask


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"), (-0.0, "0"), (1.0, "1"), (1.5, "1.5"), (-1.5, "-1.5"), (0.1, "0.1"), (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (123456789012345680000.0, "123456789012345680000"), (1e-6, "0.000001"), (1e-7, "1e-7"), (1.5e-7,
        "1.5e-7"), (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"), (math.nan, "NaN"), (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
        (2**53, "9007199254740992"), (10**22, "1e+22"), (12.25, "12.25"), (-0.001, "-0.001"),
    ],
)  # fmt: skip
def test_number_to_string(number, text):
    assert number_to_string(number) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"), (None, "undefined"), (null, "null"), (True, "true"), (False, "false"), (BigInt(12), "12"),
        (PlainObject(), "[object Object]"),
    ],
)  # fmt: skip
def test_to_string(value, text):
    assert to_string(value) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12), (" 12\n", 12), ("", 0), ("1e3", 1000), (".5", 0.5), ("-1.25", -1.25), ("0x1f", 31),
        ("0b11", 3), ("0o17", 15),
        ("Infinity", math.inf), ("-Infinity", -math.inf),
    ],
)  # fmt: skip
def test_string_to_number(text, number):
    assert string_to_number(text) == number


@pytest.mark.parametrize("text", ["x", "1_000", "nan", "inf", "12px", "0xg", "infinity"])
def test_text_that_is_no_number(text):
    assert math.isnan(string_to_number(text))


def test_to_number_of_other_values():
    assert math.isnan(to_number(None))
    assert to_number(null) == 0
    assert to_number(True) == 1
    assert math.isnan(to_number(PlainObject()))


@pytest.mark.parametrize("value", [Symbol("s"), BigInt(1)])
def test_what_has_no_number(value):
    with pytest.raises(Throw, match="Cannot convert a"):
        to_number(value)


def test_a_symbol_has_no_text():
    with pytest.raises(Throw, match="TypeError: Cannot convert a Symbol value to a string"):
        to_string(Symbol("s"))


def test_to_integer():
    assert [to_integer(v) for v in (1.9, -1.9, None, "7", math.inf)] == [1, -1, 0, 7, 2**63]
    assert to_integer(-math.inf) == -(2**63)


@pytest.mark.parametrize(
    ("value", "kind"),
    [(None, "undefined"), (null, "object"), (True, "boolean"), (1.5, "number"), (BigInt(1), "bigint"), ("",
    "string"),
     (Symbol(), "symbol"), (PlainObject(), "object"), (PlainObject.interface.function, "function")],
)  # fmt: skip
def test_typeof(value, kind):
    assert typeof(value) == kind


def test_to_boolean():
    assert [to_boolean(v) for v in (None, null, 0, math.nan, "", BigInt(0), False)] == [False] * 7
    assert all(to_boolean(v) for v in (1, "0", PlainObject(), Symbol()))


def test_properties_of_primitives():
    assert get("abc", "length") == 3
    assert get("\U0001f600", "length") == 2
    assert get("abc", "1") == "b"
    assert get(5, "x") is None
    set_(5, "x", 1)
    assert not has("abc", "x")
    assert own_keys("ab") == ["0", "1"]
    assert own_keys(5) == []


@pytest.mark.parametrize("nothing", [None, null])
def test_nothing_has_no_properties(nothing):
    with pytest.raises(Throw, match=r"TypeError: Cannot read properties of \w+ \(reading 'x'\)"):
        get(nothing, "x")
    with pytest.raises(Throw, match=r"TypeError: Cannot set properties of \w+ \(setting 'x'\)"):
        set_(nothing, "x", 1)


def test_options():
    assert opt(None, "a") is None
    assert opt(null, "a") is None
    assert opt(PlainObject({"a": 1}), "a") == 1
    with pytest.raises(Throw, match="TypeError: Incorrect type"):
        opt("text", "a")


def test_what_cannot_be_called():
    with pytest.raises(Throw, match="TypeError: object is not a function"):
        call(PlainObject())
    with pytest.raises(Throw, match='TypeError: "x" is not a constructor'):
        construct("x")
    with pytest.raises(Throw, match="TypeError: undefined is not a function"):
        call(None)


def test_comparison():
    import operator

    assert is_less("a", "b", operator.lt)
    assert not is_less("10", 9, operator.lt)
    assert ask("js.Date.new(1) < js.Date.new(2), js.Date.new(1) >= js.Date.new(2), O() < O(), O() <= O(), "
    "O() > O()") == (
        True, False, False, True, False,
    )  # fmt: skip

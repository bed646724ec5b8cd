"""``Number``, ``String``, ``BigInt``, ``Symbol``, ``Math`` and the number functions."""

import math

import pytest

from .ask import ask, refuses


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("js.Number('12'), js.Number(''), js.Number(jsnull), js.Number(True), js.Number('0x10'), "
        "js.Number(js.BigInt(5)), js.Number()",
         (12, 0, 0, 1, 16, 5, 0)),
        ("js.Number.MAX_SAFE_INTEGER, js.Number.isInteger(1.0), js.Number.isInteger(1.5), "
        "js.Number.isSafeInteger(2**53)",
         (2**53 - 1, True, False, False)),
        ("js.Number.isNaN(js.NaN), js.Number.isNaN('x'), js.Number.isFinite(inf), js.Number.isFinite(1)",
        (True, False, False, True)),
        ("js.Number.new(5).valueOf(), str(js.Number.new(5)), js.String.new('x').valueOf(), "
        "str(js.String.new('x'))", (5, "5", "x", "x")),
        ("js.Boolean(''), js.Boolean('0'), js.Boolean.new(1).valueOf(), str(js.Boolean.new(0))", (False,
        True, True, "false")),
        ("js.String(None), js.String(jsnull), js.String(1.0), js.String(2**60), js.String(), "
        "js.String(js.Symbol('s'))",
         ("undefined", "null", "1", "1152921504606846976", "", "Symbol(s)")),
        ("js.String.fromCharCode(72, 105), js.String.fromCodePoint(128512)", ("Hi", "\U0001f600")),
        ("js.BigInt(5) + 1, js.BigInt('0x10'), js.BigInt('') == 0, type(js.BigInt(5)).__name__", (6, 16,
        True, "JsBigInt")),
        ("js.Symbol.for_('a') is js.Symbol.for_('a'), js.Symbol('a') is js.Symbol('a')", (True, False)),
        ("js.parseInt('12px'), js.parseInt('-0x1f'), js.parseInt('11', 2), js.parseInt(' +7'), "
        "js.parseFloat('1.5e3x')",
         (12, -31, 3, 7, 1500)),
        ("js.Math.max(1, 2), js.Math.min(1, 2), js.Math.max(), js.Math.round(2.5), js.Math.round(-2.5), "
        "js.Math.sign(-3), js.Math.trunc(1.7)",
         (2, 1, -math.inf, 3, -2, -1, 1)),
        ("js.Math.pow(2, 3), js.Math.hypot(3, 4), js.Math.log(0), js.Math.floor(-1.5), js.Math.exp(1000), "
        "js.Math.cbrt(27)",
         (8, 5, -math.inf, -2, math.inf, 3)),
        ("0 <= js.Math.random() < 1, js.Math.PI, js.Math.round(inf)", (True, math.pi, math.inf)),
    ],
)  # fmt: skip
def test_values(question, answer):
    assert ask(question) == answer


@pytest.mark.parametrize(
    "question",
    [
        "js.Number('x')",
        "js.Math.sqrt(-1)",
        "js.Math.max(js.NaN)",
        "js.parseInt('z')",
        "js.parseInt('1', 99)",
        "js.parseFloat('x')",
    ],
)
def test_not_a_number(question):
    assert math.isnan(ask(question))


def test_faults():
    refuses(
        "js.BigInt(1.5)",
        "RangeError: The number 1.5 cannot be converted to a BigInt because it is not an integer",
    )
    refuses("js.BigInt('x')", "SyntaxError: Cannot convert x to a BigInt")

"""``Date``."""

import math

import pytest

from doris.js import DateObject
from doris.js.dates import parse

from .ask import ask, refuses


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("js.Date.new(0).toISOString(), js.Date.new('2024-01-02').getTime()", ("1970-01-01T00:00:00.000Z",
        1704153600000)),
        ("js.Date.new(2024, 0, 2).getTime(), js.Date.UTC(2024, 0, 31, 25), js.Date.UTC(99, 12)",
        (1704153600000, 1706749200000, 946684800000)),
        ("str(js.Date.new(0)), js.Date.new(0).toUTCString(), js.Date.new(0).toString()[:3]",
         ("Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)", "Thu, 01 Jan 1970 00:00:00 GMT",
         "Thu")),
        ("js.Date.new(0).toJSON(), repr(js.Date.new('x').toJSON()), str(js.Date.new('x')), "
        "js.Date.new('x').toUTCString()",
         ("1970-01-01T00:00:00.000Z", "jsnull", "Invalid Date", "Invalid Date")),
        ("d = js.Date.new(1234567890123)\n(d.getFullYear(), d.getUTCMonth(), d.getDate(), d.getDay(), "
        "d.getHours(), d.getMinutes(), d.getSeconds(), "
         "d.getUTCMilliseconds(), d.getTimezoneOffset())", (2009, 1, 13, 5, 23, 31, 30, 123, 0)),
        ("js.Date.new(js.Date.new(5)).getTime(), js.Date.new(1.9).valueOf(), js.Date.new(jsnull).getTime()",
        (5, 1, 0)),
        ("d = js.Date.new(0)\n(d.setTime(7), d.getTime())", (7, 7)),
        ("js.Date.now() > 1e12, js.Date.new().getTime() > 1e12, js.Date()[:1] in 'SMTWF'", (True, True,
        True)),
    ],
)  # fmt: skip
def test_dates(question, answer):
    assert ask(question) == answer


@pytest.mark.parametrize(
    ("text", "millis"),
    [
        ("2024-01-02T03:04:05.678Z", 1704164645678),
        ("2024-01-02T03:04:05+02:00", 1704157445000),
        ("2024-01-02T03:04", 1704164640000),
        ("2024", 1704067200000),
        ("2024-02", 1706745600000),
        ("2024-01-01T24:00:00Z", 1704153600000),
        ("+002024-01-02", 1704153600000),
        ("Thu, 01 Jan 1970 00:00:01 GMT", 1000),
        ("1 Jan 1970 00:00:01", 1000),
    ],
)
def test_parse(text, millis):
    assert parse(text) == millis


@pytest.mark.parametrize("text", ["", "x", "2024-13-01", "2024-01-02T25:00Z"])
def test_text_that_is_no_date(text):
    assert math.isnan(parse(text))


def test_invalid_dates():
    assert math.isnan(DateObject(8.64e15 + 1).time)
    assert math.isnan(ask("js.Date.new(js.NaN, 1).getTime()"))
    assert math.isnan(ask("js.Date.new('x').getFullYear()"))
    assert math.isnan(ask("js.Date.new(1e9, 1).getTime()"))
    assert DateObject(8.64e15).parts() is None
    refuses("js.Date.new('x').toISOString()", "RangeError: Invalid time value")


def test_the_clock_can_be_replaced(monkeypatch):
    monkeypatch.setattr(DateObject, "now_ms", staticmethod(lambda: 5.5))
    assert ask("js.Date.now(), js.Date.new().getTime()") == (5, 5)

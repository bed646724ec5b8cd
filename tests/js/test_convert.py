"""The boundary: numbers, text, nothing, and objects that come back."""

import http

import pytest

from doris.js import BigInt, JSObject, PyProxy, null, to_js_value, to_py_value

from .ask import ask


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (1.0, 1),
        (1.5, 1.5),
        (2.0**53, 2.0**53),
        (-0.0, 0),
        (2**53, float(2**53)),
        ("a", "a"),
        (True, True),
        (None, None),
        (1e300, 1e300),
    ],
)
def test_numbers_for_python(value, seen):
    got = to_py_value(value)
    assert got == seen
    assert type(got) is type(seen)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (2**53 - 2, int),
        (2**53 - 1, BigInt),
        (1 - 2**53, BigInt),
        (2**53, BigInt),
        (-(2**60), BigInt),
        (1.0, float),
        (True, bool),
        (http.HTTPStatus.OK, int),
        (http.HTTPMethod.GET, str),
    ],
)
def test_numbers_for_javascript(value, kind):
    got = to_js_value(value)
    assert type(got) is kind
    assert got == value


def test_floats_of_other_classes():
    class Celsius(float):
        pass

    assert type(to_js_value(Celsius(1.5))) is float


def test_nothing():
    assert to_js_value(null) is null
    assert to_py_value(null) is null
    assert to_js_value(None) is None


def test_objects_come_back_as_they_went():
    value = object()
    proxy = to_js_value(value)
    assert isinstance(proxy, PyProxy)
    assert to_py_value(proxy) is value
    assert ask("o = O(a=1)\njs.Object.assign(o) == o")


def test_an_object_of_the_javascript_world_is_let_through():
    class Thing(JSObject, name="Thing"):
        pass

    thing = Thing()
    assert to_js_value(thing) is thing


def test_a_kept_proxy_comes_back_as_a_proxy():
    assert ask("p = create_proxy(Point())\ntype(js.Array.of(p)[0]).__name__") == "JsProxy"

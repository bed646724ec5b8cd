"""Which exception a throw becomes."""

import pytest

from doris.js import Throw, raised

from .ask import names


@pytest.mark.parametrize(
    ("value", "tag", "constructor"),
    [
        ("x", "String", "undefined"),
        (5, "Number", "undefined"),
        (True, "Boolean", "undefined"),
        (None, "Undefined", "undefined"),
    ],
)
def test_throwing_what_is_no_error(value, tag, constructor):
    text = str(raised(Throw(value)))
    assert f"with tag [object {tag}] was thrown as an error!" in text
    assert f"constructor name {constructor}." in text


def test_throwing_an_object():
    text = str(raised(Throw(names()["O"](a=1)._js)))
    assert 'String interpolation of the thrown value gives """[object Object]""".' in text
    assert "constructor name Object." in text

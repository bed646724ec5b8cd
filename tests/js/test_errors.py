"""Error objects and thrown values."""

import pytest

from doris.js import (
    ErrorObject,
    PythonErrorObject,
    Throw,
    dom_exception,
    error,
    proxy_of,
    range_error,
    syntax_error,
    thrown,
    type_error,
)

from .ask import ask, refuses


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (type_error("m"), "TypeError: m"), (range_error("m"), "RangeError: m"), (syntax_error("m"),
        "SyntaxError: m"), (error("m"), "Error: m"),
        (error("m", name="Odd"), "Odd: m"), (error("m", name="URIError"), "URIError: m"),
        (dom_exception("m", "AbortError"), "AbortError: m"),
    ],
)  # fmt: skip
def test_text(made, text):
    assert str(made) == text
    assert made.value.js_get("stack").startswith(text)


def test_parts_of_an_error():
    assert ask("js.Error.new('m').name, js.Error.new('m').message, js.TypeError.new('q').name, "
    "js.Error.new().toString()") == (
        "Error", "m", "TypeError", "Error",
    )  # fmt: skip
    assert ask("js.Error.new('m', cause=5).cause, hasattr(js.Error.new('m'), 'cause')") == (5, False)
    assert ask("js.Object.keys(js.Error.new('m')).to_py(), js.JSON.stringify(js.Error.new('m'))") == (
        [],
        "{}",
    )
    assert ask("js.Error('called').message") == "called"


def test_an_error_with_an_empty_name():
    made = ErrorObject("m")
    made.js_set("name", "")
    assert made.js_to_string() == "m"


def test_dom_exceptions():
    assert ask("e = js.DOMException.new('m', 'AbortError')\n(e.name, e.message, e.code, str(e))") == (
        "AbortError", "m", 20, "AbortError: m",
    )  # fmt: skip
    assert ask("js.DOMException.new('m', O(name='Odd')).code") == 0
    assert ask("js.DOMException.new().name") == "Error"


def test_extra_properties():
    assert error("m", code=5).value.js_get("code") == 5


def test_what_an_exception_stands_for():
    value = ErrorObject("m")
    assert thrown(Throw(value)) is value
    assert thrown(proxy_of(value)) is value
    made = thrown(ValueError("v"))
    assert isinstance(made, PythonErrorObject)
    assert made.js_get("type") == "ValueError"
    assert made.message.endswith("ValueError: v\n")


def test_javascript_sees_a_python_error():
    refuses("js.Array.of(1).map(boom)", "boom", ValueError)

"""What an object can do."""

import pytest

from .ask import ask, refuses


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("callable(js.parseInt), callable(O()), isinstance(js.parseInt, JsCallable)", (True, False, True)),
        (
            "isinstance(js.Map.new(), JsMap), isinstance(js.Map.new(), JsMutableMap), isinstance(O(), JsMap)",
            (True, True, False),
        ),
        (
            "isinstance(js.Error.new('x'), JsException), isinstance(js.Error.new('x'), Exception)",
            (True, True),
        ),
        (
            "isinstance(js.Uint8Array.new(2), JsTypedArray), isinstance(js.ArrayBuffer.new(2), JsTypedArray)",
            (True, False),
        ),
        ("isinstance(O(then=1), JsPromise), isinstance(js.Promise.resolve(1), JsPromise)", (False, False)),
        (
            "type(js.Object).__name__, type(J('[]')).__module__, type(js.Error.new('x')).__name__",
            ("JsProxy", "pyodide.ffi", "JsException"),
        ),
        (
            "bool(O()), bool(js.Map.new()), bool(js.Set.new()), bool(js.Uint8Array.new(0)), bool(js.Object), "
            "bool(O(length=0)), bool(O(size=0))",
            (True, False, False, False, True, True, False),
        ),
        ("len(O(length=3)), len(js.Set.new(J('[1]')))", (3, 1)),
    ],
)
def test_kinds(question, answer):
    assert ask(question) == answer


def test_what_is_not_there():
    refuses("O(a=1)['a']", "'pyodide.ffi.JsProxy' object is not subscriptable", TypeError)
    refuses("list(O())", "'pyodide.ffi.JsProxy' object is not iterable", TypeError)
    refuses("O().new()", "new", AttributeError)
    refuses("len(O(length='x'))", "object does not have a valid length", TypeError)

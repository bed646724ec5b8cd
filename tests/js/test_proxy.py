"""The proxy itself: attributes, identity, text."""

import copy
import pickle

import pytest

from .ask import ask, names, refuses


def test_attributes():
    question = """
o = O(a=1)
o.b = [1]
o.class_ = 1
o.from_ = 2
o.from__ = 3
del o.a
del o.nope
(js.Object.keys(o).to_py(), o.class_, hasattr(o, 'a'), getattr(o, 'from'))
"""
    assert ask(question) == (["b", "class", "from", "from_"], 1, False, 2)
    assert ask("O(a=None).a, hasattr(O(a=None), 'a')") == (None, True)
    refuses("O().zzz", "zzz", AttributeError)


def test_dir():
    assert ask("'a' in dir(O(a=1)), 'class_' in dir(js.Object.assign(O(), O(class_=1))), "
    "'set' in dir(js.Map.new())") == (
        True, False, True,
    )  # fmt: skip


def test_identity():
    assert ask("o = O(a=O())\n(o.a == o.a, o.a is o.a, o.a != O(), o == 5, o.a.js_id == o.a.js_id)") == (
        True,
        False,
        True,
        False,
        True,
    )
    refuses("hash(O())", "unhashable type: 'pyodide.ffi.JsProxy'", TypeError)
    refuses("O() < 5", "'<' not supported between instances of 'pyodide.ffi.JsProxy' and 'int'", TypeError)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("repr(J('[1,[2,3],null]')), str(O()), repr(js.parseInt), str(js.JSON)",
         ("1,2,3,", "[object Object]", "function parseInt() { [native code] }", "[object JSON]")),
        ("js.parseInt.typeof, O().typeof", ("function", "object")),
        ("O(a=1).object_keys().to_py(), O(a=1).object_values().to_py(), O(a=1).object_entries().to_py()",
        (["a"], [1], [["a", 1]])),
    ],
)  # fmt: skip
def test_text(question, answer):
    assert ask(question) == answer


def test_own_text():
    assert ask("o = O(toString=create_proxy(lambda: 'mine'))\nstr(o)") == "mine"


def test_it_cannot_be_made_or_pickled():
    scope = names()
    with pytest.raises(TypeError, match="JsProxy cannot be instantiated directly"):
        scope["JsProxy"]()
    with pytest.raises(TypeError, match="cannot pickle 'JsProxy' object"):
        pickle.dumps(scope["O"]())
    with pytest.raises(TypeError, match="cannot pickle"):
        copy.copy(scope["O"]())


def test_reading_a_getter_that_throws():
    refuses(
        "o = O()\njs.Object.defineProperty(o, 'x', O(get=js.parseInt.new))\no.x",
        "TypeError: function parseInt() { [native code] } is not a constructor",
    )


def test_the_constructor_and_prototype_of_classes():
    assert ask(
        "js.Map.prototype.constructor.name, js.Map.constructor.name, js.Map.new().constructor == js.Map"
    ) == ("Map", "Function", True)

"""Functions, interface objects and prototypes."""

import pytest

from doris.js import JSFunction, NativeFunction, Throw, native

from .ask import ask, refuses


def test_call_apply_bind():
    assert ask("js.parseInt.call(None, '5'), js.parseInt.apply(None, J('[\"6\"]')), js.parseInt.apply(None)")[
        :2
    ] == (5, 6)
    assert ask("js.Array.prototype.slice.call(J('[1,2,3]'), 1).to_py()") == [2, 3]
    assert ask("js.Array.prototype.map.bind(J('[1,2]'))(lambda x, *rest: x * 2).to_py()") == [2, 4]


def test_names_and_text():
    assert ask("js.Object.name, repr(js.parseInt), repr(js.Map)") == (
        "Object", "function parseInt() { [native code] }", "function Map() { [native code] }",
    )  # fmt: skip


def test_calling_a_class_without_new():
    refuses("js.Map()", "TypeError: Constructor Map requires 'new'")
    refuses("js.Promise(1)", "TypeError: Promise constructor cannot be invoked without 'new'")


def test_a_function_is_no_constructor():
    refuses("js.parseInt.new(1)", "TypeError: function parseInt() { [native code] } is not a constructor")
    with pytest.raises(Throw, match="is not a constructor"):
        NativeFunction("", lambda this: None).js_construct()


def test_a_class_without_a_constructor():
    refuses("js.Math.constructor.new()", "TypeError: Illegal constructor")


def test_the_base_cannot_be_called():
    with pytest.raises(NotImplementedError):
        JSFunction().js_call(None)


def test_object_prototype_members():
    assert ask("O(a=1).hasOwnProperty('a'), O(a=1).hasOwnProperty('b'), O().toString(), "
    "O(a=1).valueOf().a") == (
        True, False, "[object Object]", 1,
    )  # fmt: skip
    assert ask("js.Array.prototype.isPrototypeOf(J('[]')), js.Map.prototype.isPrototypeOf(J('[]'))") == (
        True,
        False,
    )
    assert ask("js.Object.prototype.toString.call(None), js.Object.prototype.toString.call(jsnull)") == (
        "[object Undefined]", "[object Null]",
    )  # fmt: skip


def test_statics_are_inherited_and_not_enumerable():
    assert ask("js.Uint8Array.from_(J('[1,2]')).to_bytes(), js.Object.keys(js.Promise).to_py()") == (
        b"\x01\x02",
        [],
    )


def test_native_drops_extra_arguments():
    assert native("f", lambda a=None: a).js_call(None, 1, 2) == 1

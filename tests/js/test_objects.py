"""The object model: properties, prototypes, frozen objects, the order of keys."""

import pytest

from doris.js import BigInt, JSArray, JsNull, JSObject, PlainObject, Symbol, Throw, iterate, null
from doris.js.objects import Accessor, is_array_index, order_keys

from .ask import ask, refuses


def test_null_is_one():
    assert JsNull() is null
    assert not null
    assert repr(null) == "jsnull"
    assert null.typeof == "object"


def test_bigints_stay_bigints():
    assert type(BigInt(2) * 3) is BigInt
    assert type(-BigInt(2)) is BigInt
    assert BigInt(7) // 2 == 3
    assert BigInt.__name__ == "JsBigInt"


def test_order_of_keys():
    assert order_keys(["b", "1", "a", "0"]) == ["0", "1", "b", "a"]
    assert [is_array_index(key) for key in ("0", "10", "01", "-1", "", Symbol())] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


def test_properties():
    made = PlainObject({"a": 1})
    made.js_set("b", 2)
    assert made.js_own_keys() == ["a", "b"]
    assert made.js_has("a")
    assert not made.js_has("c")
    assert made.js_delete("a")
    assert made.js_delete("a")
    assert made.js_get("a") is None


def test_accessors():
    seen = []
    made = PlainObject()
    made._props["x"] = Accessor(lambda this: 7, lambda this, value: seen.append(value))
    made._props["silent"] = Accessor(None, None)
    made.js_set("x", 5)
    made.js_set("silent", 5)
    assert made.js_get("x") == 7
    assert made.js_get("silent") is None
    assert seen == [5]


def test_prototypes():
    base = PlainObject({"a": 1})
    made = PlainObject()
    made._proto = base
    assert made.js_get("a") == 1
    assert made.js_has("a")
    made._proto = null
    assert made.js_get("toString") is None
    assert not made.js_has("toString")


def test_frozen():
    refuses("o = js.Object.freeze(O(a=1))\no.__setattr__('a', 2)",
            "TypeError: Cannot assign to read only property 'a' of object '#<Object>'")  # fmt: skip
    refuses("o = js.Object.freeze(O(a=1))\no.__setattr__('b', 2)",
            "TypeError: Cannot add property b, object is not extensible")  # fmt: skip
    refuses(
        "o = js.Object.freeze(O(a=1))\no.__delattr__('a')",
        "TypeError: Cannot delete property 'a' of #<Object>",
    )
    assert ask(
        "js.Object.isFrozen(js.Object.freeze(O())), js.Object.isFrozen(O()), js.Object.isFrozen(1)"
    ) == (True, False, True)


def test_iteration():
    assert list(iterate("ab")) == ["a", "b"]
    assert list(iterate(JSArray([1, 2]))) == [1, 2]
    with pytest.raises(Throw, match="object is not iterable"):
        list(iterate(PlainObject()))
    with pytest.raises(Throw, match="number is not iterable"):
        list(iterate(5))


def test_iteration_with_the_protocol_itself():
    from doris.js import NativeFunction

    steps = iter([PlainObject({"done": False, "value": 1}), PlainObject({"done": True, "value": 9})])
    made = PlainObject()
    iterator = PlainObject({"next": NativeFunction("next", lambda this: next(steps))})
    made.js_set(Symbol.iterator, NativeFunction("make", lambda this: iterator))
    assert list(iterate(made)) == [1]


def test_repr_names_the_interface():
    class Thing(JSObject, name="Thing"):
        pass

    assert repr(Thing()) == "<JavaScript Thing>"
    assert Thing().js_to_string() == "[object Thing]"

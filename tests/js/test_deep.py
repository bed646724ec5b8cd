"""Deep conversion in both directions."""

import pytest

from doris.js.deep import ConversionError

from .ask import ask, refuses


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("to_js({'a': {'b': [1, (2, 3), {4}]}}).a.b[1].to_py()", [2, 3]),
        ("js.JSON.stringify(to_js({'a': 1, 2: 3, None: 4}))", '{"2":3,"a":1,"undefined":4}'),
        ("to_js({1, 2}).to_py(), to_js((1, 2)).to_py()", ({1, 2}, [1, 2])),
        ("to_js(frozenset({1})).type, to_js(range(3)).type", ("frozenset", "range")),
        (
            "to_js(b'ab').to_bytes(), to_js(bytearray(b'ab')).to_bytes(), "
            "to_js(memoryview(b'ab')).to_bytes()",
            (b"ab", b"ab", b"ab"),
        ),
        ("to_js([1, {'a': 1}], depth=1)[1]", {"a": 1}),
        ("to_js(Point()).x, to_js([Point()])[0].x", (1, 1)),
        ("l = [1]\nl.append(l)\nto_js(l)[1][1][0]", 1),
        ("d = {}\nd['me'] = d\nto_js(d).me.me.constructor.name", "Object"),
        ("o = O(a=1)\nto_js(o) == o, to_js([o])[0] == o", (True, True)),
        ("a = js.Array.new()\n(to_js([Point(), Point()], pyproxies=a).length, a.length)", (2, 2)),
        ("to_js(Point(), default_converter=lambda o, convert, cache: 'other')", "other"),
        ("to_js([Point()], default_converter=lambda o, convert, cache: convert({'k': 2}))[0].k", 2),
        ("to_js([Point()], default_converter=lambda o, convert, cache: o)[0].x", 1),
        ("to_js({'a': 1}, dict_converter=js.Map.new).get('a')", 1),
        ("js.Array.from_(to_js({'a': 1}, dict_converter=js.Array.from_)).to_py()", [["a", 1]]),
        (
            "to_js([1, [2]], eager_converter=lambda o, convert, "
            "cache: convert(o) if o != [2] else 'two').to_py()",
            [1, "two"],
        ),
        ("to_js(2**60), to_js(True), to_js(None), to_js('x')", (2**60, True, None, "x")),
    ],
)
def test_to_js(question, answer):
    assert ask(question) == answer


def test_to_js_faults():
    refuses("to_js({(1, 2): 3})", "Cannot use (1, 2) as a key for a Javascript Map", ConversionError)
    refuses("to_js({(1, 2)})", "Cannot use (1, 2) as a value in a Javascript Set", ConversionError)
    refuses("to_js(Point(), create_pyproxies=False)", "No conversion known for x.", ConversionError)
    refuses(
        "to_js({'a': 1}, dict_converter=js.parseFloat.new)",
        "TypeError: function parseFloat() { [native code] } is not a constructor",
    )


def test_a_shared_object_is_converted_once():
    assert ask("p = Point()\na = to_js([p, p])\na[0] == a[1]")
    assert (
        ask(
            "seen = []\np = Point()\nto_js([p, p], default_converter=lambda o, c, "
            "cache: seen.append(o) or 'x') and len(seen)"
        )
        == 1
    )
    question = (
        "p = Point()\nto_js([p], default_converter=lambda o, convert, cache: cache(o, 'kept') or 'given')[0]"
    )
    assert ask(question) == "given"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("O(a=1, b=None).to_py(), J('{\"a\":null}').to_py()['a']", ({"a": 1, "b": None}, None)),
        ('J(\'{"a":{"b":[1,{"c":2}]}}\').to_py()', {"a": {"b": [1, {"c": 2}]}}),
        ("J('[[1]]').to_py(depth=1)[0].to_py()", [1]),
        ("js.Map.new(J('[[1,2],[\"1\",3]]')).to_py(), js.Set.new(J('[1]')).to_py()", ({1: 2, "1": 3}, {1})),
        (
            "js.Uint16Array.new(J('[1,2]')).to_py().format, js.ArrayBuffer.new(2).to_py().tolist()",
            ("H", [0, 0]),
        ),
        ("O(f=js.parseInt).to_py()['f']('7')", 7),
        ("js.Date.new(0).to_py().getTime()", 0),
        ("O(d=js.Date.new(0)).to_py(default_converter=lambda v, convert, cache: v.getTime())['d']", 0),
        (
            "O(d=js.Date.new(0)).to_py(default_converter=lambda v, convert, cache: convert(O(k=1)))['d']",
            {"k": 1},
        ),
        (
            "O(d=js.Date.new(0)).to_py(default_converter=lambda v, convert, cache: cache(v, 1) or 'x')['d']",
            "x",
        ),
        ("o = O()\no.me = o\no.to_py()['me']['me'] is not None", True),
        ("js.Object.create(O(a=1)).to_py(), js.Object.create(jsnull).to_py()", ({}, {})),
    ],
)
def test_to_py(question, answer):
    if "null" in question and answer == ({"a": 1, "b": None}, None):
        first, second = ask(question)
        assert first == answer[0]
        assert repr(second) == "jsnull"
        return
    assert ask(question) == answer


def test_to_py_faults():
    refuses(
        "js.Map.new(J('[[{\"a\":1},2]]')).to_py()",
        "Error: Cannot use key of type Object as a key to a Python dict",
    )
    refuses("js.Set.new(J('[[1]]')).to_py()", "Error: Cannot use key of type Array as a key to a Python set")

"""``Object``, ``Reflect`` and the functions of the global object."""

import pytest

from .ask import ask, refuses


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("js.Object.keys(O(a=1, b=2)).to_py(), js.Object.values(O(a=1)).to_py(), "
        "js.Object.entries(O(a=1)).to_py()",
         (["a", "b"], [1], [["a", 1]])),
        ("js.Object.assign(O(a=1), O(b=2), None).to_py(), js.Object.fromEntries([('a', 1)]).to_py()",
        ({"a": 1, "b": 2}, {"a": 1})),
        ("js.Object.fromEntries({'a': 1}.items()).to_py(), js.Object.is_(js.NaN, js.NaN), "
        "js.Object.hasOwn(O(a=1), 'a')", ({"a": 1}, True, True)),
        ("js.Object.create(O(a=1)).a, js.Object.create(jsnull, O(b=O(value=2))).b", (1, 2)),
        ("js.Object.getPrototypeOf(O()).constructor.name, repr(js.Object.getPrototypeOf(5))", ("Object",
        "jsnull")),
        ("o = O(a=1)\njs.Object.getPrototypeOf(js.Object.setPrototypeOf(O(), o)) == o", True),
        ("js.Object.getOwnPropertyNames(O(a=1)).to_py(), js.Object.seal(O(a=1)).a", (["a"], 1)),
        ("js.Object(5).constructor.name, js.Object('x').constructor.name, js.Object(True).constructor.name, "
        "js.Object.new().constructor.name",
         ("Number", "String", "Boolean", "Object")),
        ("o = O()\njs.Object.defineProperty(o, 'x', O(get=create_proxy(lambda: 7)))\no.x", 7),
        ("seen = []\no = O()\njs.Object.defineProperty(o, 'x', "
        "O(set=create_proxy(seen.append)))\no.x = 3\n(seen, o.x)", ([3], None)),
        ("js.Reflect.ownKeys(O(a=1)).to_py(), js.Reflect.has(O(a=1), 'a'), js.Reflect.get(O(a=1), 'a')",
        (["a"], True, 1)),
        ("o = O()\n(js.Reflect.set(o, 'a', 1), o.a, js.Reflect.deleteProperty(o, 'a'), "
        "js.Reflect.getPrototypeOf(o).constructor.name)",
         (True, 1, True, "Object")),
        ("js.Reflect.apply(js.parseInt, None, J('[\"5\"]')), js.Reflect.construct(js.Map, J('[]')).size",
        (5, 0)),
        ("js.isNaN('x'), js.isFinite(1), js.globalThis == js, js.self == js", (True, True, True, True)),
        ("js.encodeURIComponent(\"a b&c/é☃'()*!~\"), js.encodeURI('a b&c/é?#')",
        ("a%20b%26c%2F%C3%A9%E2%98%83'()*!~", "a%20b&c/%C3%A9?#")),
        ("js.decodeURIComponent('%C3%A9%20+'), js.decodeURI('%2Fa%20')", ("é +", "%2Fa ")),
        ("js.WeakRef.new(O(a=1)).deref().a, O(a=2).to_weakref().deref().a", (1, 2)),
    ],
)  # fmt: skip
def test_values(question, answer):
    assert ask(question) == answer


def test_faults():
    refuses("js.Object.keys(None)", "TypeError: Cannot convert undefined or null to object")
    refuses("js.decodeURIComponent('%zz')", "URIError: URI malformed")
    refuses("js.encodeURIComponent('\\ud800')", "URIError: URI malformed")
    refuses("js.WeakRef.new(5)", "TypeError: WeakRef: target must be an object")
    refuses("js.nope", "nope", AttributeError)

"""What a proxy can do is what its object can do."""

import asyncio
import contextlib

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


def test_a_map_is_a_mapping_whose_keys_python_iterates():
    question = """
m = js.Map.new(J('[["a",1],["b",2]]'))
m["c"] = 3
m.update({"d": 4}); m.setdefault("e", 5)
del m["b"]
read = (list(m), len(m), m["a"], "a" in m, "z" in m, dict(m), m.get("zz"), m.get("zz", 7))
read + (m.pop("a"), m.pop("nope", 1), list(m.keys()), list(m.items()))
"""
    assert ask(question) == (
        ["a", "c", "d", "e"],
        4,
        1,
        True,
        False,
        {"a": 1, "c": 3, "d": 4, "e": 5},
        None,
        7,
        1,
        1,
        ["c", "d", "e"],
        [("c", 3), ("d", 4), ("e", 5)],
    )
    refuses("js.Map.new()['z']", "'z'", KeyError)
    refuses("js.Map.new().pop('z')", "'z'", KeyError)
    refuses("js.Map.new().__delitem__('z')", "'z'", KeyError)
    assert ask("m = js.Map.new(J('[[1,2]]'))\nm.clear()\nlen(m)") == 0


def test_sets_and_containers():
    assert ask("s = js.Set.new(J('[1,2]'))\n(list(s), 1 in s, 9 in s)") == ([1, 2], True, False)
    assert ask("O(includes=js.parseInt).includes('5'), 7 in O(includes=js.parseInt)") == (5, True)


def test_what_is_not_there():
    refuses("O(a=1)['a']", "'pyodide.ffi.JsProxy' object is not subscriptable", TypeError)
    refuses("list(O())", "'pyodide.ffi.JsProxy' object is not iterable", TypeError)
    refuses("O().new()", "new", AttributeError)
    refuses("len(O(length='x'))", "object does not have a valid length", TypeError)


def test_iterators():
    question = "i = J('[1]').values()\n(iter(i) is i, next(i), list(i))"
    assert ask(question) == (True, 1, [])


def test_async_iteration():
    question = """
from doris.js import JSArray, JSObject, NativeFunction, PlainObject, Promise, Symbol, proxy_of
steps = [PlainObject({"done": False, "value": 1}), PlainObject({"done": False, "value": 2})]
steps.append(PlainObject({"done": True, "value": None}))
iterator = PlainObject({"next": NativeFunction("next", lambda this: Promise.resolved(steps.pop(0)))})
iterable = PlainObject()
iterable.js_set(Symbol.async_iterator, NativeFunction("it", lambda this: iterator))
p = proxy_of(iterable)
[x async for x in p]
"""
    assert ask(question) == [1, 2]


def test_an_async_iterator_itself():
    question = """
from doris.js import NativeFunction, PlainObject, Promise, Symbol, proxy_of
steps = [PlainObject({"done": False, "value": 1}), PlainObject({"done": True, "value": None})]
iterator = PlainObject({"next": NativeFunction("next", lambda this: Promise.resolved(steps.pop(0)))})
iterator.js_set(Symbol.async_iterator, NativeFunction("it", lambda this: iterator))
p = proxy_of(iterator)
([x async for x in p], p.__aiter__() is p)
"""
    assert ask(question) == ([1], True)


def test_object_maps_write_through():
    question = """
o = O(a=1)
m = o.as_object_map()
m["b"] = 2
del m["a"]
(m["b"], len(m), list(m), "b" in m, dict(m.items()), o.b, hasattr(o, "a"), m.pop("b"), m.clear())
"""
    assert ask(question) == (2, 1, ["b"], True, {"b": 2}, 2, False, 2, None)
    refuses("O(a=1).as_object_map()['z']", "'z'", KeyError)
    refuses("O(a=1).as_object_map().__delitem__('z')", "'z'", KeyError)


def test_json_views():
    assert ask(
        "v = O(a=O(b=J('[1]'))).as_py_json()\n(v['a']['b'][0], list(v), J('5'), "
        "O(f=js.parseInt).as_py_json()['f']('7'))"
    ) == (
        1,
        ["a"],
        5,
        7,
    )


def test_promises_can_be_awaited_again():
    question = (
        "p = js.Promise.resolve(3)\n(await p, await p, await p.finally_(lambda: 9), "
        "await p.catch(lambda e: 1), await p.then(lambda x: x + 1))"
    )
    assert ask(question) == (3, 3, 3, 3, 4)
    question = (
        "p = js.Promise.withResolvers()\np.resolve(3)\np = p.promise\n(isinstance(p, JsPromise), "
        "await p, await p, await p.then(lambda x: x + 1), await p.catch(print), await p.finally_(lambda: 0))"
    )
    assert ask(question) == (True, 3, 3, 4, 3, 3)


def test_exceptions():
    assert ask("str(JsException('a', 'b')), JsException('a', 'b').name, JsException('a', 'b').message") == (
        "a: b",
        "a",
        "b",
    )
    assert ask("js.RangeError.new('r').args[0].name, repr(js.RangeError.new('r'))") == (
        "RangeError",
        "RangeError: r",
    )
    refuses("await js.Promise.reject(js.Error.new('m'))", "Error: m")


def test_an_exception_goes_through_context_managers():
    @contextlib.contextmanager
    def managed():
        yield

    async def run():
        with managed():
            raise ask_error()

    def ask_error():
        return asyncio_free("js.Error.new('m')")

    def asyncio_free(question):
        from .ask import names

        return eval(question, names())

    with pytest.raises(Exception, match="Error: m"):
        asyncio.run(run())


def test_double_proxies():
    question = (
        "p = create_proxy(Point())\n(p.x, p.double(), repr(p), p.unwrap().x, isinstance(p, "
        "JsDoubleProxy), p.destroy())"
    )
    assert ask(question) == (1, 2, "<Point>", 1, True, None)
    refuses(
        "p = create_proxy(Point())\np.destroy()\np.unwrap()",
        "Error: Object has already been destroyed\n"
        "For more information about the cause of this error, use `pyodide.setDebug(true)`",
    )

"""What a proxy can do is what its object can do."""

import asyncio
import contextlib

import pytest

from .ask import ask, refuses


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

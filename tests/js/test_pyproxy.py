"""Python objects as JavaScript sees them."""

import pytest

from doris.js import (
    PyProxy,
    Symbol,
    Throw,
    call,
    construct,
    drain,
    get,
    has,
    iterate,
    own_keys,
    promise_of,
    set_,
    to_string,
)

from .ask import ask, globals_of, refuses


def test_attributes():
    point = globals_of()["Point"]()
    proxy = PyProxy(point)
    assert get(proxy, "x") == 1
    assert get(proxy, "$x") == 1
    assert get(proxy, "nothing") is None
    assert get(proxy, Symbol("odd")) is None
    set_(proxy, "y", 2)
    assert point.y == 2
    proxy.js_delete("y")
    proxy.js_delete("never")
    assert not hasattr(point, "y")
    assert has(proxy, "x")
    assert not has(proxy, "y")
    assert own_keys(proxy) == []
    assert to_string(proxy) == "<Point>"
    assert get(get(proxy, "constructor"), "name") == "PyProxy"


def test_calls():
    proxy = PyProxy(lambda a, b=2: a + b)
    assert call(proxy, None, 1) == 3
    assert construct(proxy, 1) == 3


def test_a_python_fault_is_thrown():
    def fail():
        raise ValueError("v")

    with pytest.raises(Throw, match="PythonError: Traceback"):
        call(PyProxy(fail))


def test_what_is_thrown_inside_goes_on():
    from doris.js import type_error

    def fail():
        raise type_error("inner")

    with pytest.raises(Throw, match="TypeError: inner"):
        call(PyProxy(fail))


def test_containers():
    target = {"a": 1}
    proxy = PyProxy(target)
    assert call(get(proxy, "get"), proxy, "a") == 1
    assert call(get(proxy, "get"), proxy, "zz") is None
    call(get(proxy, "set"), proxy, "b", 2)
    call(get(proxy, "delete"), proxy, "a")
    assert target == {"b": 2}
    assert call(get(proxy, "has"), proxy, "b") is True
    assert get(proxy, "length") == 1
    assert list(iterate(proxy)) == ["b"]
    assert own_keys(proxy) == ["b"]
    assert get(PyProxy([5, 6]), "1") == 6
    assert get(PyProxy(5), "length") is None
    assert get(PyProxy(5), "get") is None
    assert get(PyProxy(5), "set") is None
    assert get(PyProxy(5), "delete") is None
    assert get(PyProxy(5), "has") is None
    assert get(PyProxy(5), "next") is None
    assert get(PyProxy("s"), Symbol.iterator) is None


def test_iterators():
    proxy = PyProxy(x for x in [1])
    step = get(proxy, "next")
    assert get(call(step, proxy), "value") == 1
    assert get(call(step, proxy), "done") is True


def test_methods_of_the_proxy():
    proxy = PyProxy({"a": [1]})
    assert get(call(get(proxy, "toJs"), proxy), "a").items == [1]
    assert get(proxy, "type") == "dict"
    assert call(get(proxy, "toString"), proxy) == "{'a': [1]}"
    copy = call(get(proxy, "copy"), proxy)
    call(get(proxy, "destroy"), proxy)
    assert get(copy, "type") == "dict"
    with pytest.raises(Throw, match="Object has already been destroyed"):
        get(proxy, "type")
    assert not proxy.is_callable


def test_buffers():
    assert get(PyProxy(5), "getBuffer") is None
    assert get(call(get(PyProxy(b"ab"), "getBuffer")), "data").tobytes() == b"ab"


def test_awaitables_are_thenables():
    assert get(PyProxy(5), "then") is None
    assert ask("await js.Promise.resolve(create_proxy(later(3)))") == 3
    refuses_text = "await js.Promise.resolve(create_proxy(asyncio.sleep(0, 3)))"
    assert ask(refuses_text) == 3


def test_promises_of_awaitables():
    import asyncio

    async def run():
        async def fail():
            raise ValueError("v")

        failed = promise_of(fail())
        done = promise_of(asyncio.sleep(0, 5))
        cancelled_future = asyncio.get_running_loop().create_future()
        cancelled = promise_of(cancelled_future)
        cancelled_future.cancel()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        drain()
        failed.then_(print, lambda reason: None)
        return failed.value.js_get("type"), done.value, cancelled.value.js_get("type")

    assert asyncio.run(run()) == ("ValueError", 5, "CancelledError")


def test_a_once_callable_is_called_once():
    assert ask("create_once_callable(lambda: 7)()") == 7
    refuses("f = create_once_callable(lambda: 7)\nf()\nf()", "Error: OnceProxy can only be called once")

"""A realm is one global object."""

import asyncio

from doris.js import Realm, native, proxy_of, to_js_value

from .ask import ask


def test_realms_are_apart():
    one, other = Realm(), Realm()
    one.define("mine", native("mine", lambda: 5))
    assert proxy_of(one.global_object).mine() == 5
    assert not hasattr(proxy_of(other.global_object), "mine")


def test_queue_microtask_runs_after_the_current_code():
    question = """
seen = []
js.queueMicrotask(create_proxy(lambda: seen.append(2)))
seen.append(1)
await asyncio.sleep(0)
seen
"""
    assert ask(question) == [1, 2]


def test_names_of_the_language():
    assert ask("js.Object.constructor.name, js.undefined, js.Infinity == inf") == ("Function", None, True)
    assert asyncio.run(_value()) == 1


async def _value():
    return to_js_value(1)

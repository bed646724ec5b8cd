"""Calls from Python: options from keyword arguments, borrowed proxies, exceptions on the way back."""

import pytest

from .ask import ask, names, refuses

BORROWED = (
    "Error: This borrowed proxy was automatically destroyed at the end of a function call. "
    "Try using create_proxy or create_once_callable.\n"
    "For more information about the cause of this error, use `pyodide.setDebug(true)`"
)


def test_keyword_arguments_become_one_options_object():
    assert ask("js.Object.keys(js.Array.of(1, a=2, b=3)[1]).to_py()") == ["a", "b"]
    assert ask("js.Error.new('m', cause=7).cause") == 7


def test_proxies_made_for_a_call_die_with_it():
    refuses("js.Array.of(Point())[0].x", BORROWED)
    assert ask("js.Array.of(create_proxy(Point()))[0].x") == 1
    refuses("js.Array.of(a=Point())[0].a.x", BORROWED)


def test_proxies_made_for_an_asynchronous_call_live_until_it_settles():
    question = "await js.Promise.resolve(1).then(lambda x: x + 1)"
    assert ask(question) == 2
    assert ask("await js.Promise.all(to_js([later(1), later(2)])) and 'both'") == "both"


def test_a_python_exception_comes_back_as_itself():
    refuses("js.Array.of(1).map(boom)", "boom", ValueError)


def test_through_a_promise_it_comes_as_a_javascript_error():
    with pytest.raises(names()["JsException"]) as caught:
        ask("await js.Promise.new(lambda ok, no: boom())")
    assert caught.value.name == "PythonError"
    assert caught.value.message.endswith("ValueError: boom\n")


def test_a_promise_without_a_loop_stays_a_proxy():
    js = names()["js"]
    assert type(js.Promise.resolve(1)).__name__ == "JsProxy"


def test_a_failed_call_releases_its_arguments():
    question = """
kept = []
try: js.Promise.new(5, Point())
except JsException as error: kept.append(str(error))
kept
"""
    *_, last = question.strip().split("\n")
    assert last == "kept"
    refuses("js.Promise.new(5, Point())", "TypeError: Promise resolver 5 is not a function")

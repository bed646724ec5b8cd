"""Arrays as Python sequences."""

import pytest

from .ask import ask, refuses


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("a[0], a[-1], a[1:].to_py(), a[::2].to_py(), len(a), list(a)", (1, 3, [2, 3], [1, 3], 3, [1, 2, 3])),
        ("2 in a, 9 in a, list(reversed(a)), (a + [4]).to_py(), (a * 2).to_py()",
         (True, False, [3, 2, 1], [1, 2, 3, 4], [1, 2, 3, 1, 2, 3])),
        ("a.index(2), a.count(2), bool(a), bool(J('[]'))", (1, 1, True, False)),
        ("isinstance(a, JsArray), isinstance(O(), JsArray), isinstance(js.Uint8Array.new(1), JsArray)",
        (True, False, True)),
        ("a.index(3, 1), [x for x in a.as_py_json()]", (2, [1, 2, 3])),
    ],
)  # fmt: skip
def test_reading(question, answer):
    assert ask("a = J('[1,2,3]')\n" + question) == answer


def test_writing():
    question = """
a = J('[1,2,3]')
a.append(4); a.extend([5, 6]); a.insert(0, 0); a.reverse()
a[0] = 9; a[1:2] = [7, 8]; del a[0]; del a[0:1]; a.remove(2)
(a.to_py(), a.pop(), a.pop(0))
"""
    assert ask(question) == ([8, 4, 3, 1, 0], 0, 8)


def test_faults():
    refuses("J('[1]')[5]", "5", IndexError)
    refuses("J('[1]')[-4]", "-4", IndexError)
    refuses("J('[1]')['a']", "list indices must be integers or slices, not str", TypeError)
    refuses("J('[1]').index(5)", "5 is not in list", ValueError)
    refuses("J('[1]').keys", "keys", AttributeError)
    refuses("J('[1]').clear", "clear", AttributeError)
    refuses(
        "js.Uint8Array.new(3)[0:2]",
        "Slice subscripting isn't implemented for typed arrays",
        NotImplementedError,
    )
    refuses("js.Uint8Array.new(3).append(1)", "a typed array has a fixed length", AttributeError)


def test_typed_arrays_are_written_in_place():
    assert ask("u = js.Uint8Array.new(2)\nu[1] = 257\nlist(u)") == [0, 1]
    refuses("u = js.Uint8Array.new(2)\nu.__delitem__(0)", "object doesn't support item deletion", TypeError)
    refuses(
        "u = js.Uint8Array.new(2)\nu.__setitem__(slice(0, 1), [1])",
        "Slice assignment isn't implemented for typed arrays",
        NotImplementedError,
    )


def test_a_dead_proxy_inside():
    question = "a = js.Array.new()\nto_js([Point()], pyproxies=a)\ndestroy_proxies(a)\na[0].x"
    refuses(question,
    "Error: Object has already been destroyed\nFor more information about the cause of this error, "
            "use `pyodide.setDebug(true)`")  # fmt: skip


def test_json_sequences():
    assert ask("J('[{\"a\":[1]}]').as_py_json()[0]['a'][0]") == 1

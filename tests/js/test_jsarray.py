"""Arrays, as JavaScript has them."""

import pytest

from .ask import ask, refuses


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("J('[3,1,2]').sort().to_py()", [1, 2, 3]),
        ("J('[3,10,2]').sort().to_py()", [10, 2, 3]),
        ("J('[3,10,2]').sort(lambda a, b: a - b).to_py()", [2, 3, 10]),
        ("J('[1,2,3]').filter(lambda x, *rest: x > 1).to_py()", [2, 3]),
        ("J('[1,2,3]').find(lambda x, *rest: x > 1)", 2),
        ("J('[1,2,3]').some(lambda x, *rest: x > 2), J('[1]').every(lambda x, *rest: x > 2)", (True, False)),
        (
            "J('[1,2]').reduce(lambda a, b, *rest: a + b, 10), J('[1,2]').reduce(lambda a, b, *rest: a + b)",
            (13, 3),
        ),
        ("J('[1,2]').join('-'), J('[1,[2,[3]],null]').toString()", ("1-2", "1,2,3,")),
        (
            "J('[1,2,3,4]').slice(1, -1).to_py(), J('[1,2]').concat(J('[3]'), 4).to_py()",
            ([2, 3], [1, 2, 3, 4]),
        ),
        ("J('[1,2,3]').includes(2), J('[1,2,3]').indexOf(3), J('[1]').indexOf(9)", (True, 2, -1)),
        ("J('[1,2,3]').at(-1), J('[1]').at(5), J('[1,2,3]').fill(0, 1).to_py()", (3, None, [1, 0, 0])),
        ("J('[1,[2,[3]]]').flat().to_py(), J('[1,[2,[3]]]').flat(2).to_py()", ([1, 2, [3]], [1, 2, 3])),
        ("list(J('[5,6]').values()), list(js.Array.prototype.keys.call(J('[5,6]')))", ([5, 6], [0, 1])),
        ("[e.to_py() for e in J('[5,6]').entries()]", [[0, 5], [1, 6]]),
        (
            "js.Array.new(3).length, js.Array.new(1, 2).to_py(), js.Array.new('3').to_py(), "
            "js.Array(2).length",
            (3, [1, 2], ["3"], 2),
        ),
        (
            "js.Array.from_('ab').to_py(), js.Array.from_(to_js([1, 2]), lambda x, i: x * 2).to_py()",
            (["a", "b"], [2, 4]),
        ),
        ("js.Array.from_(O(length=2)).to_py(), js.Array.of(1, 2).to_py()", ([None, None], [1, 2])),
        ("js.Array.isArray(J('[]')), js.Array.isArray(O()), js.Array.isArray([1])", (True, False, False)),
    ],
)
def test_arrays(question, answer):
    assert ask(question) == answer


def test_arrays_change():
    question = """
a = J('[1,2,3]')
a.push(4, 5)
a.shift()
a.unshift(9)
gone = a.splice(1, 2, 7).to_py()
a.length = 3
seen = []
a.forEach(lambda x, *rest: seen.append(x))
(a.to_py(), gone, seen, a.reverse() and None)
"""
    assert ask(question) == ([9, 7, 4], [2, 3], [9, 7, 4], None)


def test_the_length_of_an_array_can_grow():
    assert ask("a = J('[1]')\na.length = 3\na.to_py()") == [1, None, None]
    assert ask("a = J('[1]')\na.note = 'x'\n(a.note, js.Object.keys(a).to_py())") == ("x", ["0", "note"])


def test_array_faults():
    refuses("js.Array.new(-1)", "RangeError: Invalid array length")
    refuses("J('[]').reduce(lambda *a: 0)", "TypeError: Reduce of empty array with no initial value")
    refuses("js.Array.from_(None)", "TypeError: undefined is not iterable")

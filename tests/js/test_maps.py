"""Maps, sets and weak maps, as JavaScript has them."""

from .ask import ask, refuses


def test_maps():
    question = """
m = js.Map.new(J('[["a",1],[1,2]]'))
m.set("b", 3)
seen = []
m.forEach(lambda value, key, whole: seen.append((key, value)))
(m.size, m.has(1), m.has("1"), m.delete("a"), m.delete("zz"), seen, [e.to_py() for e in m.entries()])
"""
    assert ask(question) == (3, True, False, True, False, [("a", 1), (1, 2), ("b", 3)], [[1, 2], ["b", 3]])


def test_sets():
    question = """
s = js.Set.new(J('[1,2,2]'))
s.add(3)
seen = []
s.forEach(lambda value, *rest: seen.append(value))
first = (s.size, s.has(2), s.delete(2), s.delete(9))
first + (list(s.values()), list(s.keys()), seen, [e.to_py() for e in s.entries()])
"""
    assert ask(question) == (3, True, True, False, [1, 3], [1, 3], [1, 2, 3], [[1, 1], [3, 3]])
    assert ask("s = js.Set.new(J('[1]'))\ns.clear()\n(len(s), js.Set.new().size)") == (0, 0)


def test_weak_maps():
    assert ask(
        "o = O()\nw = js.WeakMap.new()\nw.set(o, 5)\n(w.get(o), w.has(o), w.delete(o), w.has(o), w.get(o))"
    ) == (
        5,
        True,
        True,
        False,
        None,
    )
    refuses("js.WeakMap.new().set(1, 2)", "TypeError: Invalid value used as weak map key")

"""Containers and mappings."""

from .ask import ask, refuses


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

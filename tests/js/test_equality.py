"""Equality of the keys of a Map."""

from .ask import ask


def test_map_keys_are_compared_as_javascript_compares():
    assert ask(
        "m = js.Map.new()\nm.set(js.NaN, 1).set(1.0, 2).set(True, 3)\n(m.get(js.NaN), m.get(1), "
        "m.get(True), m.size)"
    ) == (1, 2, 3, 3)
    assert ask("o = O()\nm = js.Map.new().set(o, 1)\n(m.get(o), m.has(O()))") == (1, False)

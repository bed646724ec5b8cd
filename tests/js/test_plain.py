"""Plain objects and iterators."""

from .ask import ask


def test_iterators():
    assert ask("i = J('[1,2]').values()\n(next(i), next(i), next(i, 'end'))") == (1, 2, "end")
    assert ask("i = J('[1,2]').values()\n(i.next().done, i.toArray().to_py(), i.next().done)") == (
        False,
        [2],
        True,
    )
    assert ask("str(J('[1]').values())") == "[object Array Iterator]"

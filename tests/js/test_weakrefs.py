"""``WeakRef``."""

from .ask import ask


def test_the_target_is_there():
    assert ask("js.WeakRef.new(O(a=1)).deref().a") == 1

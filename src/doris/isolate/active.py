"""Which isolate is running now.

The interpreter has one `sys.modules`. While Worker code runs, its isolate puts its own modules there; before
other code runs they are taken out again. So inside an isolate everything that looks at `sys.modules` (pickle,
dataclasses, pydantic's forward references, `importlib`) finds the isolate's modules under their real names,
and outside nothing of it can be imported. An isolate belongs to one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from doris.isolate.isolate import Isolate

_current: Isolate | None = None


def current() -> Isolate | None:
    """The isolate whose code runs now; None outside of all."""
    return _current


def is_inside() -> bool:
    """Whether the code of an isolate runs now. Answers until the interpreter ends."""
    return globals().get("_current") is not None


def enter(isolate: Isolate | None) -> Callable[[], None]:
    """Make an isolate current (None: step outside of all). Returns what goes back to the one before."""
    global _current
    before = _current
    if before is isolate:
        return _stay
    if before is not None:
        before.hide()
    _current = isolate
    if isolate is not None:
        isolate.show()

    def leave() -> None:
        global _current
        if isolate is not None:
            isolate.hide()
        _current = before
        if before is not None:
            before.show()

    return leave


@contextmanager
def outside() -> Iterator[None]:
    """Run as the host: with its modules, its clock, its randomness."""
    leave = enter(None)
    try:
        yield
    finally:
        leave()


def _stay() -> None:
    pass

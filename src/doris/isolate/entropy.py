"""Randomness while a Worker starts: refused, because production runs module scope once and copies the result.

Source of the rules and texts: workerd, ``_cloudflare.allow_entropy``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from doris.isolate import active

STARTING = (
    "Randomness is not allowed while a Worker is starting because startup values will be repeated across "
    "Worker instances, making them predictable. If this error occurs from importing a package, import the "
    "package from a function to load it after the Worker starts."
)
_EIO = 29  # what the WebAssembly build calls EIO


def starting() -> bool:
    """Whether the code of an isolate runs that is still in module scope."""
    isolate = active.current()
    return isolate is not None and not isolate.in_request


def check() -> None:
    """Allow or refuse one draw of randomness.

    Raises:
        OSError: The Worker is starting, and nothing allowed the draw.
    """
    isolate = active.current()
    if isolate is None or isolate.in_request:
        return
    if isolate.entropy_calls_allowed > 0:
        isolate.entropy_calls_allowed -= 1
        return
    raise OSError(_EIO, STARTING)


@contextmanager
def allowed(calls: int) -> Iterator[None]:
    """Allow a number of draws.

    Production also fails when fewer were made. Here compiled packages draw from the operating system unseen,
    so what is left over says nothing.
    """
    isolate = active.current()
    if isolate is None:
        yield
        return
    before, isolate.entropy_calls_allowed = isolate.entropy_calls_allowed, calls
    try:
        yield
    finally:
        isolate.entropy_calls_allowed = before

"""``breakpoint()`` while the server runs.

Python's own debugger takes over Ctrl+C when its user types ``c``, and would then stop in the server
instead of ending it. So the server's breakpoints leave Ctrl+C alone. A debugger chosen with
``PYTHONBREAKPOINT`` or by another ``sys.breakpointhook`` is used as it is.
"""

from __future__ import annotations

import os
import pdb
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def breakpoints() -> Iterator[None]:
    """Let ``breakpoint()`` stop without taking Ctrl+C, as long as this lasts."""
    if sys.breakpointhook is not sys.__breakpointhook__ or "PYTHONBREAKPOINT" in os.environ:
        yield
        return
    sys.breakpointhook = _stop
    try:
        yield
    finally:
        sys.breakpointhook = sys.__breakpointhook__


def _stop(*_arguments: Any, **_options: Any) -> None:
    pdb.Pdb(nosigint=True).set_trace(sys._getframe(1))

"""What a Worker may not do while its module scope runs, before the first event.

Source of the text: the reference runtime.
"""

from __future__ import annotations

from doris.isolate import entropy
from doris.js import error

GLOBAL_SCOPE = (
    "Disallowed operation called within global scope. Asynchronous I/O (ex: fetch() or connect()), setting a "
    "timeout, and generating random values are not allowed within global scope. To fix this error, perform "
    "this operation within a handler. https://developers.cloudflare.com/workers/runtime-apis/handlers/"
)


def refuse_at_module_scope() -> None:
    """Called by everything that waits, sends or draws random values.

    Raises:
        Throw: An Error, when the code of a Worker runs that is still starting.
    """
    if entropy.starting():
        raise error(GLOBAL_SCOPE)

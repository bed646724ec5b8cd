"""Why a binding's call never answers at once.

On Cloudflare a call of KV or D1 leaves the isolate: its promise settles in a later turn of the event loop,
after whatever is ready to run. Code that works only because nothing came between would pass here and fail
there, so every call of these bindings waits for such a turn before it touches the data.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from doris.js import JSValue, Promise


def turn() -> Promise:
    """A promise that is fulfilled once the Worker has nothing else to run.

    That is a turn of the loop that drives the Worker's (`doris.loop.WebLoop.host`), or of the running loop
    when nobody drives it. Without a running loop (plain Python code that drains the microtasks itself) it
    is fulfilled at once.
    """
    promise, resolve, _ = Promise.deferred()
    loop = asyncio._get_running_loop()
    if loop is None:
        resolve(None)
    else:
        # The call is under way: no virtual time passes until it is answered, so a timeout around it is no
        # race.
        clock = getattr(loop, "clock", None)
        under_way = clock.held() if clock is not None else nullcontext()
        under_way.__enter__()
        getattr(loop, "host", loop).call_soon(_go_on, loop, resolve, under_way)
    return promise


def _go_on(
    loop: asyncio.AbstractEventLoop,
    resolve: Callable[[JSValue], None],
    under_way: AbstractContextManager[None],
) -> None:
    # The Worker may have been closed meanwhile: then nobody waits for the answer.
    if not loop.is_closed():
        loop.call_soon(resolve, None)
    under_way.__exit__(None, None, None)

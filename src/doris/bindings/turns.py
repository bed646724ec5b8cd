"""Why a binding's call never answers at once.

On Cloudflare a call of KV or D1 leaves the isolate: its promise settles in a later turn of the event loop,
after whatever else is ready to run. Code that works only because nothing came between would pass here and
fail there, so every call of these bindings waits for a turn before it touches the data.
"""

from __future__ import annotations

import asyncio

from doris.js import Promise


def turn() -> Promise:
    """A promise that is fulfilled in the next turn of the running event loop.

    Without a running loop (plain Python code that drains the microtasks itself) it is fulfilled at once.
    """
    promise, resolve, _ = Promise.deferred()
    loop = asyncio._get_running_loop()
    if loop is None:
        resolve(None)
    else:
        loop.call_soon(resolve, None)
    return promise

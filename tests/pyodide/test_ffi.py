"""``pyodide.ffi``."""

import asyncio

import pytest

from doris import pyodide
from doris.js import Realm
from doris.pyodide import ffi

from ..js.ask import ask


def test_every_public_name_is_there():
    served = pyodide.modules(Realm())["pyodide.ffi"]
    assert all(hasattr(served, name) for name in ffi.__all__)
    assert served.__name__ == "pyodide.ffi"


def test_create_proxy_and_destroy_proxies():
    assert ask("f = create_proxy(lambda a=1: a)\n(f(), f(3), isinstance(f, JsCallableDoubleProxy), "
    "isinstance(f, JsOnceCallable))") == (
        1, 3, True, False,
    )  # fmt: skip
    assert (
        ask("a = js.Array.new()\nto_js([Point(), 1], pyproxies=a)\na.push(5)\ndestroy_proxies(a)\na.length")
        == 2
    )


def test_run_sync_needs_code_that_can_be_suspended():
    async def run():
        return ffi.can_run_sync(), ffi.run_sync(asyncio.sleep(0))

    assert not ffi.can_run_sync()
    coroutine = asyncio.sleep(0)
    with pytest.raises(RuntimeError, match="Cannot stack switch"):
        ffi.run_sync(coroutine)
    coroutine.close()


def test_registering_modules_is_refused():
    with pytest.raises(NotImplementedError, match=r"register_js_module.'x'. is not emulated"):
        ffi.register_js_module("x", object())
    with pytest.raises(ValueError, match="Cannot unregister 'x'"):
        ffi.unregister_js_module("x")

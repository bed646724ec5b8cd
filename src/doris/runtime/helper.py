"""The modules that workerd puts beside Pyodide: ``_pyodide_entrypoint_helper`` and
``_cloudflare_compat_flags``.

Source of the rules: workerd's ``python-entrypoint-helper``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from doris.js import (
    JSObject,
    JSValue,
    NativeFunction,
    PlainObject,
    error,
    native,
    plain,
    proxy_of,
    to_js_value,
)
from doris.js.objects import PropertyKey
from doris.runtime.compat import Compat


class PatchedEnv(PlainObject):
    """The ``env`` of ``cloudflare:workers``: the Worker's own, with what ``patch_env`` puts over it for a
    while.
    """

    irregular = True

    def __init__(self, env: JSObject) -> None:
        super().__init__()
        self._env = env
        self._layers: list[dict[str, JSValue]] = []

    def js_get(self, key: PropertyKey) -> JSValue:
        for layer in reversed(self._layers):
            if key in layer:
                return layer[key]
        return self._env.js_get(key)

    def js_has(self, key: PropertyKey) -> bool:
        return any(key in layer for layer in self._layers) or self._env.js_has(key)

    def js_own_keys(self) -> list[PropertyKey]:
        return list(
            dict.fromkeys([*self._env.js_own_keys(), *(key for layer in self._layers for key in layer)])
        )

    @contextmanager
    def patched(self, values: dict[str, JSValue]) -> Iterator[None]:
        """Put values over the environment."""
        self._layers.append(values)
        try:
            yield
        finally:
            self._layers.remove(values)


def helper_names(env: PatchedEnv, wait_until: Callable[[JSValue], None]) -> dict[str, Any]:
    """What ``_pyodide_entrypoint_helper`` holds."""
    workers = plain({"env": env, "waitUntil": native("waitUntil", lambda value=None: wait_until(value))})
    modules = {"cloudflare:workers": workers, "cloudflare:sockets": _sockets()}

    async def do_an_import(name: JSValue = None) -> JSValue:
        module = modules.get(name) or _sdk_module(name)
        if module is None:
            raise error(f'No such module "{name}".')
        return module

    def patch_env_helper(patch: Any) -> Iterator[None]:
        js = to_js_value(patch)
        keys = [str(key) for key in patch.object_keys()] if hasattr(patch, "object_keys") else []
        with env.patched({key: js.js_get(key) for key in keys}):
            yield

    return {
        "cloudflareWorkersModule": proxy_of(workers),
        "cloudflareSocketsModule": proxy_of(modules["cloudflare:sockets"]),
        "doAnImport": proxy_of(native("doAnImport", do_an_import)),
        "patchWaitUntil": _patch_wait_until,
        "patch_env_helper": patch_env_helper,
    }


def _patch_wait_until(context: Any) -> None:
    """Nothing: ``ctx.waitUntil`` of this emulator takes Python awaitables from the start."""


def _sockets() -> JSObject:
    def connect(_this: JSValue, *_args: JSValue) -> JSValue:
        raise error("cloudflare:sockets: doris does not emulate TCP sockets yet")

    return plain({"connect": NativeFunction("connect", connect)})


def _sdk_module(name: JSValue) -> JSObject | None:
    if name != "python_modules/workers/workflows.js":
        return None
    raise error("workflows.js: doris does not emulate workflows yet")


def compat_flags_module(compat: Compat) -> dict[str, bool]:
    """What ``_cloudflare_compat_flags`` holds."""
    return dict(compat.flags)


def empty_modules() -> dict[str, ModuleType]:
    """The two modules, not yet filled for a Worker."""
    return {name: ModuleType(name) for name in ("_pyodide_entrypoint_helper", "_cloudflare_compat_flags")}


def fill(module: ModuleType, names: dict[str, Any]) -> None:
    """Give a module new contents."""
    kept = {key: value for key, value in vars(module).items() if key.startswith("__")}
    vars(module).clear()
    vars(module).update(kept, **names)

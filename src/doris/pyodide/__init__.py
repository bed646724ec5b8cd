"""What ``import pyodide`` finds inside a Worker.

`modules` gives the modules of one isolate. They are ordinary module objects that only the isolate's loader
hands out:
none of them stands in ``sys.modules``.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from ..js import Realm, proxy_of
from . import code, ffi, wrappers
from .http import make_http

#: The version that the reference runtime names.
VERSION = "314.0.6"


def modules(realm: Realm) -> dict[str, Any]:
    """The modules ``js`` and ``pyodide.*`` of an isolate, by their full names."""
    js = proxy_of(realm.global_object)
    served = {
        "pyodide.ffi": _module(
            "pyodide.ffi", {name: getattr(ffi, name) for name in ffi.__all__}, package=True
        ),
        "pyodide.ffi.wrappers": _module("pyodide.ffi.wrappers", wrappers.make_wrappers(js)),
        "pyodide.http": _module("pyodide.http", make_http(js), package=True),
        "pyodide.code": _module("pyodide.code", {name: getattr(code, name) for name in code.__all__}),
        "pyodide.webloop": _webloop(),
    }
    pyodide = _module("pyodide", {"__version__": VERSION}, package=True)
    for name, module in served.items():
        parent, _, leaf = name.rpartition(".")
        setattr(pyodide if parent == "pyodide" else served[parent], leaf, module)
    return {"js": js, "pyodide": pyodide, **served}


def _module(name: str, names: dict[str, Any], *, package: bool = False) -> ModuleType:
    module = ModuleType(name)
    public = [key for key in names if not key.startswith("_")]
    vars(module).update(names, __all__=names.get("__all__", public))
    if package:
        module.__path__ = []
    return module


def _webloop() -> ModuleType:
    from ..futures import PyodideFuture, PyodideTask
    from ..loop import WebLoop

    return _module(
        "pyodide.webloop", {"PyodideFuture": PyodideFuture, "PyodideTask": PyodideTask, "WebLoop": WebLoop}
    )

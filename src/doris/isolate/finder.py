"""Where the imports of an isolate lead. One finder on `sys.meta_path` serves whichever isolate is current."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from importlib.machinery import ExtensionFileLoader, ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from doris.isolate import active, datetimes, guards, jsnull_in_json
from doris.isolate.loaders import IsolatedNamespace, IsolatedSource, extension, shared
from doris.isolate.stdlib import ABSENT, OWN_COPY

if TYPE_CHECKING:
    from doris.isolate.isolate import Isolate

#: Packages of the host that are the same object inside: tools that look at the Worker's code from outside.
SHARED = frozenset(
    {"__main__", "doris", "pytest", "_pytest", "pluggy", "greenlet", "apsw", "ada_url", "coverage", "pydevd"}
    | {"debugpy", "IPython"}
)

#: Top-level names that only the emulator serves. What it does not have of them does not exist.
RESERVED = frozenset(
    [
        "js",
        "pyodide",
        "_pyodide",
        "_pyodide_core",
        "pyodide_js",
        "_cloudflare",
        "_cloudflare_compat_flags",
        "_pyodide_entrypoint_helper",
    ]
)


#: Folders of installed packages.
_INSTALLED = frozenset({"site-packages", "dist-packages", "python_modules"})


class IsolateFinder(importlib.abc.MetaPathFinder):
    """Resolves imports inside the current isolate: the emulator's own modules, the project, the host
    environment.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        isolate = active.current()
        return isolate.find_spec(fullname, path) if isolate is not None else None


def is_shared(fullname: str, top: str) -> bool:
    """Whether a module is the same object inside and outside."""
    return top in SHARED or (top in sys.stdlib_module_names and fullname not in OWN_COPY)


def find(isolate: Isolate, fullname: str, path: Sequence[str] | None) -> ModuleSpec | None:
    """The spec for a module that an isolate has not loaded yet; None when nobody knows it."""
    top = fullname.partition(".")[0]
    if top in RESERVED or top in ABSENT:
        raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
    if is_shared(fullname, top):
        return shared(fullname)
    spec = PathFinder.find_spec(fullname, path if path is not None else isolate.path)
    if spec is None:
        return None
    if isinstance(spec.loader, ExtensionFileLoader):
        return extension(spec)
    if type(spec.loader) is SourceFileLoader:
        rewritten = _rewritten_by_pytest(fullname, path, spec.loader.path)
        if rewritten is not None:
            return rewritten
        spec.loader = IsolatedSource(fullname, spec.loader.path, isolate)
    elif spec.loader is None or spec.origin is None:
        if path is None and not _counts(isolate, spec):
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        spec.loader = IsolatedNamespace(isolate)
    return spec


def _counts(isolate: Isolate, spec: ModuleSpec) -> bool:
    """Whether a folder without ``__init__.py`` is a package for a Worker.

    Only in the project and among installed packages. Tools put the current folder on `sys.path`, and what
    lies there by chance (``src``, ``tests``) must not be found: production would not find it.
    """
    folders = [Path(folder) for folder in spec.submodule_search_locations or ()]
    roots = [*isolate.source, *isolate.vendored]
    return any(
        not _INSTALLED.isdisjoint(folder.parts) or any(folder.is_relative_to(root) for root in roots)
        for folder in folders
    )


def _rewritten_by_pytest(fullname: str, path: Sequence[str] | None, file: str) -> ModuleSpec | None:
    """A test module, if pytest wants to rewrite its assertions: then it is pytest's, and stays in
    `sys.modules`.

    pytest would also take packages that register plugins, such as anyio; those are installed, test modules
    are not.
    """
    if not _INSTALLED.isdisjoint(Path(file).parts):
        return None
    for finder in sys.meta_path:
        if type(finder).__name__ == "AssertionRewritingHook":
            return finder.find_spec(fullname, path)
    return None


_finder = IsolateFinder()
_users = 0


def install() -> None:
    """Put the finder in place, before all others; of pytest's it makes use itself."""
    global _users
    _users += 1
    if _users == 1:
        datetimes.install()
        guards.install()
        jsnull_in_json.install()
        sys.meta_path.insert(0, _finder)


def remove() -> None:
    """Take the finder away when the last isolate is gone."""
    global _users
    _users -= 1
    if _users == 0:
        datetimes.remove()
        guards.remove()
        jsnull_in_json.remove()
        sys.meta_path.remove(_finder)

"""How modules get into an isolate: executed for it, shared with the host, or there already."""

from __future__ import annotations

import contextlib
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import ModuleType
from typing import TYPE_CHECKING, Any

from doris.isolate import active

if TYPE_CHECKING:
    from doris.isolate.isolate import Isolate

#: Extension modules can be initialised once a process, so all isolates and the host share them: (name, file)
#: -> module.
_extensions: dict[tuple[str, str | None], ModuleType] = {}


class IsolatedSource(SourceFileLoader):
    """Executes a source file for one isolate.

    Everything else is the usual loader: bytecode cache, `inspect`, tracebacks.
    """

    def __init__(self, name: str, path: str, isolate: Isolate) -> None:
        super().__init__(name, path)
        self._isolate = isolate

    def exec_module(self, module: ModuleType) -> None:
        isolate = self._isolate
        module.__dict__["__builtins__"] = isolate.library.builtins
        isolate.loading(module)
        try:
            with isolate.patches.around_exec(module):
                super().exec_module(module)
        finally:
            isolate.loaded(module)


class IsolatedNamespace(importlib.abc.Loader):
    """Remembers a package without a file (PEP 420) for one isolate."""

    def __init__(self, isolate: Isolate) -> None:
        self._isolate = isolate

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        self._isolate.loading(module)
        self._isolate.loaded(module)


class Present(importlib.abc.Loader):
    """Gives the module that is there already, as it is: its ``__spec__`` is not touched."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return ModuleType(spec.name)  # a stand-in: importlib writes its attributes

    def exec_module(self, module: ModuleType) -> None:
        sys.modules[module.__name__] = self._module  # importlib takes what stands here afterwards


def present(name: str, module: ModuleType) -> ModuleSpec:
    """A spec for a module that exists."""
    return ModuleSpec(name, Present(module), is_package=hasattr(module, "__path__"))


def shared(name: str) -> ModuleSpec | None:
    """A spec for a module of the host, imported there when it was not yet.

    None when the host has no such module.
    """
    with active.outside():
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name == name:
                return None
            raise
    return present(name, module)


def extension(spec: ModuleSpec) -> ModuleSpec:
    """A spec for a compiled module, shared by all isolates and, when the host has it, with the host."""
    key = (spec.name, spec.origin)
    with active.outside():
        held: Any = sys.modules.get(spec.name)
    if held is not None and getattr(held, "__file__", None) == spec.origin:
        _extensions[key] = held
    module = _extensions.get(key)
    if module is not None:
        return present(spec.name, module)
    assert spec.loader is not None
    spec.loader = _FirstOfExtension(spec.loader, key)
    return spec


class _FirstOfExtension(importlib.abc.Loader):
    """Loads a compiled module the usual way and keeps it for the next isolate."""

    def __init__(self, loader: Any, key: tuple[str, str | None]) -> None:
        self._loader = loader
        self._key = key

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        isolate = active.current()
        around = isolate.patches.around_create(spec) if isolate is not None else contextlib.nullcontext()
        with around:
            return self._loader.create_module(spec)  # type: ignore[no-any-return]

    def exec_module(self, module: ModuleType) -> None:
        isolate = active.current()
        around = isolate.patches.around_exec(module) if isolate is not None else contextlib.nullcontext()
        with around:
            self._loader.exec_module(module)
        _extensions[self._key] = module
        if isolate is not None:
            isolate.loading(module)
            isolate.loaded(module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

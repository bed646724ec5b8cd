"""One isolate: the modules of one Worker, apart from the host's and from those of every other Worker."""

from __future__ import annotations

import importlib
import sys
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from itertools import repeat
from pathlib import Path
from types import ModuleType
from typing import Any

from doris.isolate import active, finder, library
from doris.isolate.stdlib import ABSENT, overlays_at_start


class Isolate:
    """The modules of one Worker.

    Args:
        source: Folders of the project's own modules, searched first.
        vendored: ``python_modules`` folders, searched next. The host environment and the SDK come last.
        served: Modules of the emulator (``js``, ``pyodide`` …) by name; a mapping or, because they may depend
            on the library, a function that makes them.
        clock: What `time` and `datetime` show inside.
    """

    def __init__(
        self,
        source: Iterable[Path],
        vendored: Iterable[Path] = (),
        served: Mapping[str, ModuleType] | None = None,
        clock: Any = None,
        key: object = None,
    ) -> None:
        self.source = [str(folder) for folder in source]
        self.vendored = [str(folder) for folder in vendored if folder.is_dir()]
        self.clock = clock
        #: False while the Worker starts (module scope), where randomness is refused.
        self.in_request = False
        self.entropy_calls_allowed = 0
        self._key = key if key is not None else tuple(self.vendored)
        self.library = library.take(self._key)
        self.library.isolate = self
        self.patches = self.library.patches
        self._view: dict[str, ModuleType] = {
            **overlays_at_start(),
            **self.library.modules,
            **self.patches.at_start(),
        }
        self._kept: set[str] = set(self.library.modules)
        self._loading: list[str] = []
        self._shadowed: dict[str, ModuleType] = {}  # of the host, while this isolate is current
        self._hidden: set[str] = set()  # names of host modules that must not be seen inside
        self._dirty = False
        self._closed = False
        self.serve(served or {})
        importlib.invalidate_caches()
        finder.install()

    # -- its modules
    # ---------------------------------------------------------------------------------------------------

    @property
    def path(self) -> list[str]:
        """Where top-level modules are searched."""
        return [*self.source, *self.vendored, *sys.path]

    def serve(self, modules: Mapping[str, ModuleType]) -> None:
        """Give it modules of the emulator. Must not be called while its code runs."""
        self._view.update(modules)

    def adopt(self, name: str, module: ModuleType) -> None:
        """Count a module that comes into being now as its own."""
        self._view[name] = module
        self._dirty = True

    def find_spec(self, fullname: str, path: Sequence[str] | None) -> ModuleSpec | None:
        """What its imports find; called for what it has not loaded."""
        return finder.find(self, fullname, path)

    def loading(self, module: ModuleType) -> None:
        """A module of it is about to be executed."""
        name = module.__name__
        self.adopt(name, module)
        if self.library.keeps(name) or (self._loading and self._loading[-1] in self._kept):
            self._kept.add(name)
        self._loading.append(name)

    def loaded(self, module: ModuleType) -> None:
        """The module was executed, or failed."""
        self._loading.pop()

    def import_module(self, name: str) -> ModuleType:
        """Import a module inside the isolate."""
        with self.entered():
            self.claim(name)
            return importlib.import_module(name)

    def module(self, name: str) -> ModuleType | None:
        """A module that it has loaded."""
        return self._view.get(name)

    def is_own(self, module: ModuleType) -> bool:
        """Whether the module belongs to the project's own source."""
        # Asked of the module's dict: what stands in the view may be an object that answers to any name
        # (``js``).
        file = (getattr(module, "__dict__", None) or {}).get("__file__") or ""
        return any(Path(file).is_relative_to(folder) for folder in self.source) and not any(
            Path(file).is_relative_to(folder) for folder in self.vendored
        )

    # -- being current
    # -------------------------------------------------------------------------------------------------

    def enter(self) -> Callable[[], None]:
        """Make it current; returns what goes back to the one before."""
        return active.enter(self)

    @contextmanager
    def entered(self) -> Any:
        """Make it current for a block."""
        leave = active.enter(self)
        try:
            yield
        finally:
            leave()

    def show(self) -> None:
        """Put its modules in `sys.modules`. Only `doris.isolate.active` calls this."""
        modules = sys.modules
        view = self._view
        hosts = list(map(modules.pop, view, repeat(None)))
        self._shadowed = (
            {name: host for name, host in zip(view, hosts, strict=True) if host} if any(hosts) else {}
        )
        modules.update(view)
        for name in self._hidden:
            if name not in view and (host := modules.pop(name, None)) is not None:
                self._shadowed[name] = host

    def hide(self) -> None:
        """Take its modules out of `sys.modules` and put back what they hid."""
        modules = sys.modules
        view = self._view
        if self._dirty:
            # Imports happened: keep what they left, which may be another object (``sys.modules[__name__] =
            # …``).
            self._dirty = False
            found = {name: modules.pop(name, None) for name in view}
            self._view = {name: module for name, module in found.items() if module is not None}
        else:
            deque(map(modules.pop, view, repeat(None)), maxlen=0)
        modules.update(self._shadowed)

    def claim(self, name: str) -> None:
        """Code inside is about to import this module: hide a module of the host's that is in the way.

        Raises:
            ModuleNotFoundError: Production has no such module.
        """
        if name in self._view:
            return
        top = name.partition(".")[0]
        if top in ABSENT:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if finder.is_shared(name, top):
            return
        modules = sys.modules
        below = f"{top}."
        for held in [held for held in modules if held == top or held.startswith(below)]:
            if held not in self._view:
                self._hidden.add(held)
                self._shadowed[held] = modules.pop(held)

    # -- its life
    # ------------------------------------------------------------------------------------------------------

    def begin_request(self) -> None:
        """Leave module scope: from now on randomness is allowed. Harmless when called again."""
        if not self.in_request:
            self.in_request = True
            with self.entered():
                self.patches.before_first_request()
                self._dirty = True

    def restart(self) -> None:
        """Forget the project's own modules and go back to module scope; library modules stay."""
        leave = active.enter(None)
        try:
            own = [name for name, module in self._view.items() if self.is_own(module)]
            for name in own:
                del self._view[name]
            self._view.update(self.patches.at_start())
            self.in_request = False
        finally:
            leave()
        importlib.invalidate_caches()

    def close(self) -> None:
        """Drop its modules and let the next isolate have the library."""
        if self._closed:
            return
        self._closed = True
        self.library.modules.update({name: self._view[name] for name in self._kept if name in self._view})
        self.library.modules.update({name: module for name, (module, _) in self.patches.blocked.items()})
        library.give_back(self._key, self.library)
        self._view = {}
        finder.remove()

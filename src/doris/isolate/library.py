"""What an isolate shares with the next one of the same project: library modules, and the builtins they were
made with.

Importing FastAPI takes most of a second, so a library that keeps nothing about the application is loaded once
and used by one isolate after the other; never by two at a time. Only libraries that are known to be so are
kept (`STATELESS`), with all that they import themselves. Any other library, Django for one, configures itself
once a process; each isolate gets a fresh copy of it.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

from doris.isolate import active
from doris.isolate.patches import ImportPatches
from doris.isolate.stdlib import OWN_COPY

if TYPE_CHECKING:
    from doris.isolate.isolate import Isolate

#: Top-level packages that keep no state about the application that uses them.
STATELESS = frozenset(
    [
        "_workers_sdk_entropy_import_context",
        "_workers_sdk_package_patches",
        "_workers_sdk_patch_loader",
        "annotated_doc",
        "annotated_types",
        "anyio",
        "asgi",
        "attr",
        "attrs",
        "email_validator",
        "fastapi",
        "h11",
        "httpcore",
        "httpx",
        "idna",
        "jinja2",
        "markupsafe",
        "pydantic",
        "pydantic_core",
        "python_multipart",
        "multipart",
        "sniffio",
        "starlette",
        "typing_extensions",
        "typing_inspection",
        "workers",
    ]
)


class Library:
    """Library modules, in the hands of at most one isolate."""

    def __init__(self) -> None:
        self.patches = ImportPatches()
        self.modules: dict[str, ModuleType] = self.patches.modules()
        self.isolate: Isolate | None = None
        #: What the runtime serves to these modules. It lives as long as they do, because they hold on to it.
        self.realm: Any = None
        self.served: dict[str, ModuleType] = {}
        #: Seen as ``__builtins__`` by every module that an isolate loads.
        self.builtins: dict[str, Any] = {**vars(builtins), "__import__": self._import}

    def keeps(self, name: str) -> bool:
        """Whether a module of this name stays loaded for the next isolate."""
        return name.partition(".")[0] in STATELESS or name in OWN_COPY

    def _import(
        self,
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        """The ``import`` statement of isolated code: it looks in the isolate, whoever calls the code."""
        isolate = self.isolate
        if isolate is None:
            return builtins.__import__(name, globals, locals, fromlist, level)
        leave = active.enter(isolate)
        try:
            isolate.claim(_absolute(name, globals, level) if level else name)
            return builtins.__import__(name, globals, locals, fromlist, level)
        finally:
            leave()


def _absolute(name: str, globals: Mapping[str, object] | None, level: int) -> str:
    package = str((globals or {}).get("__package__") or "")
    base = package.rsplit(".", level - 1)[0]
    return f"{base}.{name}" if name else base


_free: dict[object, list[Library]] = {}


def take(key: object) -> Library:
    """A library that no isolate uses; made when there is none for this key."""
    waiting = _free.get(key)
    return waiting.pop() if waiting else Library()


def give_back(key: object, library: Library) -> None:
    """Let the next isolate have it."""
    library.isolate = None
    _free.setdefault(key, []).append(library)


def forget() -> None:
    """Drop every kept library, so the next isolates load theirs anew (after a package was installed, in
    tests).
    """
    _free.clear()

"""A Worker's Python code: loaded into an isolate, looked through for what it exports."""

from __future__ import annotations

import inspect
from types import ModuleType
from typing import Any

from doris.clock import Clock
from doris.config import Project
from doris.isolate import Isolate
from doris.js import JSObject, Realm
from doris.runtime import helper
from doris.runtime.compat import Compat, compat_of
from doris.runtime.failures import WorkerError, user_traceback

#: The events a Worker may handle with a global function ``on_…``, where its compatibility date still allows
#: that.
LEGACY_EVENTS = ("fetch", "alarm", "scheduled", "trace", "queue", "pubsub")


class Code:
    """The modules of one Worker, its SDK and its entrypoints.

    Attributes:
        main: The Worker's main module.
        sdk: The SDK's package ``workers`` as the Worker sees it.
    """

    main: ModuleType

    def __init__(self, project: Project, clock: Clock) -> None:
        self.project = project
        self.compat: Compat = compat_of(project)
        assert project.main is not None
        self.isolate = Isolate(
            [project.main.parent],
            [project.main.parent / "python_modules", project.root / "python_modules"],
            clock=clock,
        )
        self.realm: Realm = _served_by(self.isolate)
        #: Events that are being handled.
        self.in_use = 0
        self._retired = False

    def wire(self, env: JSObject, wait_until: Any) -> None:
        """Give the code its ``env``. Must come before `load`."""
        modules = self.isolate.library.served
        patched = helper.PatchedEnv(env)
        helper.fill(modules["_pyodide_entrypoint_helper"], helper.helper_names(patched, wait_until))
        helper.fill(modules["_cloudflare_compat_flags"], helper.compat_flags_module(self.compat))

    def start_sdk(self) -> None:
        """Import the SDK and what it patches at the start of the interpreter (its ``.pth`` file)."""
        self.isolate.import_module("_workers_sdk_entropy_import_context")
        if self.compat["python_process_pth_files"]:
            self.isolate.import_module("_workers_sdk_package_patches")
        self.sdk: Any = self.isolate.import_module("workers")

    def load(self) -> None:
        """Import the main module.

        Raises:
            WorkerError: It does not exist, fails, or exports nothing.
        """
        main = self.project.main
        assert main is not None
        if not main.is_file():
            raise WorkerError(
                f"{self.project.file}: main: there is no file {main}\n"
                "  create it, or name the Worker's module in `main`"
            )
        try:
            self.main = self.isolate.import_module(main.stem)
        except (Exception, SystemExit) as error:
            _explain_src(error)
            raise WorkerError(f"{main}: the Worker does not start\n{user_traceback(error)}") from error
        if not (
            self.entrypoints()
            or self.classes("DurableObject")
            or self.classes("WorkflowEntrypoint")
            or self._legacy()
        ):
            raise WorkerError(
                f"{main}: the Worker exports nothing that can handle an event\n"
                "  define `class Default(WorkerEntrypoint)` with a method `async def fetch(self, request)`"
            )

    def entrypoints(self) -> dict[str, type]:
        """The exported subclasses of ``WorkerEntrypoint``, by name."""
        return self.classes("WorkerEntrypoint")

    def classes(self, base: str) -> dict[str, type]:
        """The exported subclasses of one of the SDK's classes, by name."""
        base_class = getattr(self.sdk, base)
        names = getattr(self.main, "__all__", None) or [
            name for name in dir(self.main) if not name.startswith("_")
        ]
        found = (getattr(self.main, name) for name in names)
        return {
            value.__name__: value
            for value in found
            if inspect.isclass(value) and issubclass(value, base_class) and value is not base_class
        }

    def legacy_handler(self, event: str) -> Any:
        """The global function ``on_EVENT``; None when the Worker has none or its date forbids them."""
        if self.compat["python_no_global_handlers"]:
            return None
        return getattr(self.main, f"on_{event}", None)

    def _legacy(self) -> bool:
        return any(self.legacy_handler(event) for event in LEGACY_EVENTS)

    def retire(self) -> None:
        """Newer code is there: drop the modules as soon as no event needs them."""
        self._retired = True
        self.close_if_retired()

    def close_if_retired(self) -> None:
        """Drop the modules of retired code that handles nothing any more."""
        if self._retired and not self.in_use:
            self.close()

    def close(self) -> None:
        """Drop the modules."""
        self.isolate.close()


def _served_by(isolate: Isolate) -> Realm:
    """Serve the emulator's modules; they live as long as the library, whose modules hold on to them."""
    from doris import pyodide

    library = isolate.library
    if library.realm is None:
        library.realm = Realm()
        library.served = {**pyodide.modules(library.realm), **helper.empty_modules()}
    isolate.serve(library.served)
    realm: Realm = library.realm
    return realm


def _explain_src(error: BaseException) -> None:
    # The folder of `main` is on the path, not the folder above: the same hint as production's.
    if isinstance(error, ModuleNotFoundError) and error.name == "src":
        error.add_note(
            "If your main module is inside the 'src' directory then your import statement shouldn't "
            "include a 'src.' prefix"
        )

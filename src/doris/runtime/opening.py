"""`doris.open`: from a path to a running Worker."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from doris import config
from doris.clock import Clock, RealClock, VirtualClock
from doris.runtime.failures import WorkerError
from doris.runtime.runtime import Runtime, Settings
from doris.runtime.worker import Worker, running_loop


class Opening:
    """What `doris.open` returns: to be awaited, or entered with ``async with``."""

    __module__ = "doris"

    def __init__(self, project: config.Project, settings: Settings) -> None:
        self._project = project
        self._settings = settings
        self._worker: Worker | None = None

    async def _open(self) -> Worker:
        runtime = Runtime(self._project, self._settings, running_loop())
        try:
            runtime.start()
        except BaseException:
            await runtime.stop()
            raise
        return Worker(runtime)

    def __await__(self) -> Generator[Any, Any, Worker]:
        return self._open().__await__()

    async def __aenter__(self) -> Worker:
        self._worker = await self._open()
        return self._worker

    async def __aexit__(self, *exc: object) -> None:
        if self._worker is not None:
            await self._worker.close()


def open(
    path: str | Path,
    *,
    env: str | None = None,
    persist_to: str | Path | None = None,
    bindings: Mapping[str, Any] | None = None,
    clock: Clock | datetime | Literal["virtual", "real"] = "virtual",
    r2_write_limit: bool = False,
) -> Opening:
    """Run a Worker project.

    ```python
    import doris

    async with doris.open("examples/05-d1") as worker:
        response = await worker.fetch("/notes")
        assert response.status == 200
    ```

    It is also awaitable, for the interactive shell: ``worker = await doris.open(".")``, ``await
    worker.close()``.

    Args:
        path: The project's folder or its wrangler file.
        env: The environment of the file (``[env.NAME]``).
        persist_to: Folder that keeps the state; by default it is in memory, with the D1 migrations applied.
        bindings: Replacements of bindings and variables, by name in ``env``.
        clock: Its time: a clock that stands still and travels, from now or from a moment on; ``"real"``; or
            your own.
        r2_write_limit: Refuse a second write to an R2 object within a second, as production does: ``put``
            and ``complete`` then raise an error that ends in "Reduce your concurrent request rate for the
            same object. (10058)". Off by default, as in the reference runtime.

    Raises:
        doris.ConfigError: The file is missing or wrong.
        doris.WorkerError: The Worker's code cannot be loaded. (When opened, not here.)
    """
    project = config.load(path, env)
    if project.main is None:
        raise WorkerError(
            f"{project.file}: there is no `main`, so there is no Worker to run\n"
            "  name the Worker's module in `main`"
        )
    settings = Settings(
        clock=_clock(clock),
        persist_to=persist_to,
        bindings=dict(bindings or {}),
        migrate=persist_to is None,
        r2_write_limit=r2_write_limit,
    )
    return Opening(project, settings)


def _clock(clock: Clock | datetime | str) -> Clock:
    if isinstance(clock, Clock):
        return clock
    if isinstance(clock, datetime):
        return VirtualClock(clock)
    if clock == "virtual":
        return VirtualClock()
    if clock == "real":
        return RealClock()
    raise ValueError(f"clock must be 'virtual', 'real', a datetime or a Clock, not {clock!r}")

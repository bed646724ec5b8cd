"""One project whose tests run, with one Worker for the whole pytest run.

Test modules are imported once and hold on to what they imported (``from workers import env``), so the Worker
stays and its state is emptied before each test, its clock set back and its mocks forgotten.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from doris import config
from doris.runtime.failures import drop_own_frames
from doris.runtime.runtime import Runtime, Settings
from doris.runtime.worker import Worker


class TestProject:
    """One project and its Worker.

    Args:
        project: The project.
        is_inside: Whether its tests run inside the Worker (``--worker``): then its code is loaded once.
    """

    __test__ = False  # pytest: this is no test class

    def __init__(self, project: config.Project, *, is_inside: bool) -> None:
        self.is_inside = is_inside
        self._project = project
        self._host: asyncio.AbstractEventLoop | None = None
        self._runtime: Runtime | None = None
        self._worker: Worker | None = None
        self._is_clean = True
        self._code_is_fresh = True

    @property
    def is_open(self) -> bool:
        """Whether its Worker was needed already."""
        return self._runtime is not None

    def open(self) -> None:
        """Start its Worker.

        Raises:
            UserError: It does not start.
        """
        self._opened()

    @property
    def worker(self) -> Worker:
        """The running Worker."""
        runtime = self._opened()
        if self._worker is None:
            if not self.is_inside:
                self._in_loop(runtime.start_code)
            self._worker = Worker(runtime)
        self._is_clean = self._code_is_fresh = False
        return self._worker

    def fresh_worker(self) -> Worker:
        """The running Worker with its code loaded anew, unless the tests run inside that code."""
        started = self._worker is not None
        runtime = self._opened()
        if started and not self.is_inside and not self._code_is_fresh:
            self._in_loop(runtime.refresh_code)
        return self.worker

    def clean(self) -> None:
        """Empty its state when something may have used it."""
        if self._runtime is not None and not self._is_clean:
            self._in_loop(self._runtime.reset)
            self._is_clean = True

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Import test modules inside its isolate, as if during a request."""
        runtime = self._opened()
        self._is_clean = False
        with runtime.code.isolate.entered():
            runtime.code.isolate.begin_request()
            yield

    def run(self, call: Callable[[], Any]) -> Any:
        """Call a function inside the Worker, on its loop; wait for what it returns if that can be awaited."""
        __tracebackhide__ = True
        runtime = self._opened()
        runtime.code.isolate.begin_request()
        self._is_clean = False

        async def inside() -> Any:
            __tracebackhide__ = True
            result = call()
            return await result if inspect.isawaitable(result) else result

        assert self._host is not None
        try:
            return self._host.run_until_complete(runtime.run(inside()))
        except Exception as error:
            drop_own_frames(error)
            raise

    def close(self) -> None:
        """Stop the Worker."""
        if self._runtime is not None and self._host is not None:
            self._host.run_until_complete(self._runtime.stop())
            self._host.close()
            self._runtime = self._host = None

    def _opened(self) -> Runtime:
        if self._runtime is None:
            self._host = asyncio.new_event_loop()
            self._runtime = Runtime(self._project, Settings(migrate=True), self._host)
            self._in_loop(self._runtime.start_state)
            self._in_loop(self._runtime.start_sdk)
            if self.is_inside:
                self._in_loop(self._runtime.start_code)
        return self._runtime

    def _in_loop(self, function: Callable[[], None]) -> None:
        async def call() -> None:
            function()

        assert self._host is not None
        self._host.run_until_complete(call())

"""A project running: its code in an isolate, its bindings wired, events dispatched to its handlers."""

from __future__ import annotations

import asyncio
import contextvars
import sys
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from doris import migrations, web
from doris.bindings import Stores, make_bindings
from doris.clock import Clock, VirtualClock
from doris.config import Project
from doris.isolate import entropy
from doris.js import JSObject, JSValue, PlainObject, Promise, PythonErrorObject, Throw, error
from doris.js.dates import DateObject
from doris.loop import WebLoop
from doris.outbound import Outbound
from doris.runtime import dispatch
from doris.runtime.code import Code
from doris.runtime.console import make_console
from doris.runtime.context import OVERDUE, WAIT_UNTIL_LIMIT_MS, Background, ExecutionContext, follow
from doris.runtime.environment import fill_env
from doris.runtime.failures import WorkerError, drop_own_frames, missing_binding, user_traceback
from doris.runtime.network import make_fetch
from doris.runtime.performance import Performance
from doris.runtime.timers import Timers
from doris.web.host import current_clock

T = TypeVar("T")

#: How long a server on the real clock waits for background work when it is stopped, in milliseconds.
_PATIENCE_MS = 1_000

#: How many callbacks module scope may take.
_AT_START = 10_000

_HUNG = (
    "The Workers runtime canceled this request because it detected that your Worker's code had hung and "
    "would never generate a response. Refer to: https://developers.cloudflare.com/workers/observability/errors/"
)

# Its refusals are made in a loop, which a type checker does not see: to it the class looks abstract.
_WEB_LOOP: Any = WebLoop


@dataclass
class Settings:
    """How a project runs.

    Attributes:
        clock: Its time.
        persist_to: Folder of its state; None keeps everything in memory.
        bindings: Replacements of bindings and variables, by name.
        migrate: Apply the D1 migrations first.
        r2_write_limit: Refuse a second write to an R2 object within a second.
        outbound: Where its requests go.
    """

    clock: Clock = field(default_factory=VirtualClock)
    persist_to: str | Path | None = None
    bindings: Mapping[str, Any] = field(default_factory=dict)
    migrate: bool = False
    r2_write_limit: bool = False
    outbound: Outbound = field(default_factory=Outbound)


class Runtime:
    """One Worker at work.

    `start` it once, send it events, `stop` it. The code can be loaded anew (`reload`) without touching its
    state.
    """

    def __init__(self, project: Project, settings: Settings, host: asyncio.AbstractEventLoop) -> None:
        self.project = project
        self.settings = settings
        self.clock = settings.clock
        self.outbound = settings.outbound
        self.background = Background()
        self.env = PlainObject()
        self.loop: WebLoop = _WEB_LOOP(self.clock, host, self._enter)
        self.clock.stall_hooks.append(self._give_up)
        self._waiting: list[asyncio.Future[Any]] = []
        self._stopped = False
        self.timers = Timers(self.loop)
        self._stores: Stores | None = None
        self._code: Code | None = None
        self._starting: Code | None = None  # code whose module scope runs now
        self._context = contextvars.copy_context()
        self._context.run(current_clock.set, self.clock)

    @property
    def code(self) -> Code:
        """The loaded code."""
        assert self._code is not None, "the Worker is not started"
        return self._code

    # -- its life
    # ------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Open the state, load the code.

        Raises:
            UserError: A migration or the code is at fault.
        """
        self.start_state()
        self._code = self._loaded()

    def start_state(self) -> None:
        """Open the databases, apply the migrations if asked to, make ``env``.

        Raises:
            UserError: A migration fails.
        """
        self._stores = Stores(
            self.project,
            self.clock.now_ms,
            self.settings.persist_to,
            limit_r2_writes=self.settings.r2_write_limit,
        )
        self._migrate()
        self._fill_env()

    def start_sdk(self) -> None:
        """Make the isolate and load the SDK into it, without the Worker's own code: for tests that import
        only that.
        """
        self._code = self._prepared()

    def start_code(self) -> None:
        """Load the Worker's code after `start_sdk`.

        Raises:
            WorkerError: It does not start.
        """
        self._run_at_start(self.code, self.code.load)

    def refresh_code(self) -> None:
        """Load the project's own modules anew, into the same isolate with the same SDK."""
        self.code.isolate.restart()
        self.start_code()

    def reset(self) -> None:
        """Back to the first day: empty state, migrations applied, the clock at its start, no mocks, nothing
        in the background.
        """
        assert self._stores is not None
        self.timers.clear_all()
        self.background.forget()
        self.loop.cancel_tasks()
        self._stores.reset()
        if isinstance(self.clock, VirtualClock):
            self.clock.reset()
        self.outbound.reset()
        self._migrate()

    def _migrate(self) -> None:
        assert self._stores is not None
        if self.settings.migrate:
            for declaration in self.project.d1_databases:
                migrations.apply_all(self._stores.d1(declaration), declaration)

    def _fill_env(self) -> None:
        assert self._stores is not None
        bindings = make_bindings(self.project, self._stores)
        fill_env(self.env, self.project.variables, bindings, self.settings.bindings)

    def reconfigure(self, project: Project) -> None:
        """Run a changed wrangler file: new variables and bindings on the same state, and the code anew.

        Raises:
            WorkerError: The code does not start; then everything stays as it was.
        """
        before, self.project = self.project, project
        try:
            loaded = self._loaded()
        except BaseException:
            self.project = before
            raise
        for name in self.env.js_own_keys():
            self.env.js_delete(name)
        self._fill_env()
        self._replace(loaded)

    def reload(self) -> None:
        """Load the code anew. When that fails the old code stays.

        Raises:
            WorkerError: The new code does not start.
        """
        self._replace(self._loaded())

    def _replace(self, loaded: Code) -> None:
        old, self._code = self._code, loaded
        if old is not None:
            old.retire()

    def _loaded(self) -> Code:
        code = self._prepared()
        try:
            self._run_at_start(code, code.load)
        except BaseException:
            code.close()
            raise
        return code

    def _prepared(self) -> Code:
        code = Code(self.project, self.clock)
        try:
            self._install_globals(code)
            code.wire(self.env, lambda value: self.background.add(follow(value)))
            self._run_at_start(code, code.start_sdk)
        except BaseException:
            code.close()
            raise
        return code

    def _run_at_start(self, code: Code, function: Callable[[], None]) -> None:
        """Run module scope: in a callback of the Worker's loop, so that it may wait for what is at hand."""
        outcome: list[BaseException | None] = []

        def call() -> None:
            try:
                function()
            except BaseException as failure:
                outcome.append(failure)
            else:
                outcome.append(None)

        self.loop.call_soon(call, context=self._context.copy())
        self._starting = code
        try:
            self.loop.drain(_AT_START)
        finally:
            self._starting = None
        if not outcome:
            raise WorkerError(
                f"{self.project.main}: the Worker does not start: its module scope waits forever"
            )
        if outcome[0] is not None:
            raise outcome[0]

    def _install_globals(self, code: Code) -> None:
        realm = code.realm
        web.install(realm)
        clock = self.clock

        class Date(DateObject, name="Date"):
            """``Date`` on the Worker's clock."""

            now_ms = staticmethod(lambda: 0.0 if entropy.starting() else clock.now_ms())

        realm.define("Date", Date.interface.function)
        realm.define("performance", Performance(Date.now_ms))
        realm.define("console", make_console())
        realm.define("fetch", make_fetch(realm, self.outbound, clock))
        for name, value in self.timers.functions().items():
            realm.define(name, value)

    async def stop(self) -> None:
        """Let the work behind ``waitUntil`` end, then drop code and connections."""
        virtual = isinstance(self.clock, VirtualClock)
        await self.finish_background(WAIT_UNTIL_LIMIT_MS if virtual else _PATIENCE_MS)
        self._stopped = True
        if self._give_up in self.clock.stall_hooks:
            self.clock.stall_hooks.remove(self._give_up)
        self.timers.clear_all()
        self.loop.shut_down()
        if self._code is not None:
            self._code.close()
        if self._stores is not None:
            self._stores.close()

    async def finish_background(self, limit_ms: float = WAIT_UNTIL_LIMIT_MS) -> None:
        """Wait for the promises given to ``waitUntil``, at most as long as production does."""
        deadline = self.clock.now_ms() + limit_ms
        while (promises := self.background.promises) and (left := deadline - self.clock.now_ms()) > 0:
            await self.run(_all_settled(promises, self.clock.sleep_ms(left)))
        if self.background.promises:
            print(OVERDUE, file=sys.stderr)
            self.background.forget()

    # -- events
    # --------------------------------------------------------------------------------------------------------

    async def fetch(self, request: JSObject, entrypoint: str = "Default") -> JSObject:
        """Let the Worker answer a request; the JavaScript Response.

        Raises:
            Throw: What the handler threw.
        """
        return await self.run(self._fetch(request, entrypoint))

    async def _fetch(self, request: JSObject, entrypoint: str) -> JSObject:
        return dispatch.as_response(await self._dispatch("fetch", (request,), entrypoint))

    async def scheduled(self, controller: JSObject) -> None:
        """Tell the Worker that a cron trigger fired.

        Raises:
            Throw: What the handler threw.
        """
        await self.run(self._dispatch("scheduled", (controller,), "Default"))

    async def _dispatch(self, event: str, args: tuple[JSValue, ...], entrypoint: str) -> JSValue:
        code = self.code
        ctx = ExecutionContext(self.background)
        code.in_use += 1
        try:
            if entrypoint in code.entrypoints():
                # An entrypoint class gets ``env`` and ``ctx`` when it is made; in the call they are
                # undefined.
                return await dispatch.call_entrypoint(
                    code, entrypoint, event, (*args, None, None), ctx, self.env
                )
            return await dispatch.call_legacy(code, event, (*args, self.env, ctx))
        except Throw:
            raise
        except BaseException as exception:
            if _is_of_the_host(exception):
                raise
            drop_own_frames(exception)
            # Also what JavaScript threw leaves a Python handler as a PythonError.
            raise Throw(PythonErrorObject(exception)) from exception
        finally:
            code.in_use -= 1
            code.close_if_retired()

    def log_failure(self, failure: Throw) -> None:
        """Print what a handler threw, as ``wrangler dev`` shows an uncaught error."""
        cause = failure.__cause__
        text = user_traceback(cause) if cause is not None else f"Uncaught {failure}"
        binding = missing_binding(cause) if cause is not None else None
        if binding is not None:
            text += (
                f"\nhint: {self.project.file} has no binding or variable {binding!r}; {self._known_names()}"
            )
        print(text, file=sys.stderr)

    def _known_names(self) -> str:
        names = ", ".join(map(str, self.env.js_own_keys()))
        return f"it has: {names}" if names else "it has none at all"

    # -- between the loops
    # -------------------------------------------------------------------------------------------

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the Worker's loop and wait for it on the loop that runs now.

        Raises:
            Throw: It waits for what can never happen.
            RuntimeError: The Worker was stopped.
        """
        if self._stopped:
            work.close()
            raise RuntimeError("the Worker is closed")
        task = self.loop.create_task(work, context=self._context.copy())
        arrived: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        task.add_done_callback(lambda done: _hand_over(done, arrived))
        self._waiting.append(arrived)
        with self.clock.awaited():
            try:
                return await arrived
            except BaseException:
                task.cancel()
                raise
            finally:
                self._waiting.remove(arrived)

    def _give_up(self) -> None:
        """Nothing will ever happen again: end what was begun last, as the others may wait for it."""
        for arrived in reversed(self._waiting):
            if not arrived.done():
                arrived.set_exception(error(_HUNG))
                return

    def _enter(self) -> Any:
        code = self._starting or self._code
        return code.isolate.enter() if code is not None else _nothing


def _is_of_the_host(exception: BaseException) -> bool:
    """Whether an exception is meant for the emulator's surroundings, not thrown by the Worker's code."""
    if isinstance(exception, asyncio.CancelledError):
        task = asyncio.current_task()
        return task is not None and task.cancelling() > 0
    return isinstance(exception, KeyboardInterrupt | GeneratorExit)


async def _all_settled(promises: list[Promise], deadline: Promise) -> None:
    """Wait until all promises are settled, or the deadline is."""
    done = asyncio.get_running_loop().create_future()
    left = len(promises)

    def enough(_value: JSValue = None) -> None:
        if not done.done():
            done.set_result(None)

    def settled(_value: JSValue) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            enough()

    for promise in promises:
        promise.then_(settled, settled)
    deadline.then_(enough, enough)
    await done


def _hand_over(task: asyncio.Task[T], future: asyncio.Future[T]) -> None:
    if future.done():
        return
    if task.cancelled():
        future.cancel()
    elif (exception := task.exception()) is not None:
        future.set_exception(exception)
    else:
        future.set_result(task.result())


def _nothing() -> None:
    pass


__all__ = ["Runtime", "Settings"]

"""``doris dev``: uvicorn around a Worker, with reload."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
import sys
from pathlib import Path

import uvicorn

from doris.clock import RealClock
from doris.config import Project
from doris.errors import UserError
from doris.outbound import Outbound
from doris.runtime.runtime import Runtime, Settings
from doris.server.app import WorkerApp
from doris.server.debugging import breakpoints
from doris.server.protocol import Protocol
from doris.server.reloading import Reloader


def serve(
    project: Project,
    *,
    host: str = "127.0.0.1",
    port: int = 8787,
    persist_to: Path | None = None,
    reload: bool = True,
) -> None:
    """Serve a project until interrupted.

    Args:
        project: The Worker.
        host: The address to listen on.
        port: The port; 0 takes a free one.
        persist_to: Folder of the state; None keeps it in memory.
        reload: Load the code anew when a file of the project changes.

    Raises:
        UserError: The port is taken, or the Worker's code does not start.
    """
    listener = _listen(host, port)
    try:
        with contextlib.suppress(KeyboardInterrupt), breakpoints():
            asyncio.run(_serve(project, listener, host, persist_to, reload))
    finally:
        listener.close()


async def _serve(
    project: Project, listener: socket.socket, host: str, persist_to: Path | None, reload: bool
) -> None:
    settings = Settings(clock=RealClock(), persist_to=persist_to, outbound=Outbound(allow_all=True))
    runtime = Runtime(project, settings, asyncio.get_running_loop())
    try:
        runtime.start()
        reloader = Reloader(runtime)
        app = WorkerApp(runtime, _say, _allowed_hosts(host), before_request=reloader.look if reload else None)
        watching = asyncio.create_task(reloader.poll()) if reload else None
        await _Server(app, _url(host, listener)).serve(sockets=[listener])
        if watching is not None:
            watching.cancel()
    finally:
        await runtime.stop()


class _Server(uvicorn.Server):
    """uvicorn, quiet, saying ``Ready`` when it listens."""

    def __init__(self, app: WorkerApp, url: str) -> None:
        settings = uvicorn.Config(
            app,
            http=Protocol,
            ws="none",
            lifespan="off",
            log_level="warning",
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=5,
        )
        super().__init__(settings)
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        _say(f"Ready on {self._url}")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only where the protocol is named. Without it each answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # there the option would let two servers share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise UserError(f"cannot listen on {host}:{port}: {reason}\n  {_way_out(error)}") from error
    return listener


def _way_out(error: Exception) -> str:
    if getattr(error, "errno", None) == errno.EADDRINUSE:
        return "stop what uses the port, or choose another one with --port"
    if isinstance(error, OverflowError):
        return "choose a port from 0 to 65535 with --port"
    if isinstance(error, PermissionError):
        return "choose a port above 1023 with --port"
    return "choose an address of this machine with --host"


def _url(host: str, listener: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listener.getsockname()[1]}"


def _allowed_hosts(host: str) -> tuple[str, ...] | None:
    loopback = ("localhost", "127.0.0.1", "::1")
    return loopback if host in loopback else None


def _say(line: str) -> None:
    print(line, flush=True)

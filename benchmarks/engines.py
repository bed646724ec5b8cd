"""What is measured: one Worker in three places, all asked by the same call."""

from __future__ import annotations

import asyncio
import http.client
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import doris
from tests.reference.runtime import ReferenceRuntime

PROJECT = Path(__file__).resolve().parent / "worker"


class Engine(Protocol):
    """A running Worker."""

    def get(self, path: str, times: int) -> bytes:
        """Ask for a path so many times, one after the other, and return the last body."""
        ...


class InProcess:
    """The emulator as tests use it: no HTTP."""

    def __init__(self, loop: asyncio.AbstractEventLoop, worker: doris.Worker) -> None:
        self.loop, self.worker = loop, worker

    def get(self, path: str, times: int) -> bytes:
        return self.loop.run_until_complete(self._get(path, times))

    async def _get(self, path: str, times: int) -> bytes:
        body = b""
        for _ in range(times):
            response = await self.worker.fetch(path)
            body = (await response.text()).encode()
        return body


class OverHttp:
    """A Worker behind a server, asked over one connection that is kept open."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self.connection = http.client.HTTPConnection(
            address.hostname or "127.0.0.1", address.port, timeout=60
        )

    def get(self, path: str, times: int) -> bytes:
        body = b""
        for _ in range(times):
            self.connection.request("GET", path)
            response = self.connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise RuntimeError(f"{path} answered {response.status}: {body.decode(errors='replace')}")
        return body


@contextmanager
def in_process() -> Iterator[InProcess]:
    """The emulator in this process, in memory."""
    loop = asyncio.new_event_loop()
    opened = doris.open(PROJECT)
    worker = loop.run_until_complete(opened.__aenter__())
    try:
        yield InProcess(loop, worker)
    finally:
        loop.run_until_complete(opened.__aexit__(None, None, None))
        loop.close()


@contextmanager
def dev_server() -> Iterator[OverHttp]:
    """The emulator behind `doris dev`, in memory, stopped by its own process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "doris.cli", "dev", str(PROJECT), "--port", str(port), "--ephemeral"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert server.stdout is not None
    said = []
    try:
        for line in server.stdout:
            said.append(line)
            if "Ready on" in line:
                break
        else:
            raise RuntimeError(f"doris dev did not start:\n{''.join(said)}")
        # It prints a line a request; a pipe that nobody reads fills up and stops it.
        threading.Thread(target=server.stdout.read, daemon=True).start()
        yield OverHttp(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def reference() -> Iterator[OverHttp]:
    """workerd behind miniflare, started from the snapshot."""
    with ReferenceRuntime() as runtime, runtime.start(PROJECT) as worker:
        yield OverHttp(worker.url)

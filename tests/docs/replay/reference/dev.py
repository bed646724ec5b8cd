"""Stands in for `doris dev` while a page is replayed on the reference runtime.

    python -m tests.docs.replay.reference.dev [DIR] --port PORT

Requests are handed on to workerd byte by byte. When a file of the project has changed since the last
request, the Worker
is started anew first, on the same state, as `doris dev` loads it anew.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
from pathlib import Path

from tests.docs.replay.tree import IGNORED
from tests.reference import Reference, ReferenceRuntime

STATE = Path(".wrangler") / "state" / "v3"
"""Where wrangler keeps local state: `wrangler d1 … --local` sees the same database."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=Path())
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    with ReferenceRuntime() as runtime:
        asyncio.run(serve(Project(runtime, options.folder.resolve()), options.port))


class Project:
    """The project's Worker, started anew when a file has changed."""

    def __init__(self, runtime: ReferenceRuntime, folder: Path) -> None:
        self.runtime = runtime
        self.folder = folder
        self.worker: Reference | None = None
        self.state: dict[Path, int] = {}
        self.printed = 0

    def current(self) -> Reference:
        """The Worker as its files are now."""
        now = {file: file.stat().st_mtime_ns for file in self._files()}
        if self.worker is None or now != self.state:
            self.stop()
            self.state = now
            self.worker = self.runtime.start(self.folder, persist=self.folder / STATE)
            self.printed = 0
        return self.worker

    def print_logs(self) -> None:
        """What the Worker has printed since the last time."""
        if self.worker is not None:
            for entry in self.worker.logs[self.printed :]:
                print(entry["message"], flush=True)
            self.printed = len(self.worker.logs)

    def stop(self) -> None:
        worker, self.worker = self.worker, None
        if worker is not None:
            worker.stop()

    def _files(self) -> list[Path]:
        found: list[Path] = []
        for entry in sorted(self.folder.iterdir()):
            if entry.name in IGNORED or entry.name == "tests":
                continue
            found += [file for file in entry.rglob("*") if file.is_file()] if entry.is_dir() else [entry]
        return [
            file
            for file in found
            if file.suffix in (".py", ".toml", ".json", ".jsonc") or file.name == ".dev.vars"
        ]


async def serve(project: Project, port: int) -> None:
    """Hand connections on until interrupted."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, ended.set)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        worker = project.current()
        there_reader, there_writer = await asyncio.open_connection(worker.host, worker.port)
        await asyncio.gather(hand_on(reader, there_writer), hand_on(there_reader, writer))
        project.print_logs()

    project.current()
    server = await asyncio.start_server(connected, "127.0.0.1", port)
    print(f"Ready on http://127.0.0.1:{port}", flush=True)
    await ended.wait()
    server.close()
    project.stop()


async def hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Copy one direction of a connection to its end."""
    with contextlib.suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()


if __name__ == "__main__":
    main()

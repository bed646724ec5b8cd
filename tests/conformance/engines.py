"""The two engines that the same Worker runs on, behind one interface."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol
from urllib.parse import urlsplit

from tests.reference import Reference
from tests.reference.http import Answer, Headers, send

EMULATOR, REFERENCE = "emulator", "reference"
WORKER = Path(__file__).resolve().parent / "worker"
READY = "Ready on "


class Engine(Protocol):
    """A Worker running somewhere."""

    name: str

    def ask(self, source: str, seed: int = 1) -> dict[str, Any]:
        """The answers to a probe's questions, by their text (see worker/src/evaluate.py)."""

    def get(self, path: str) -> str:
        """The text that a GET of a route answers."""

    def scheduled(self, cron: str, time: float) -> str:
        """Run the scheduled handler (`time` in milliseconds): "ok" or "exception"."""


class ReferenceEngine:
    """The probes' Worker on workerd."""

    name = REFERENCE

    def __init__(self, worker: Reference) -> None:
        self.worker = worker

    def ask(self, source: str, seed: int = 1) -> dict[str, Any]:
        return _answers(self.worker.fetch(f"/each?seed={seed}", method="POST", body=source))

    def get(self, path: str) -> str:
        return self.worker.fetch(path).text

    def scheduled(self, cron: str, time: float) -> str:
        return str(self.worker.scheduled(cron, time)["outcome"])


@contextmanager
def _as_carelessly_as_a_worker() -> Iterator[None]:
    """Probes leave coroutines unawaited: what Python warns of that is no business of the tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        yield
        gc.collect()


class EmulatorEngine:
    """The probes' Worker on doris, in this process."""

    name = EMULATOR

    def __init__(self, project: Path = WORKER) -> None:
        import doris

        self._runner = asyncio.Runner()
        self._opened = doris.open(project)
        self.worker = self._runner.run(self._opened.__aenter__())

    def ask(self, source: str, seed: int = 1) -> dict[str, Any]:
        with _as_carelessly_as_a_worker():
            return _answers(self._runner.run(self._fetch(f"/each?seed={seed}", method="POST", body=source)))

    def get(self, path: str) -> str:
        return self._runner.run(self._fetch(path)).text

    def scheduled(self, cron: str, time: float) -> str:
        try:
            self._runner.run(self.worker.scheduled(cron=cron, scheduled_time=time))
        except Exception:
            return "exception"
        return "ok"

    async def _fetch(self, path: str, **options: Any) -> Answer:
        response = await self.worker.fetch(path, **options)
        return Answer(
            response.status, response.status_text, list(response.headers.items()), await response.bytes()
        )

    def close(self) -> None:
        self._runner.run(self._opened.__aexit__(None, None, None))
        self._runner.close()


class EmulatorServer:
    """A project under `doris dev`, in a process of its own, with its state thrown away."""

    name = EMULATOR

    def __init__(self, project: Path = WORKER, *options: str) -> None:
        command = [
            sys.executable,
            "-m",
            "doris.cli",
            "dev",
            str(project),
            "--port",
            "0",
            "--ephemeral",
            *options,
        ]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        assert self._process.stdout is not None
        said = []
        for line in self._process.stdout:
            said.append(line)
            if line.startswith(READY):
                self.url = line.removeprefix(READY).strip()
                address = urlsplit(self.url)
                self.host, self.port = address.hostname or "127.0.0.1", address.port or 80
                return
        self._process.wait()
        raise AssertionError("doris dev did not start:\n" + "".join(said))

    def fetch(
        self,
        path: str = "/",
        *,
        method: str = "GET",
        headers: Headers | None = None,
        body: bytes | None = None,
    ) -> Answer:
        return send(self.host, self.port, method, path, headers=headers, body=body)

    def close(self) -> None:
        self._process.terminate()
        self._process.communicate(timeout=20)

    def __enter__(self) -> EmulatorServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _answers(answer: Answer) -> dict[str, Any]:
    if answer.status != 200:
        raise AssertionError(f"the probe failed with {answer.status}:\n{answer.text}")
    told: dict[str, Any] = json.loads(answer.body)
    return told

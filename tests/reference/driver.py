"""Talk with `driver.mjs`, the one Node process that runs miniflare for us."""

from __future__ import annotations

import collections
import itertools
import json
import os
import queue
import subprocess
import threading
from pathlib import Path
from typing import Any

from scripts.build_bundle import build, node_modules_folder
from tests.reference.node import find_node

HERE = Path(__file__).resolve().parent


class ReferenceError(Exception):
    """The reference runtime did not do what was asked; the text holds what workerd said."""


class Driver:
    """A running `driver.mjs`: send it messages, get its answers. Stop it with `close()`."""

    def __init__(self, node_modules: Path | None = None) -> None:
        self.node_modules = (node_modules or node_modules_folder()).resolve()
        self.bundle = build(self.node_modules)
        self.logs: dict[int, list[dict[str, str]]] = collections.defaultdict(list)
        self.noise: collections.deque[str] = collections.deque(maxlen=200)
        self._numbers = itertools.count(1)
        self._answers: dict[int, queue.Queue[dict[str, Any]]] = {}
        self._process = subprocess.Popen(
            [find_node(), HERE / "driver.mjs", self.node_modules],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=self._environment(),
        )
        self._ready = threading.Event()
        self._readers = [
            threading.Thread(target=read, daemon=True) for read in (self._read_answers, self._read_noise)
        ]
        for reader in self._readers:
            reader.start()
        if not self._ready.wait(60) or self._process.poll() is not None:
            self.close()
            raise ReferenceError("the driver did not start:\n" + "\n".join(self.noise))

    def _environment(self) -> dict[str, str]:
        workerd = self.node_modules / "workerd" / "bin" / "workerd"
        platform = sorted((self.node_modules / "@cloudflare").glob("workerd-*/bin/workerd"))
        return {
            **os.environ,
            "MINIFLARE_WORKERD_PATH": str(HERE / "workerd.sh"),
            "DORIS_WORKERD": str(platform[0] if platform else workerd),
            "DORIS_BUNDLE": str(self.bundle),
            "DORIS_WORKERD_OPTIONS": "",
            "WRANGLER_SEND_METRICS": "false",
            "WRANGLER_LOG": "none",
            "WRANGLER_HIDE_BANNER": "true",
            "NO_COLOR": "1",
        }

    def ask(self, do: str, timeout: float = 60.0, **message: Any) -> tuple[int, Any]:
        """Send one message; return its number and its result. Raises ReferenceError with the driver's
        error.
        """
        number = next(self._numbers)
        answer: queue.Queue[dict[str, Any]] = queue.Queue()
        self._answers[number] = answer
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({"id": number, "do": do, **message}) + "\n")
            self._process.stdin.flush()
            reply = answer.get(timeout=timeout)
        except (OSError, queue.Empty):
            said = "\n".join([*self.noise, *(entry["message"] for entry in self.logs[number])])
            raise ReferenceError(f"no answer to {do!r} within {timeout} s:\n{said}") from None
        finally:
            self._answers.pop(number, None)
        if "error" in reply:
            said = "\n".join(entry["message"] for entry in self.logs[number])
            raise ReferenceError(f"{do}: {reply['error']}\n{said}".rstrip())
        return number, reply["result"]

    def last_words(self, number: int) -> list[dict[str, str]]:
        """The end of a Worker's log, with what is still on its way from a process that has just died."""
        self.ask("settle")
        return self.logs[number][-30:]

    def _read_answers(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            try:
                message = json.loads(line)
            except ValueError:
                self.noise.append(line.rstrip())
                continue
            if "ready" in message:
                self._ready.set()
            elif "log" in message:
                self.logs[message["log"].pop("worker")].append(message["log"])
            elif (waiting := self._answers.get(message["id"])) is not None:
                waiting.put(message)
        self._ready.set()

    def _read_noise(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.noise.append(line.rstrip())

    def close(self) -> None:
        """Stop every Worker and the process itself."""
        assert self._process.stdin is not None
        if not self._process.stdin.closed:
            self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for reader in self._readers:
            reader.join()
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

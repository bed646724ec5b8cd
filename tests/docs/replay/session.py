"""The page's Python session, seen from the replay: `python` and `pycon` blocks run in one process of their
own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .shell import LIMIT

CHILD = Path(__file__).with_name("session_child.py")


@dataclass(frozen=True)
class Raised:
    """An exception that left the code."""

    frames: list[tuple[str, int, str]]
    last: str


@dataclass(frozen=True)
class Said:
    """What one piece of code wrote, and raised."""

    output: str
    error: Raised | None = None
    answer: str | None = None
    """The raw answer to the last request that the session has made, if any."""


def heard(answer: dict[str, Any]) -> Said:
    """What a session has answered."""
    error = answer["error"]
    frames = [(name, number, function) for name, number, function in error["frames"]] if error else []
    return Said(answer["output"], Raised(frames, error["last"]) if error else None, answer["answer"])


class Session:
    """Started with the first piece of code, in the folder where the reader's shell stands."""

    def __init__(self, limit: float = LIMIT) -> None:
        self.limit = limit
        self.process: subprocess.Popen[str] | None = None

    def run(self, request: dict[str, Any], cwd: Path, environ: dict[str, str]) -> Said:
        """Run one piece of code, described as session_child.py says."""
        process = self.process or self._start(cwd, environ)
        assert process.stdin is not None
        assert process.stdout is not None
        # Code that never ends must not hold the whole run: the session is ended, and says so below.
        end = threading.Timer(self.limit, process.kill)
        end.start()
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            reply = process.stdout.readline()
        finally:
            end.cancel()
        if not reply:
            status = process.wait()
            self.stop()
            return Said(
                "",
                Raised(
                    [],
                    f"the Python session ended with status {status} (limit: {self.limit:.0f} s)",
                ),
            )
        return heard(json.loads(reply))

    def _start(self, cwd: Path, environ: dict[str, str]) -> subprocess.Popen[str]:
        self.process = subprocess.Popen(
            [sys.executable, str(CHILD)],
            cwd=cwd,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        return self.process

    def stop(self) -> None:
        """End the session, so that coverage writes down what it has seen."""
        if self.process is None:
            return
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
        self.process.wait(timeout=30)
        self.process = None

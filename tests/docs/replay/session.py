"""The page's Python session, seen from the replay: `python` and `pycon` blocks run in one process of their
own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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
    error: Raised | None = field(default=None)


class Session:
    """Started with the first piece of code, in the folder where the reader's shell stands."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None
        self.answer: str | None = None

    def run(self, mode: str, file: Path, source: str, line: int, cwd: Path, environ: dict[str, str]) -> Said:
        """Run a `script` or a `statement`; `file` and `line` are what tracebacks and coverage call it."""
        process = self.process or self._start(cwd, environ)
        request = {"mode": mode, "file": str(file), "source": source, "line": line, "cwd": str(cwd)}
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        reply = process.stdout.readline()
        if not reply:
            status = process.wait()
            self.stop()
            return Said("", Raised([], f"the Python session ended by itself, with status {status}"))
        heard: dict[str, Any] = json.loads(reply)
        error = heard["error"]
        self.answer = heard["answer"] or self.answer
        frames = [(name, number, function) for name, number, function in error["frames"]] if error else []
        return Said(heard["output"], Raised(frames, error["last"]) if error else None)

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

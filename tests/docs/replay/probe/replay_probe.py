"""A plugin of coverage in the processes of a page: puts down what has run when it is asked (SIGUSR1).

A debugger takes the tracing away from coverage and does not give it back when it continues. From there on a
small tracer of our own follows the rest of the process.
"""

from __future__ import annotations

import atexit
import bdb
import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import coverage

FOLDER = Path(os.environ.get("REPLAY_TRACES", "."))
PROJECT = os.environ.get("REPLAY_PROJECT", "\0")
seen: set[tuple[str, int]] = set()


def coverage_init(registry: object, options: object) -> None:
    """coverage calls this when it starts: with the process, and after it has put down its lines."""
    del registry, options
    alive = FOLDER / f"pid.{os.getpid()}"
    if "REPLAY_TRACES" not in os.environ or alive.exists():
        return
    _follow_behind_debuggers()
    atexit.register(_end)
    if hasattr(signal, "SIGUSR1"):
        signal.signal(signal.SIGUSR1, _put_down)
        atexit.register(lambda: alive.unlink(missing_ok=True))
        alive.touch()


def _put_down(signum: int, frame: FrameType | None) -> None:
    del signum, frame
    running = coverage.Coverage.current()
    if running is not None:
        running.stop()
        running.save()
    coverage.process_startup(force=True)
    _put_down_own()
    (FOLDER / f"answer.{os.getpid()}").touch()


def _end() -> None:
    if sys.gettrace() is _follow:
        sys.settrace(None)
    _put_down_own()


def _put_down_own() -> None:
    if seen:
        lines = sorted(seen)
        seen.clear()
        (FOLDER / f"lines.{os.getpid()}.{len(lines)}.json").write_text(json.dumps(lines), encoding="utf-8")


def _follow_behind_debuggers() -> None:
    original = bdb.Bdb.set_continue

    def set_continue(self: bdb.Bdb) -> None:
        original(self)
        if sys.gettrace() is None:
            sys.settrace(_follow)
            frame = sys._getframe().f_back
            while frame is not None:
                frame.f_trace = _follow
                _note(frame)  # the line where the debugger stood runs now
                frame = frame.f_back

    bdb.Bdb.set_continue = set_continue  # type: ignore[method-assign]


def _follow(frame: FrameType, event: str, argument: Any) -> Any:
    del argument
    if event == "line" and not sys.is_finalizing():
        _note(frame)
    return _follow


def _note(frame: FrameType) -> None:
    name = frame.f_code.co_filename
    file = os.path.abspath(name)
    if not name.startswith("<") and file.startswith(PROJECT):
        seen.add((file, frame.f_lineno))

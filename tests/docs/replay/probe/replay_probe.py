"""A plugin of coverage in the processes of a page: puts down what has run when it is asked (SIGUSR1)."""

from __future__ import annotations

import atexit
import os
import signal
from pathlib import Path

import coverage


def coverage_init(registry: object, options: object) -> None:
    """coverage calls this when it starts: at the process's start, and after each time it has put down its
    lines.
    """
    del registry, options
    folder = os.environ.get("REPLAY_TRACES")
    if not folder or not hasattr(signal, "SIGUSR1"):
        return
    alive = Path(folder) / f"pid.{os.getpid()}"
    if alive.exists():
        return
    answer = Path(folder) / f"answer.{os.getpid()}"

    def put_down(signum: int, frame: object) -> None:
        del signum, frame
        running = coverage.Coverage.current()
        if running is not None:
            running.stop()
            running.save()
        coverage.process_startup(force=True)
        answer.touch()

    signal.signal(signal.SIGUSR1, put_down)
    atexit.register(lambda: alive.unlink(missing_ok=True))
    alive.touch()

"""Threads, processes and sockets are refused inside."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import Any

import pytest

from tests.isolate.conftest import MakeIsolate

TRIES = """
import concurrent.futures, os, socket, subprocess, threading

def tries():
    return {
        "thread": lambda: threading.Thread(target=print).start(),
        "timer": lambda: threading.Timer(1, print).start(),
        "pool": lambda: concurrent.futures.ThreadPoolExecutor().submit(print),
        "run": lambda: subprocess.run(["true"]),
        "shell": lambda: subprocess.Popen("true", shell=True),
        "system": lambda: os.system("true"),
        "fork": lambda: os.fork(),
        "connect": lambda: socket.create_connection(("127.0.0.1", 1), 1),
        "bind": lambda: socket.socket().bind(("127.0.0.1", 0)),
    }

def outcomes():
    found = {}
    for name, attempt in tries().items():
        try:
            found[name] = attempt()
        except Exception as error:
            found[name] = f"{type(error).__name__}: {error}"
    return found
"""

NO_THREAD = "RuntimeError: can't start new thread"
NO_PROCESS = "OSError: [Errno 138] emscripten does not support processes."
REFUSED = "ConnectionRefusedError: [Errno 14] Connection refused"


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_inside_they_raise_what_production_raises(make_isolate: MakeIsolate) -> None:
    isolate = make_isolate({"entry.py": TRIES})
    entry: Any = isolate.import_module("entry")
    isolate.begin_request()
    with isolate.entered():
        outcomes = entry.outcomes()
    assert outcomes == {
        "thread": NO_THREAD,
        "timer": NO_THREAD,
        "pool": NO_THREAD,
        "run": NO_PROCESS,
        "shell": NO_PROCESS,
        "system": -1,
        "fork": "OSError: [Errno 52] Function not implemented",
        "connect": REFUSED,
        "bind": REFUSED,
    }


def test_outside_they_work(make_isolate: MakeIsolate) -> None:
    make_isolate({"entry.py": ""}).import_module("entry")
    ran: list[int] = []
    thread = threading.Thread(target=lambda: ran.append(1))
    thread.start()
    thread.join()
    assert ran == [1]
    assert subprocess.run([sys.executable, "-c", "pass"], check=True, env=os.environ).returncode == 0

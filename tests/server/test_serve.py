"""``doris dev`` as a process."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from doris import UserError, config
from doris.server import serve
from tests.projects import make_project, worker_source

SERVE = """
import sys
from pathlib import Path
from doris import config, server
server.serve(config.load(sys.argv[1]), port=0, persist_to=Path(sys.argv[2]))
"""


@contextmanager
def served(project: Path, state: Path, **options: object) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server on a free port; gives its process and the port."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(project), str(state)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        env=os.environ,
    )
    try:
        assert process.stdout is not None
        ready = process.stdout.readline()
        assert ready.startswith("Ready on http://127.0.0.1:"), ready + (
            process.stderr.read() if process.stderr else ""
        )
        yield process, int(ready.rpartition(":")[2])
    finally:
        process.kill()
        process.communicate()


def ask(port: int, path: str = "/") -> str:
    """The body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


COUNTER = worker_source(
    """
    count = int(await self.env.KV.get("count") or 0) + 1
    await self.env.KV.put("count", str(count))
    return Response(f"first {count}")
    """
)


def test_it_serves_reloads_and_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", COUNTER, kv_namespaces=[{"binding": "KV", "id": "kv"}])
    with served(project, tmp_path / "state") as (process, port):
        assert ask(port) == "first 1"
        (project / "src" / "entry.py").write_text(COUNTER.replace("first", "newer"), encoding="utf-8")
        assert ask(port) == "newer 2"
        process.kill()
    with served(project, tmp_path / "state") as (process, port):
        assert ask(port) == "newer 3"
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(b"NO HTTP AT ALL\r\n\r\n")
            assert connection.recv(100).startswith(b"HTTP/1.1 400 ")
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=20)
        assert process.returncode == 0
        assert "GET / 200 OK (" in out
        assert "Traceback" not in error


def test_a_breakpoint_stops_in_the_workers_code(tmp_path: Path) -> None:
    project = make_project(
        tmp_path / "project", worker_source("word = 'seen'\nbreakpoint()\nreturn Response(word)")
    )
    with served(project, tmp_path / "state") as (process, port):
        assert process.stdin is not None
        process.stdin.write("p word\nword = 'changed'\nc\n")
        process.stdin.flush()
        assert ask(port) == "changed"
        process.send_signal(signal.SIGINT)
        out, _error = process.communicate(timeout=20)
        assert "(Pdb) 'seen'" in out


def test_a_port_in_use_and_an_impossible_one(tmp_path: Path) -> None:
    project = config.load(make_project(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            UserError, match=rf"cannot listen on 127\.0\.0\.1:{port}: .*\n  stop what uses the port"
        ):
            serve(project, port=port)
    with pytest.raises(UserError, match=r"cannot listen on 127\.0\.0\.1:70000: .*\n  choose a port from 0"):
        serve(project, port=70_000)


def test_code_that_does_not_start_ends_it(tmp_path: Path) -> None:
    project = config.load(make_project(tmp_path, "1 / 0"))
    with pytest.raises(UserError, match="ZeroDivisionError"):
        serve(project, port=0)

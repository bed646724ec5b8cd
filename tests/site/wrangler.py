"""Run the real wrangler: a dry run of a deploy, and a server of static assets on workerd."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.reference.node import find_node
from tests.site.built import ROOT

WRANGLER = ROOT / "node_modules" / "wrangler" / "bin" / "wrangler.js"
SECONDS_TO_START = 60


def environment(home: Path) -> dict[str, str]:
    """No questions, no telemetry, nothing of the user's own settings."""
    return {
        "PATH": os.pathsep.join([str(find_node().parent), os.environ["PATH"]]),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "CI": "true",
        "NO_COLOR": "1",
        "WRANGLER_SEND_METRICS": "false",
        "WRANGLER_LOG_PATH": str(home / "logs"),
    }


def wrangler(folder: Path, *arguments: str) -> str:
    """Run wrangler in a folder and return what it said. It must succeed."""
    done = subprocess.run(
        [find_node(), WRANGLER, *arguments],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@dataclass(frozen=True)
class Answered:
    status: int
    headers: dict[str, str]
    body: bytes


class DoNotFollow(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        """A redirect is an answer like any other here."""


@dataclass(frozen=True)
class Serving:
    """A running server; `get` asks it without following redirects."""

    address: str

    def get(self, path: str) -> Answered:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), DoNotFollow)
        try:
            response = opener.open(self.address + path, timeout=30)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answered(response.status, headers, response.read())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(folder: Path, log: Path) -> Iterator[Serving]:
    """Serve `folder/site` as the project's own wrangler.jsonc says, until the block is left."""
    shutil.copy(ROOT / "wrangler.jsonc", folder)
    port = free_port()
    command = [
        find_node(),
        WRANGLER,
        "dev",
        "--ip",
        "127.0.0.1",
        "--port",
        str(port),
        "--inspector-port",
        "0",
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(log.parent),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    serving = Serving(f"http://127.0.0.1:{port}")
    try:
        wait_until_ready(process, log)
        yield serving
    finally:
        # The whole group: wrangler's workerd is a process of its own.
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for wrangler's own word that it listens. It is somebody else's process: there is no event."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        said = log.read_text("utf-8", errors="replace")
        if re.search(r"Ready on http", said):
            return
        assert process.poll() is None, said
        time.sleep(0.05)
    raise AssertionError(f"wrangler dev was not ready after {SECONDS_TO_START} s:\n{log.read_text('utf-8')}")

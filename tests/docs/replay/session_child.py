"""The page's Python session, in a process of its own: reads requests as lines of JSON, answers each with one.

A request is {"mode": "script" | "statement", "file": …, "source": …, "line": …}. The answer is {"output": …,
"error": …}; an error is {"frames": [[file, line, function], …], "last": the lines that end the traceback}.
Between the requests of a page names, imports and one event loop stay, as in `python -m asyncio`.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import inspect
import io
import json
import os
import sys
import traceback
import types
from typing import Any

FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


class Session:
    """The namespace and the loop of one page."""

    def __init__(self) -> None:
        self.module = types.ModuleType("__main__")
        self.namespace: dict[str, Any] = self.module.__dict__
        self.runner = asyncio.Runner()

    def handle(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run one piece of code; everything it writes is part of the answer."""
        sys.modules["__main__"] = self.module
        output = io.StringIO()
        error = None
        os.chdir(request["cwd"])
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            try:
                self._run(request)
            except BaseException as raised:  # also SystemExit: the page goes on, and shows it
                error = described(raised)
        return {"output": output.getvalue(), "error": error, "answer": self._raw_answer()}

    def _run(self, request: dict[str, Any]) -> None:
        # Empty lines in front give the code the line numbers that it has in its block: coverage counts by
        # them.
        source = "\n" * (request["line"] - 1) + request["source"]
        mode = "single" if request["mode"] == "statement" else "exec"
        code = compile(source, request["file"], mode, FLAGS)
        function = types.FunctionType(code, self.namespace)
        if inspect.iscoroutinefunction(function):
            self.runner.run(function())
        else:
            function()

    def _raw_answer(self) -> str | None:
        recorder = sys.modules.get("replay_requests")
        return recorder.last if recorder else None


def described(raised: BaseException) -> dict[str, Any]:
    """An exception as the page may show it: its frames without our own, and its last lines."""
    frames = [
        [frame.filename, frame.lineno, frame.name]
        for frame in traceback.extract_tb(raised.__traceback__)
        if frame.filename != __file__ and "/asyncio/" not in frame.filename
    ]
    return {"frames": frames, "last": "".join(traceback.format_exception_only(raised)).rstrip("\n")}


def main() -> None:
    session = Session()
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.path.insert(0, "")
    for line in sys.stdin:
        answer = session.handle(json.loads(line))
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    session.runner.close()


if __name__ == "__main__":
    main()

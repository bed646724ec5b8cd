"""wrangler itself, asked how it reads a project."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.reference.node import find_node

HERE = Path(__file__).parent
SCHEMA = HERE.parent.parent / "node_modules" / "wrangler" / "config-schema.json"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Answer:
    """What wrangler said: the text of the error it raised, and what it printed, in one text."""

    value: Any
    error: str | None
    line: int | None
    warnings: str


class Wrangler:
    """One Node process with wrangler loaded, asked over its standard input."""

    def __init__(self, home: Path) -> None:
        environment = {"HOME": str(home), "USERPROFILE": str(home), "WRANGLER_SEND_METRICS": "false"}
        environment |= {"WRANGLER_LOG_PATH": str(home / "logs"), "PATH": os.environ["PATH"]}
        environment |= {"XDG_CONFIG_HOME": str(home), "FORCE_COLOR": "0", "NO_COLOR": "1"}
        self._process = subprocess.Popen(
            [find_node(), HERE / "wrangler.mjs"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
            encoding="utf-8",
        )

    def ask(self, command: str, **question: Any) -> Answer:
        """Run one of the commands of wrangler.mjs."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"command": command, **question}, default=str) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        said = _squeeze(_COLOURS.sub("", "\n".join(answer["said"])))
        return Answer(answer.get("value"), answer.get("error"), answer.get("line"), said)

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=20)
        assert self._process.stdout is not None
        self._process.stdout.close()


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text)

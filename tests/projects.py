"""Small Worker projects for tests."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

HELLO = """
from workers import Response, WorkerEntrypoint

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        return Response("hello")
"""


def make_project(
    folder: Path, source: str = HELLO, *, files: dict[str, str] | None = None, **fields: Any
) -> Path:
    """Write a project with the main module ``src/entry.py`` and give its folder.

    Args:
        folder: Where; it is created.
        source: The main module.
        files: Further files, by their path in the project.
        **fields: Fields of the wrangler file.
    """
    config = {
        "name": "test-worker",
        "main": "src/entry.py",
        "compatibility_date": "2026-11-01",
        "compatibility_flags": ["python_workers"],
        **fields,
    }
    written = {"wrangler.jsonc": json.dumps(config), "src/entry.py": source, **(files or {})}
    for name, content in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(content), encoding="utf-8")
    return folder


def worker_source(body: str, *, before: str = "") -> str:
    """A main module whose ``fetch`` has this body."""
    indented = textwrap.indent(textwrap.dedent(body).strip("\n"), " " * 8)
    header = "from workers import Response, WorkerEntrypoint\n" + textwrap.dedent(before)
    return f"{header}\n\nclass Default(WorkerEntrypoint):\n    async def fetch(self, request):\n{indented}\n"

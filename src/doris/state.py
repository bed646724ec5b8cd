"""Where a project keeps what its Worker stored.

One layout for everybody that reads or writes it: ``doris dev``, ``doris d1 …`` and
``doris.open(persist_to=…)``. It has a version of its own, so that a later release can change it without
reading old files wrongly.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import quote

from doris.config.model import D1Database, Project

LAYOUT = "v1"
_LONGEST_NAME = 120  # well below the 255 bytes that file systems allow, with room for "-journal" and the like


def path_for(project: Project, persist_to: str | Path | None = None) -> Path:
    """The folder that holds the project's state: ``.doris/state/v1`` beside its wrangler file.

    ``persist_to`` replaces ``.doris/state``; when relative it counts from the current folder, as wrangler's
    does. The folder need not exist.
    """
    base = project.root / ".doris" / "state" if persist_to is None else Path(persist_to).absolute()
    return base / LAYOUT


def d1_file(project: Project, database: D1Database, persist_to: str | Path | None = None) -> Path:
    """The SQLite file of a D1 database. Two bindings with one ``database_id`` share it."""
    return path_for(project, persist_to) / "d1" / f"{file_name(database.local_id)}.sqlite"


def file_name(text: str) -> str:
    """A file name for ``text``: what a file name cannot hold everywhere is written as in a URL, long names
    end in a hash.

    Different texts have different names, except that a file system which does not tell capitals apart (macOS,
    Windows) does not tell ``DB`` from ``db`` either: give such databases a ``database_id``.
    """
    name = quote(text, safe="")
    if name.startswith("."):
        name = "%2E" + name[1:]
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[: _LONGEST_NAME - 17]}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"

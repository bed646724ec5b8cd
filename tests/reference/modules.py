"""Collect the files of a Python Worker as wrangler would send them."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SDK = "workers-runtime-sdk"

# wrangler's default rules for what lies beside the main module.
TYPE_OF_SUFFIX = {
    ".py": "PythonModule",
    ".txt": "Text",
    ".html": "Text",
    ".sql": "Text",
    ".bin": "Data",
    ".wasm": "CompiledWasm",
}

SKIPPED_FOLDERS = {"node_modules", "__pycache__", "python_modules"}


@dataclass(frozen=True)
class WorkerModule:
    """One file of a Worker: its name inside the Worker, miniflare's type for it, and where it lies."""

    name: str
    type: str
    file: Path

    def as_message(self) -> dict[str, str]:
        return {"name": self.name, "type": self.type, "file": str(self.file)}


def source_modules(main: Path) -> list[WorkerModule]:
    """The main module, first, and what wrangler finds beside it."""
    root = main.parent
    found = [WorkerModule(main.name, "PythonModule", main)]
    for file in _files_below(root):
        kind = TYPE_OF_SUFFIX.get(file.suffix)
        if kind is not None and file != main:
            found.append(WorkerModule(file.relative_to(root).as_posix(), kind, file))
    return found


def vendored_modules(folder: Path) -> list[WorkerModule]:
    """The files of a `python_modules` folder, all data as wrangler has them, except the SDK's JavaScript."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            name = file.relative_to(folder).as_posix()
            found.append(_vendored(name, file))
    return found


def sdk_modules() -> list[WorkerModule]:
    """The SDK that is installed beside us, as if it were vendored."""
    distribution = importlib.metadata.distribution(SDK)
    found = []
    for path in distribution.files or []:
        name = path.as_posix()
        if not name.endswith(".pyc") and not name.startswith(".."):
            found.append(_vendored(name, Path(str(distribution.locate_file(path)))))
    return found


def _vendored(name: str, file: Path) -> WorkerModule:
    javascript = name.startswith("workers/") and file.suffix in {".js", ".mjs"}
    return WorkerModule(f"python_modules/{name}", "ESModule" if javascript else "Data", file)


def _files_below(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir():
            if entry.name not in SKIPPED_FOLDERS and not entry.name.startswith("."):
                yield from _files_below(entry)
        elif not entry.name.startswith("."):
            yield entry

"""Read a tree of files as pages draw it, and hold it against the folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from .fence import repository

IGNORED = {
    ".coverage",
    ".doris",
    ".git",
    ".pytest_cache",
    ".replay",
    ".venv",
    ".wrangler",
    "__pycache__",
    "node_modules",
    "python_modules",
}
"""What tools leave behind. A tree need not show it."""

COMMENT = re.compile(r"\s{2,}(#|←|<-|//).*$")
BRANCH = re.compile(r"^(?P<lead>(?:[│|]?[ \u00a0]+)*)(?:[├└+`|][─-]+[ \u00a0]*)?(?P<name>\S.*)$")


def shown(text: str) -> tuple[str, list[str]]:
    """The name of the folder, and the paths in it; a folder ends with `/`.

    Raises ValueError for lines that are no tree.
    """
    lines = [COMMENT.sub("", line).rstrip() for line in text.split("\n") if line.strip()]
    if not lines:
        raise ValueError("an empty tree")
    top, *rest = lines
    open_folders: list[tuple[int, str]] = []
    paths: list[str] = []
    for line in rest:
        match = BRANCH.match(line)
        if match is None:
            raise ValueError(f"`{line}` is no line of a tree")
        depth = match.start("name")
        while open_folders and open_folders[-1][0] >= depth:
            open_folders.pop()
        path = (open_folders[-1][1] if open_folders else "") + match["name"]
        paths.append(path)
        open_folders.append((depth, path if path.endswith("/") else path + "/"))
    # A name with something below it is a folder, with or without a slash.
    return top.strip(), [
        f"{path}/" if not path.endswith("/") and any(p.startswith(path + "/") for p in paths) else path
        for path in paths
    ]


def difference_of_trees(text: str, cwd: Path) -> str | None:
    """What the tree shows and the folder lacks, and the other way round; None when they agree."""
    try:
        top, paths = shown(text)
    except ValueError as error:
        return f"not a tree: {error}"
    folder = folder_of(top, cwd)
    if not folder.is_dir():
        return f"the tree shows {top}, and there is no such folder"
    closed = {
        path
        for path in paths
        if path.endswith("/") and not any(p != path and p.startswith(path) for p in paths)
    }
    there = set(_walk(folder, "", closed))
    missing = [f"    - {path}  (shown, and not there)" for path in paths if path not in there]
    unshown = [f"    + {path}  (there, and not shown)" for path in sorted(there - set(paths))]
    if not missing and not unshown:
        return None
    return f"the tree is not the folder {top}:\n" + "\n".join([*missing, *unshown])


def folder_of(top: str, cwd: Path) -> Path:
    """The folder that the first line names: where the shell stands or below it, or a folder of the
    repository.
    """
    name = top.rstrip("/")
    if name in (".", cwd.name):
        return cwd
    if (cwd / name).is_dir():
        return cwd / name
    return repository() / name if name.startswith(("examples/", "snippets/", "src/")) else cwd / name


def _walk(folder: Path, before: str, closed: set[str]) -> Iterator[str]:
    for entry in sorted(folder.iterdir()):
        if entry.name in IGNORED:
            continue
        path = before + entry.name
        if not entry.is_dir():
            yield path
            continue
        yield path + "/"
        if path + "/" not in closed:
            yield from _walk(entry, path + "/", closed)

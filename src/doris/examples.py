"""The example projects that come with doris, and copying one."""

from __future__ import annotations

import difflib
import os.path
import shutil
from dataclasses import dataclass
from pathlib import Path

from doris import config
from doris.errors import UserError

_PACKAGE = Path(__file__).parent
_LEFTOVERS = shutil.ignore_patterns(
    ".doris", ".wrangler", "__pycache__", "*.pyc", ".pytest_cache", ".venv", "python_modules", ".coverage"
)


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its name (the folder's path, such as ``05-d1``), its title, its folder."""

    name: str
    title: str
    folder: Path


def all_examples() -> list[Example]:
    """Every example, sorted by name. Raises :class:`UserError` when this installation has none."""
    root = _root()
    folders = sorted({file.parent for name in config.FILE_NAMES for file in root.rglob(name)})
    return [
        Example(folder.relative_to(root).as_posix(), _title(folder), folder)
        for folder in folders
        if not any(part.startswith(".") for part in folder.relative_to(root).parts)
    ]


def find(name: str) -> Example:
    """The example of that name. Raises :class:`UserError` that lists the names when there is none."""
    examples = {example.name: example for example in all_examples()}
    if name in examples:
        return examples[name]
    near = difflib.get_close_matches(name, list(examples), n=1, cutoff=0.4) or [
        known for known in examples if name and name in known
    ]
    guess = f'Did you mean "{near[0]}"? ' if near else ""
    raise UserError(f'there is no example "{name}"\n  {guess}The examples are: {", ".join(examples)}.')


def copy(example: Example, destination: Path) -> None:
    """Copy an example to a folder that does not exist or is empty.

    What running an example leaves behind (state, caches) is not copied. Raises :class:`UserError`, and then
    has changed nothing.
    """
    if destination.exists() and not destination.is_dir():
        raise UserError(
            f"{shown(destination)} is a file\n  Name another folder: doris new {example.name} FOLDER"
        )
    if destination.is_dir() and any(destination.iterdir()):
        raise UserError(
            f"{shown(destination)} is not empty, nothing was copied\n"
            f"  Name another folder: doris new {example.name} FOLDER"
        )
    try:
        shutil.copytree(example.folder, destination, ignore=_LEFTOVERS, dirs_exist_ok=True)
    except OSError as error:
        raise UserError(f"{shown(destination)} cannot be written: {_reason(error)}") from None


def _reason(error: OSError) -> str:
    """What the system said; a failed copy of a tree has one text for each file, of which the first tells."""
    if isinstance(error, shutil.Error):
        (_source, _destination, text), *_ = error.args[0]
        return str(text)
    return error.strerror or str(error)


def shown(path: Path) -> str:
    """The path as a person in the current folder would write it."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else Path(relative).as_posix()


def _root() -> Path:
    """In an installed package the examples lie beside the modules, in a checkout at the top."""
    for folder in (_PACKAGE / "_examples", _PACKAGE.parent.parent / "examples"):
        if folder.is_dir():
            return folder
    raise UserError("this installation of doris has no examples\n  Install the package doris-workers again.")


def _title(folder: Path) -> str:
    """The heading of its README, else nothing."""
    readme = folder / "README.md"
    if not readme.is_file():
        return ""
    lines = readme.read_text(encoding="utf-8").splitlines()
    return next((line.removeprefix("# ").strip() for line in lines if line.startswith("# ")), "")

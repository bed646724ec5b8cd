"""The text of a wrangler file, read and located."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from doris.config import jsonc, toml
from doris.config.errors import ConfigError, Location

FILE_NAMES = ("wrangler.json", "wrangler.jsonc", "wrangler.toml")
"""In wrangler's order: of several in one folder the first is read."""

_FOREIGN_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


@dataclass(frozen=True)
class Document:
    """A parsed file: its value, and where in the text each part of it stands."""

    file: Path
    value: dict[str, Any]
    locations: dict[tuple[str | int, ...], Location]

    def locate(self, path: tuple[str | int, ...]) -> Location:
        """Line and column of the part; of the smallest part around it when it is missing."""
        while path and path not in self.locations:
            path = path[:-1]
        return self.locations.get(path, (1, 1))


def find_in(folder: Path) -> Path | None:
    """The wrangler file of this very folder."""
    for name in FILE_NAMES:
        if (folder / name).is_file():
            return folder / name
    return None


def resolve(path: str | Path) -> Path:
    """The wrangler file meant by a path to it or to its folder, absolute. Raises :class:`ConfigError`."""
    given = Path(path).absolute()
    if given.is_dir():
        found = find_in(given)
        if found is None:
            hint = (
                'It needs a wrangler.jsonc, with at least {"name": "my-worker", "main": "src/entry.py", …}.'
            )
            raise ConfigError.of(given, "no wrangler file in this folder", hint=hint)
        return found
    if not given.exists():
        hint = "Give a folder with a wrangler.jsonc or wrangler.toml, or the file itself."
        raise ConfigError.of(given, "no such file or folder", hint=hint)
    if given.suffix not in (".json", ".jsonc", ".toml"):
        hint = "A wrangler file ends in .jsonc, .json or .toml."
        raise ConfigError.of(given, "this is no wrangler file", hint=hint)
    return given


def read(file: Path) -> Document:
    """Read and parse a wrangler file; the ending of its name tells the format. Raises
    :class:`ConfigError`.
    """
    text = read_text(file)
    try:
        value, locations = toml.parse(text) if file.suffix == ".toml" else jsonc.parse(text)
    except jsonc.SyntaxProblem as problem:
        kind = "TOML" if file.suffix == ".toml" else "JSON"
        message = f"this is not {kind}: {problem.message}"
        raise ConfigError.of(file, message, location=problem.location) from None
    if not isinstance(value, dict):
        raise ConfigError.of(file, "expected an object with fields", location=(1, 1), hint='Begin with "{".')
    return Document(file, value, locations)


def read_text(file: Path) -> str:
    """The text of a file in UTF-8, with or without a byte order mark. Raises :class:`ConfigError`."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ConfigError.of(file, f"cannot be read: {error.strerror}") from None
    for mark, encoding in _FOREIGN_MARKS.items():
        if data.startswith(mark):
            raise ConfigError.of(file, f"this is {encoding}", hint="Save the file as UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        location = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        message = f"this is not UTF-8: {error.reason}"
        raise ConfigError.of(file, message, location=location, hint="Save the file as UTF-8.") from None

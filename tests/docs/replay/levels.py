"""How far a block was checked, and where that is written down."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from .fence import repository


class Level(StrEnum):
    """From most to least. There is no level for a block that nothing checks."""

    RAN = "ran"
    COMPILED = "compiled"
    VALIDATED = "validated"


@dataclass(frozen=True)
class Row:
    """One line of build/blocks.json."""

    page: str
    line: int
    language: str
    level: str


def blocks_file() -> Path:
    return repository() / "build" / "blocks.json"


def write(rows: list[Row], file: Path | None = None) -> None:
    """Write the rows of all pages, sorted by page and line."""
    file = file or blocks_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(asdict(row)) for row in sorted(rows, key=lambda row: (row.page, row.line))]
    file.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def read(file: Path | None = None) -> list[Row]:
    """The rows of the last replay."""
    return [Row(**row) for row in json.loads((file or blocks_file()).read_text(encoding="utf-8"))]


def table(rows: list[Row]) -> str:
    """The rows as a table for people: pages down, levels across, and each language by itself."""
    header = ["", *Level, "all"]
    lines = [header]
    for name, chosen in (("page", lambda row: row.page), ("language", lambda row: row.language)):
        lines.append([name, "", "", "", ""])
        for key in sorted({chosen(row) for row in rows}):
            counted = Counter(row.level for row in rows if chosen(row) == key)
            lines.append([f"  {key}", *(str(counted[level] or "") for level in Level), str(counted.total())])
    total = Counter(row.level for row in rows)
    lines.append(["total", *(str(total[level]) for level in Level), str(total.total())])
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    return "\n".join(
        line[0].ljust(widths[0])
        + "".join(cell.rjust(width + 2) for cell, width in zip(line[1:], widths[1:], strict=True))
        for line in lines
    )


def keep(page: str, rows: list[Row], file: Path | None = None) -> None:
    """Put the rows of one page into build/blocks.json in place of what stood there for it.

    Each page has a file of its own beside it, so that a run of one page leaves the others as they were.
    """
    file = file or blocks_file()
    parts = file.with_suffix(".d")
    parts.mkdir(parents=True, exist_ok=True)
    write(rows, parts / (page.replace("/", "__").replace(":", "_") + ".json"))
    together = [row for part in sorted(parts.glob("*.json")) for row in read(part)]
    write([row for row in together if (repository() / row.page).exists()], file)

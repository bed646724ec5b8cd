"""Tables as wrangler draws them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

_Rules = tuple[tuple[str, str, str, str], ...]
_LINES: _Rules = (("┌", "─", "┬", "┐"), ("├", "─", "┼", "┤"), ("└", "─", "┴", "┘"))
_PLAIN: _Rules = (("+", "-", "+", "+"),) * 3
_CONTROL = {ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}


def render(rows: Sequence[Mapping[str, object]], encoding: str | None = "utf-8") -> str:
    """A table of rows with the same keys; line ends in a cell are written ``\\n``.

    Where ``encoding`` has no box drawing, lines are drawn with ``+``, ``-`` and ``|``.
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [names, *([str(row.get(name, "")) for name in names] for row in rows)]
    cells = [[text.translate(_CONTROL) for text in line] for line in cells]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    drawn = _can_write("".join("".join(rule) for rule in _LINES) + "│", encoding)
    top, middle, bottom = (_rule(widths, *ends) for ends in (_LINES if drawn else _PLAIN))
    head, *body = (_row(line, widths, "│" if drawn else "|") for line in cells)
    return "\n".join([top, head, middle, *body, bottom])


def _row(cells: Sequence[str], widths: Sequence[int], side: str) -> str:
    padded = (f" {text}{' ' * (width - _width(text))} " for text, width in zip(cells, widths, strict=True))
    return side + side.join(padded) + side


def _rule(widths: Sequence[int], left: str, line: str, cross: str, right: str) -> str:
    return left + cross.join(line * (width + 2) for width in widths) + right


def _width(text: str) -> int:
    """Columns on a terminal: East Asian characters and emoji take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def _can_write(text: str, encoding: str | None) -> bool:
    try:
        text.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True

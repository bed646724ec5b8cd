"""Reading text that is not UTF-8.

SQL can make such text (``CAST(x'ff' AS TEXT)``, ``char(55296)``). JavaScript sees U+FFFD in it; apsw
refuses it. So the query is run again with every text and BLOB written in hexadecimal digits, and decoded
here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .driver import Row, Value
from .statements import SPACE


class InvalidText(Exception):
    """A column holds text that is not UTF-8."""


def in_digits(sql: str, columns: int) -> str:
    """The query ``sql`` with text as ``t…`` and BLOBs as ``b…`` in hexadecimal digits."""
    names = [f"c{index}" for index in range(columns)]
    shown = ", ".join(_SHOWN.replace("column", name) for name in names)
    return f"WITH _cf_rows({', '.join(names)}) AS ({sql.strip(SPACE + ';')}\n) SELECT {shown} FROM _cf_rows"


_SHOWN = """CASE typeof(column)
    WHEN 'text' THEN 't' || hex(column) WHEN 'blob' THEN 'b' || hex(column) ELSE column
END"""


def from_digits(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of such a query as they were meant."""
    for row in rows:
        yield tuple(_value(value) for value in row)


def _value(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    content = bytes.fromhex(value[1:])
    return content if value[0] == "b" else content.decode("utf-8", "replace")

"""What goes wrong: an SQL error in workerd's words, and a file that is no database."""

from __future__ import annotations

from doris.errors import UserError


class SqlError(Exception):
    """SQLite, or a rule that the runtime puts on top of it, refused a statement.

    ``str(error)`` is the text that workerd builds for its JavaScript errors: SQLite's message, the byte
    offset of the token at fault when SQLite knows it, the result code, and the extended code when that says
    more.
    """

    def __init__(
        self, message: str, code: str | None = None, extended: str | None = None, offset: int = -1
    ) -> None:
        """``code`` is a name such as ``SQLITE_CONSTRAINT``; ``None`` for rules that SQLite knows nothing
        about.

        ``offset`` counts UTF-8 bytes from the start of the statement; -1 when there is none.
        """
        text = message if offset < 0 else f"{message} at offset {offset}"
        if code is not None:
            text += f": {code}"
            if extended is not None and extended != code:
                text += f" (extended: {extended})"
        super().__init__(text)
        self.message = message
        self.code = code
        self.extended = extended
        self.offset = offset


def not_authorized() -> SqlError:
    """What SQLite answers when its authorizer refuses a statement."""
    return SqlError("not authorized", "SQLITE_AUTH")


class DatabaseFileError(UserError):
    """A file cannot be used as a database: it is something else, damaged, or not ours to write."""

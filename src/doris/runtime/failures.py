"""What goes wrong with a Worker's code, said so that it can be mended."""

from __future__ import annotations

import importlib
import traceback
from pathlib import Path
from types import TracebackType

from doris.errors import UserError

#: The emulator's own files, and those through which it imports the Worker's.
_OURS = (str(Path(__file__).resolve().parent.parent), str(importlib.__file__), "<frozen importlib")


class WorkerError(UserError):
    """The Worker's code cannot be loaded: no main module, an error while it starts, nothing that it
    exports.
    """

    __module__ = "doris"


def user_traceback(error: BaseException) -> str:
    """The traceback of an exception without the frames of the emulator and of the import machinery around
    them.
    """
    shown = traceback.TracebackException.from_exception(
        error.with_traceback(first_user_frame(error.__traceback__))
    )
    _without_ours(shown)
    return "".join(shown.format()).rstrip("\n")


def first_user_frame(tb: TracebackType | None) -> TracebackType | None:
    """The traceback from the first frame on that is not the emulator's; the whole one when all are."""
    start = tb
    while start is not None and _is_ours(start.tb_frame.f_code.co_filename):
        start = start.tb_next
    return start or tb


def missing_binding(error: BaseException) -> str | None:
    """The name in ``env`` that an exception is about; None when it is about something else."""
    tb = error.__traceback__
    while tb is not None and tb.tb_next is not None:
        frame = tb.tb_frame
        looked_in_env = (
            frame.f_code.co_name == "_getattr_helper"
            and type(frame.f_locals.get("self")).__name__ == "_EnvWrapper"
        )
        if isinstance(error, AttributeError) and looked_in_env:
            return str(frame.f_locals.get("name"))
        tb = tb.tb_next
    return None


def _without_ours(shown: traceback.TracebackException) -> None:
    shown.stack[:] = _kept(shown)
    for other in (shown.__cause__, shown.__context__):
        if other is not None:
            _without_ours(other)


def _kept(shown: traceback.TracebackException) -> list[traceback.FrameSummary]:
    """The frames to show. When all are ours they stay, except that a syntax error says itself where it is."""
    kept = [frame for frame in shown.stack if not _is_ours(frame.filename)]
    is_syntax_error = hasattr(shown, "offset")
    return kept if kept or is_syntax_error else list(shown.stack)


def _is_ours(filename: str) -> bool:
    return filename.startswith(_OURS)

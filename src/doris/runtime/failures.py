"""What goes wrong with a Worker's code, said so that it can be mended."""

from __future__ import annotations

import importlib
import itertools
import traceback
from collections.abc import Iterator
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
    drop_own_frames(error)
    return "".join(traceback.format_exception(error)).rstrip("\n")


def drop_own_frames(error: BaseException | None) -> None:
    """Leave in the traceback of an exception, and of those behind it, only what is not the emulator's.

    In production there are no such frames. Where all are the emulator's they stay; not those of a syntax
    error, which says itself where it is.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = [tb for tb in _frames(error.__traceback__) if not _is_ours(tb)]
        for here, following in itertools.pairwise([*frames, None]):
            if here is not None:
                here.tb_next = following
        if frames or isinstance(error, SyntaxError):
            error.__traceback__ = frames[0] if frames else None
        error = error.__cause__ or error.__context__


def missing_binding(error: BaseException) -> str | None:
    """The name in ``env`` that an exception is about; None when it is about something else."""
    for tb in _frames(error.__traceback__):
        frame = tb.tb_frame
        looked_in_env = (
            frame.f_code.co_name == "_getattr_helper"
            and type(frame.f_locals.get("self")).__name__ == "_EnvWrapper"
        )
        if isinstance(error, AttributeError) and looked_in_env:
            return str(frame.f_locals.get("name"))
    return None


def _frames(tb: TracebackType | None) -> Iterator[TracebackType]:
    while tb is not None:
        yield tb
        tb = tb.tb_next


def _is_ours(tb: TracebackType) -> bool:
    return tb.tb_frame.f_code.co_filename.startswith(_OURS)

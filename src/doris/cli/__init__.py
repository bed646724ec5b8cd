"""The command ``doris``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from doris.cli.parser import make_parser
from doris.errors import UserError
from doris.sql import SqlError

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``doris`` with these arguments (without the command's own name); default: those of the process.

    Returns the exit status: 0 when all went well, 1 after an error that the user can mend (its text is on the
    error stream), 130 after Ctrl+C. Wrong arguments raise ``SystemExit`` with 2.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        options = make_parser().parse_args(arguments)
        status: int = options.run(options)
        sys.stdout.flush()
    except (UserError, SqlError) as error:
        sys.stdout.flush()
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    except PermissionError as error:  # of any file that a command reads
        print(f"error: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output went away, as in `doris … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status

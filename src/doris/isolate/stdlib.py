"""Where the standard library inside an isolate differs from the host's.

Most of it is the host's own, shared. Two kinds of modules are not:

- *overlays*: a copy of the host's module in which a few names differ (`time`, `os`, `asyncio`,
  `importlib`). There is one for all isolates; it asks for the current one when it is called.
- *own copies*: pure Python modules that import an overlay or lack what production lacks, executed once more
  (`random`, `uuid`, `hashlib`).

`datetime` is a case of its own: `doris.isolate.datetimes`.

A stricter list of what production lacks grows here.
"""

from __future__ import annotations

import functools
from types import ModuleType

from doris.isolate import overlays

#: Modules of the standard library that production does not have (Python 3.14.2 of the reference runtime).
#: Packages are named by their top. A few stay although production lacks them, because the host's own modules
#: cannot do without.
ABSENT = frozenset(
    {
        "_curses",
        "_curses_panel",
        "_dbm",
        "_gdbm",
        "_hashlib",
        "_multiprocessing",
        "_posixshmem",
        "_tkinter",
        "_uuid",
        "curses",
        "dbm",
        "ensurepip",
        "grp",
        "idlelib",
        "msvcrt",
        "nt",
        "pydoc_data",
        "pwd",
        "readline",
        "resource",
        "syslog",
        "tkinter",
        "turtle",
        "turtledemo",
        "venv",
        "winreg",
        "winsound",
        # Python 3.12 to 3.14 removed these.
        "aifc",
        "asynchat",
        "asyncore",
        "audioop",
        "cgi",
        "cgitb",
        "chunk",
        "crypt",
        "distutils",
        "imghdr",
        "imp",
        "lib2to3",
        "mailcap",
        "msilib",
        "nis",
        "nntplib",
        "ossaudiodev",
        "pipes",
        "smtpd",
        "sndhdr",
        "spwd",
        "sunau",
        "telnetlib",
        "uu",
        "xdrlib",
    }
)

#: Pure Python modules of the standard library that each library executes for itself.
OWN_COPY = frozenset({"random", "secrets", "uuid", "hashlib", "hmac"})

_MAKERS = {
    "asyncio": overlays.make_asyncio,
    "time": overlays.make_time,
    "importlib": overlays.make_importlib,
    "os": overlays.make_os,
}


@functools.cache
def overlays_at_start() -> dict[str, ModuleType]:
    """The overlays, by name."""
    return {name: make() for name, make in _MAKERS.items()}

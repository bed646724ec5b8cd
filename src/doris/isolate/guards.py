"""What a Worker cannot do, refused wherever it is tried: threads, processes, sockets.

An audit hook sees these calls in shared modules of the standard library too, so no path leads around it. It
looks only while an isolate is current. What must reach the real thing from there steps outside first
(`doris.isolate.outside`).

Source of the errors: the reference runtime.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from doris.isolate.active import current

# Error numbers are those of WebAssembly's C library, not of this machine.
_ENOSYS, _EPROCESS, _ECONNREFUSED = 52, 138, 14


def _no_thread() -> Exception:
    return RuntimeError("can't start new thread")


def _no_process() -> Exception:
    return OSError(_EPROCESS, "emscripten does not support processes.")


def _no_fork() -> Exception:
    return OSError(_ENOSYS, "Function not implemented")


def _no_connection() -> Exception:
    return ConnectionRefusedError(_ECONNREFUSED, "Connection refused")


_REFUSED: dict[str, Callable[[], Exception]] = {
    "_thread.start_new_thread": _no_thread,
    "_thread.start_joinable_thread": _no_thread,
    "os.exec": _no_fork,
    "os.fork": _no_fork,
    "os.forkpty": _no_fork,
    "os.posix_spawn": _no_process,
    "os.spawn": _no_process,
    "os.startfile": _no_process,
    "os.system": _no_process,
    "socket.bind": _no_connection,
    "socket.connect": _no_connection,
    "subprocess.Popen": _no_process,
}

_installed = False


def install() -> None:
    """Add the audit hook, once a process.

    It cannot be taken away again, and does nothing outside of isolates.
    """
    global _installed
    if not _installed:
        _installed = True
        sys.addaudithook(_audit)


def _audit(event: str, _arguments: object) -> None:
    refusal = _REFUSED.get(event)
    if refusal is not None and current() is not None:
        raise refusal()

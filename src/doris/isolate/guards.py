"""What a Worker cannot do, refused wherever it is tried: threads, processes, sockets.

An audit hook sees these calls in shared modules of the standard library too, so no path leads around it. It
looks only while an isolate is current. What must reach the real thing from there steps outside first
(`doris.isolate.outside`).

Source of the errors: the reference runtime.
"""

from __future__ import annotations

import _thread
import sys
import threading
from collections.abc import Callable
from typing import Any

from doris.isolate import active

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

#: Before Python 3.12 a new thread is no audit event.
_STARTS_UNSEEN = sys.version_info < (3, 12)
_really_start: Callable[..., int] = _thread.start_new_thread


def install() -> None:
    """Refuse from now on.

    The audit hook is added once a process: it cannot be taken away again, and does nothing outside of
    isolates.
    """
    global _installed
    if not _installed:
        _installed = True
        sys.addaudithook(_make_hook())
    if _STARTS_UNSEEN:
        _thread.start_new_thread = threading._start_new_thread = _start_new_thread  # type: ignore[attr-defined]


def remove() -> None:
    """The last isolate is gone."""
    if _STARTS_UNSEEN:
        _thread.start_new_thread = threading._start_new_thread = _really_start  # type: ignore[attr-defined]


def _start_new_thread(*arguments: Any) -> int:
    if active.is_inside():
        raise _no_thread()
    return _really_start(*arguments)


def _make_hook() -> Callable[[str, object], None]:
    # Everything is bound here: the hook still runs when the interpreter has emptied this module.
    refused, is_inside = _REFUSED, active.is_inside

    def audit(event: str, _arguments: object) -> None:
        refusal = refused.get(event)
        if refusal is not None and is_inside():
            raise refusal()

    return audit

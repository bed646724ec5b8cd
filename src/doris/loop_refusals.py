"""What no event loop of a Worker can do: there are no file descriptors, sockets, processes and signals.

Source of the texts: ``pyodide.webloop`` of Pyodide 314.
"""

from __future__ import annotations

import asyncio
from typing import Any

_SOCKETS = "restricted raw socket access"

_REFUSED = {
    "add_reader": "lack of POSIX file descriptors",
    "add_writer": "lack of POSIX file descriptors",
    "remove_reader": "lack of POSIX file descriptors",
    "remove_writer": "lack of POSIX file descriptors",
    "add_signal_handler": "lack of POSIX signals",
    "remove_signal_handler": "lack of POSIX signals",
}

_REFUSED_WHEN_AWAITED = {
    "connect_read_pipe": "absence of OS pipes",
    "connect_write_pipe": "absence of OS pipes",
    "sendfile": "missing OS file descriptors and zero-copy facilities",
    "create_server": _SOCKETS,
    "create_unix_connection": "absence of Unix domain sockets",
    "create_unix_server": "absence of Unix domain sockets",
    "connect_accepted_socket": _SOCKETS,
    "create_datagram_endpoint": _SOCKETS,
    "start_tls": "lack of low-level TLS controls",
    "sock_recv": _SOCKETS,
    "sock_recv_into": _SOCKETS,
    "sock_recvfrom": _SOCKETS,
    "sock_recvfrom_into": _SOCKETS,
    "sock_sendall": _SOCKETS,
    "sock_sendto": _SOCKETS,
    "sock_connect": _SOCKETS,
    "sock_accept": _SOCKETS,
    "sock_sendfile": _SOCKETS,
    "subprocess_shell": "absence of OS process APIs",
    "subprocess_exec": "absence of OS process APIs",
}


def _text(name: str, reason: str) -> str:
    link = "due to lack of" if reason.startswith("lack of ") else "due to"
    return f"{name}() is not available in browser environments {link} {reason.removeprefix('lack of ')}."


def _refusal(name: str, reason: str) -> Any:
    def refuse(self: Any, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(_text(name, reason))

    refuse.__name__ = name
    return refuse


def _refusal_when_awaited(name: str, reason: str) -> Any:
    async def refuse(self: Any, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError(_text(name, reason))

    refuse.__name__ = name
    return refuse


class _Refusals:
    """Only to give the methods a place: `RefusingLoop` takes them before those of asyncio."""


for _name, _reason in _REFUSED.items():
    setattr(_Refusals, _name, _refusal(_name, _reason))
for _name, _reason in _REFUSED_WHEN_AWAITED.items():
    setattr(_Refusals, _name, _refusal_when_awaited(_name, _reason))


class RefusingLoop(_Refusals, asyncio.AbstractEventLoop):
    """An event loop whose low-level methods raise NotImplementedError as Pyodide's do."""

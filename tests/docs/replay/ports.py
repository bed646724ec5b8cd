"""Pages say port 8787.

A free port takes its place while a page is replayed, so that nothing else is in the way.
"""

from __future__ import annotations

import re
import socket


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listened on a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class Ports:
    """The ports of one page: as written, and as used."""

    def __init__(self) -> None:
        self.used: dict[int, int] = {}

    def real(self, written: int) -> int:
        """The port that stands for a written one, the same for the whole page."""
        if written not in self.used:
            self.used[written] = free_port()
        return self.used[written]

    def into(self, text: str) -> str:
        """Commands and code, with the ports that are used."""
        text = re.sub(
            r"(127\.0\.0\.1|localhost):(\d{4,5})\b", lambda m: f"{m[1]}:{self.real(int(m[2]))}", text
        )
        return re.sub(r"(--port[ =])(\d{4,5})\b", lambda m: f"{m[1]}{self.real(int(m[2]))}", text)

    def back(self, text: str) -> str:
        """An output, with the ports as written."""
        for written, used in self.used.items():
            text = re.sub(rf"\b{used}\b", str(written), text)
        return text

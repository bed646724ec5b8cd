"""What stands behind `doris dev` and `doris.open` while a page is replayed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from .session import Said
from .shell import Shell


class Engine(Protocol):
    """The emulator, or the reference runtime."""

    name: str
    variables: dict[str, str]
    complete: bool
    """Whether this engine's replay is the one that says how far each block was checked."""

    def prepare(self, shell: Shell) -> None:
        """Put programs of the engine's own before the real ones."""
        ...

    def judges(self, command: str) -> bool:
        """Whether what a command prints is to be compared on this engine."""
        ...

    def run_python(self, request: dict[str, Any], cwd: Path) -> Said | None:
        """Run Python of a page that uses doris; None when the page's own session shall."""
        ...

    def stop(self) -> None:
        """End what the engine itself has started."""
        ...


class Emulator:
    """`doris` itself: nothing takes its place."""

    name = "emulator"
    complete = True

    def __init__(self) -> None:
        self.variables: dict[str, str] = {}

    def prepare(self, shell: Shell) -> None:
        pass

    def judges(self, command: str) -> bool:
        del command
        return True

    def run_python(self, request: dict[str, Any], cwd: Path) -> Said | None:
        del request, cwd
        return None

    def stop(self) -> None:
        pass

"""What stands behind `doris dev` and `doris.open` while a page is replayed."""

from __future__ import annotations

from typing import Protocol


class Engine(Protocol):
    """The emulator, or the reference runtime."""

    name: str
    variables: dict[str, str]

    def dev(self, command: str) -> str:
        """The command that is started in place of `doris dev …`."""
        ...

    def stop(self) -> None:
        """End what the engine itself has started."""
        ...


class Emulator:
    """`doris` itself: nothing takes its place."""

    name = "emulator"

    def __init__(self) -> None:
        self.variables: dict[str, str] = {}

    def dev(self, command: str) -> str:
        return command

    def stop(self) -> None:
        pass

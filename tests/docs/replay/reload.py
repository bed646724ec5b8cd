"""Wait until a running `doris dev` has taken up what changed: a reader takes longer to type than it to
look."""

from __future__ import annotations

from pathlib import Path

from doris.config import ConfigError, load
from doris.server.watching import Watch

from .shell import Background

PATIENCE = 15.0


class Reload:
    """Follows the project of one server. Which files count is asked of `doris dev` itself."""

    def __init__(self, server: Background, folder: Path) -> None:
        self.server = server
        self.folder = folder
        self.watch = self._watch()
        self.seen = 0

    def settle(self) -> str | None:
        """Wait for the server after a change. A text that says that it did not notice, or None."""
        changed = self.watch.changed() if self.watch else []
        if not changed or not self.server.runs:
            return None
        names = {file.name for file in changed}
        if not self.server.wait(lambda text: taken_up(text[self.seen :], names), PATIENCE):
            what = ", ".join(sorted(names))
            return f"`{self.server.command}` has not noticed within {PATIENCE:.0f} s that {what} changed"
        self.seen = len(self.server.text)
        self.watch = self._watch() or self.watch
        return None

    def _watch(self) -> Watch | None:
        try:
            return Watch(load(self.folder))
        except ConfigError:
            return None


def taken_up(text: str, names: set[str]) -> bool:
    """Whether the server says that it has loaded these files, or why it could not."""
    reloaded = [line for line in text.splitlines() if line.startswith("Reloaded:")]
    return "error:" in text or all(any(name in line for line in reloaded) for name in names)

"""Loading a project anew when one of its files changed."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from doris import config
from doris.errors import UserError
from doris.runtime.runtime import Runtime
from doris.server.watching import Watch

#: Seconds between two looks at the files while no request comes.
_POLL = 0.3


class Reloader:
    """Keeps a runtime up to date with its files.

    The state stays; requests that run already finish with the old code.
    """

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._watch = Watch(runtime.project)

    def look(self) -> None:
        """Load what changed. Called before each request too, so that a saved file answers at once."""
        changed = self._watch.changed()
        if not changed:
            return
        runtime = self._runtime
        try:
            if any(map(self._watch.configures, changed)):
                runtime.reconfigure(config.load(runtime.project.file, runtime.project.environment))
                self._watch = Watch(runtime.project)
            else:
                runtime.reload()
        except UserError as error:
            print(f"error: {error}\nThe old code stays until this is mended.", file=sys.stderr, flush=True)
        else:
            print(f"Reloaded: {', '.join(map(self._shown, changed))} changed", flush=True)

    async def poll(self) -> None:
        """Look again and again."""
        while True:
            await asyncio.sleep(_POLL)
            self.look()

    def _shown(self, path: Path) -> str:
        root = self._runtime.project.root
        return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)

"""Run the Worker of a wrangler project on the reference runtime and ask it things."""

from __future__ import annotations

import http.client
import tempfile
from collections.abc import Mapping
from json import dumps
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from scripts.build_bundle import SNAPSHOT_FOLDER
from tests.reference.driver import Driver, ReferenceError
from tests.reference.http import Answer, Headers, send
from tests.reference.modules import WorkerModule, sdk_modules, source_modules, vendored_modules

__all__ = ["Answer", "Reference", "ReferenceError", "ReferenceRuntime"]

SNAPSHOT = "snapshot.bin"
# What a snapshot must say of itself: a dedicated one would run the code of the Worker that made it.
BASELINE_MARK = b'"snapshotType":"baseline"'

EMPTY_WORKER = """\
from workers import Response, WorkerEntrypoint

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        return Response("hello")
"""
EMPTY_CONFIG = """\
{
  "name": "hello", "main": "src/entry.py",
  "compatibility_date": "2026-11-01", "compatibility_flags": ["python_workers"]
}
"""


class ReferenceRuntime:
    """The reference runtime with its snapshot, from which many Workers start quickly. Close it when done."""

    def __init__(self, *, snapshot: bool = True) -> None:
        self.driver = Driver()
        self.snapshot = self._baseline_snapshot() if snapshot else None

    def start(
        self,
        config: Path,
        *,
        environment: str | None = None,
        vars: Mapping[str, Any] | None = None,
        flags: tuple[str, ...] = (),
        modules: list[WorkerModule] | None = None,
        persist: Path | None = None,
    ) -> Reference:
        """Start the Worker of a wrangler file (or of the project folder that holds one).

        `modules` replaces the files that wrangler would find. Raises ReferenceError with workerd's own words.
        """
        config = find_config(config)
        options = ""
        if self.snapshot is not None:
            options = f"--python-load-snapshot={SNAPSHOT} --python-snapshot-dir={self.snapshot}"
        return self._start(config, options, environment, vars, flags, modules, persist)

    def _start(
        self,
        config: Path,
        options: str,
        environment: str | None = None,
        vars: Mapping[str, Any] | None = None,
        flags: tuple[str, ...] = (),
        modules: list[WorkerModule] | None = None,
        persist: Path | None = None,
    ) -> Reference:
        if modules is None:
            main = self.driver.ask("read", config=str(config), environment=environment)[1]["main"]
            modules = [] if main is None else project_modules(config, Path(main))
        number, result = self.driver.ask(
            "start",
            config=str(config),
            environment=environment,
            modules=[module.as_message() for module in modules],
            vars=dict(vars or {}),
            flags=list(flags),
            persist=None if persist is None else str(persist),
            options=options,
        )
        return Reference(self.driver, number, result["url"])

    def _baseline_snapshot(self) -> Path:
        folder = self.driver.bundle / SNAPSHOT_FOLDER
        if (folder / SNAPSHOT).exists():
            return folder
        with tempfile.TemporaryDirectory(dir=self.driver.bundle) as temporary:
            project = Path(temporary)
            (project / "src").mkdir()
            (project / "src" / "entry.py").write_text(EMPTY_WORKER, encoding="utf-8")
            (project / "wrangler.jsonc").write_text(EMPTY_CONFIG, encoding="utf-8")
            made = project / "snapshot"
            made.mkdir()
            options = f"--python-save-baseline-snapshot --python-snapshot-dir={made}"
            with self._start(project / "wrangler.jsonc", options) as worker:
                worker.fetch("/")
            if BASELINE_MARK not in (made / SNAPSHOT).read_bytes():
                raise ReferenceError("workerd made no baseline snapshot")
            try:
                made.rename(folder)
            except OSError:
                # Another process was faster; its snapshot is as good.
                if not (folder / SNAPSHOT).exists():
                    raise
        return folder

    def close(self) -> None:
        self.driver.close()

    def __enter__(self) -> ReferenceRuntime:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Reference:
    """One Worker running on workerd, at `url` on 127.0.0.1."""

    def __init__(self, driver: Driver, number: int, url: str) -> None:
        self.driver, self.number, self.url = driver, number, url
        address = urlsplit(url)
        self.host, self.port = address.hostname or "127.0.0.1", address.port or 80

    def fetch(
        self,
        path: str = "/",
        *,
        method: str = "GET",
        headers: Headers | None = None,
        body: bytes | str | None = None,
        json: Any = None,
        timeout: float = 60.0,
    ) -> Answer:
        """Send one request; redirects are not followed. Raises ReferenceError when workerd breaks off."""
        pairs = list(headers.items()) if isinstance(headers, Mapping) else list(headers or [])
        if json is not None:
            body = dumps(json)
            pairs.append(("content-type", "application/json"))
        try:
            return send(self.host, self.port, method, path, headers=pairs, body=body, timeout=timeout)
        except (OSError, http.client.HTTPException) as error:
            # What workerd said about its end arrives a moment after the end.
            said = "\n".join(entry["message"] for entry in self.driver.last_words(self.number))
            raise ReferenceError(
                f"{method} {path}: {type(error).__name__}: {error}\n{said}".rstrip()
            ) from None

    def scheduled(self, cron: str = "* * * * *", time: float | None = None) -> dict[str, Any]:
        """Run the scheduled handler; `time` is in milliseconds. Returns its outcome as miniflare tells it."""
        result: dict[str, Any] = self.driver.ask("scheduled", worker=self.number, cron=cron, time=time)[1]
        return result

    def sql(self, binding: str, *scripts: str) -> list[dict[str, Any]]:
        """Run SQL on one of its D1 databases in a batch, from outside; the rows of the last statement."""
        rows: list[dict[str, Any]] = self.driver.ask(
            "sql", worker=self.number, binding=binding, scripts=list(scripts)
        )[1]
        return rows

    @property
    def logs(self) -> list[dict[str, str]]:
        """What the Worker and workerd printed so far, as {"level", "message"}."""
        return self.driver.logs[self.number]

    def stop(self) -> None:
        self.driver.ask("stop", worker=self.number)

    def __enter__(self) -> Reference:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def find_config(path: Path) -> Path:
    """The wrangler file that `path` is or, for a folder, holds."""
    if path.is_file():
        return path.resolve()
    for name in ("wrangler.json", "wrangler.jsonc", "wrangler.toml"):
        if (path / name).is_file():
            return (path / name).resolve()
    raise ReferenceError(f"{path} is no wrangler file and holds none")


def project_modules(config: Path, main: Path) -> list[WorkerModule]:
    """The Worker's files: beside its main module, in `python_modules`, and the SDK when that is not
    vendored there.
    """
    found = source_modules(main)
    vendored = config.parent / "python_modules"
    if vendored.is_dir():
        found += vendored_modules(vendored)
    if not any(module.name == "python_modules/workers/__init__.py" for module in found):
        found += sdk_modules()
    return found

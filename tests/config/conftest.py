from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from doris.config import ConfigError, Project, load

from .wrangler import Wrangler


@pytest.fixture(scope="session")
def wrangler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wrangler]:
    process = Wrangler(tmp_path_factory.mktemp("wrangler"))
    yield process
    process.close()


@pytest.fixture(autouse=True)
def _no_environment_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CLOUDFLARE_ENV", "CLOUDFLARE_INCLUDE_PROCESS_ENV", "CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Project]:
    """Writes a wrangler file and loads it; the current folder is its folder, so that messages are short."""
    monkeypatch.chdir(tmp_path)

    def read(text: str, env: str | None = None, name: str = "wrangler.toml") -> Project:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return load(name, env)

    return read


@pytest.fixture
def refusal(read: Callable[..., Project]) -> Callable[..., str]:
    """The message with which a wrangler file is refused."""

    def refusal(text: str, env: str | None = None, name: str = "wrangler.toml") -> str:
        with pytest.raises(ConfigError) as caught:
            read(text, env, name)
        return str(caught.value)

    return refusal

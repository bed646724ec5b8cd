"""The built site, once for all tests of this folder, and a Cloudflare that serves it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.site.built import Site, build
from tests.site.wrangler import Serving, serve


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("project") / "site"
    build(folder)
    return Site(folder)


@pytest.fixture(scope="session")
def served(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """The built site behind `wrangler dev`, which serves it on workerd."""
    log = tmp_path_factory.mktemp("wrangler") / "wrangler.log"
    with serve(Path(site.folder).parent, log) as serving:
        yield serving


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert program, "there is no Chromium: install Debian's package `chromium`, or name a program in CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()

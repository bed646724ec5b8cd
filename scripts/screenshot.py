"""Take the picture of the site that the README shows: the real built home page in a real browser.

    make build && .venv/bin/python scripts/screenshot.py

writes docs/assets/screenshot.png. Take it again when the home page has changed so much that it misleads.
"""

from __future__ import annotations

import functools
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "site"
PICTURE = ROOT / "docs" / "assets" / "screenshot.png"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of the loopback; the value is its address."""
    handler = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def take(address: str, chromium: str, picture: Path) -> None:
    """Photograph the page at `address` as it stands when all it loads has come."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme="light")
        page.goto(address, wait_until="networkidle")
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture)
        browser.close()


def main() -> int:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("screenshot: there is no Chromium; `make verify` says how to get one.", file=sys.stderr)
        return 1
    if not (SITE / "index.html").exists():
        print("screenshot: there is no built site; run `make build` first.", file=sys.stderr)
        return 1
    with serving(SITE) as address:
        take(f"{address}/", chromium, PICTURE)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

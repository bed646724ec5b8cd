"""The built site as the tests look at it: its files, its pages, what its elements refer to."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import html

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

# Attributes by which an element makes the browser load something.
LOADING = ("src", "srcset", "poster", "data", "xlink:href")
# Relations of <link> that load nothing.
NOT_LOADING = {"canonical", "next", "prev", "alternate"}


@dataclass(frozen=True)
class Page:
    """One built page. `address` is its path on the site, such as `/start/`."""

    file: Path
    address: str

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.parse(str(self.file)).getroot()

    @cached_property
    def ids(self) -> set[str]:
        return {element.get("id") for element in self.tree.xpath("//*[@id]")}

    def loaded(self) -> Iterator[str]:
        """What the browser loads because of this page, as it stands in the page."""
        for element in self.tree.iter():
            if not isinstance(element.tag, str):
                continue
            yield from (element.get(name) for name in LOADING if element.get(name))
            if element.tag == "link" and not NOT_LOADING & set((element.get("rel") or "").split()):
                yield element.get("href")

    def links(self) -> Iterator[str]:
        """Where the links of this page lead, as they stand in the page."""
        yield from (element.get("href") for element in self.tree.iter("a") if element.get("href") is not None)

    def resolve(self, reference: str) -> str:
        """The address that a reference in this page means."""
        return urljoin(f"http://site{self.address}", reference)


@dataclass(frozen=True)
class Site:
    """The folder that a build wrote."""

    folder: Path

    @cached_property
    def pages(self) -> dict[str, Page]:
        """The pages by their address; 404.html is one of them."""
        found = {}
        for file in sorted(self.folder.rglob("*.html")):
            path = file.relative_to(self.folder).as_posix()
            address = "/" + path.removesuffix("index.html")
            found[address] = Page(file, address)
        return found

    def file_at(self, address: str) -> Path | None:
        """The file that answers a path of the site."""
        path = urlsplit(address).path
        file = self.folder / path.lstrip("/")
        file = file / "index.html" if path.endswith("/") else file
        return file if file.is_file() else None


def build(folder: Path) -> str:
    """Build the site strictly into a folder and return what mkdocs said."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr

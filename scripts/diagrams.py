"""Draw the diagrams of the pages: from their mermaid source to SVG files, in both palettes.

A page shows the drawn files, so that a diagram needs no script in the reader's browser and prints. The
source stands in the page too, in a `mermaid` fence whose first line names it: `%% diagram: NAME`. Each file
remembers the digest of the source that it was drawn from; tests/site/test_diagrams.py compares.

    python scripts/diagrams.py        draws what is missing or out of date (needs Chromium and node_modules)
"""

from __future__ import annotations

import hashlib
import html
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "assets" / "diagrams"
MERMAID = ROOT / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
CHROMIUM = "/usr/bin/chromium"

FENCE = re.compile(
    r"^(?P<indent> *)```+ *mermaid *\n(?P<body>.*?)^(?P=indent)```+ *$", re.MULTILINE | re.DOTALL
)
# Mermaid writes the styles of every kind of diagram into each drawing: keep those that apply to something.
RENDER = """async ([config, name, source]) => {
    mermaid.initialize(config);
    const holder = document.createElement("div");
    document.body.append(holder);
    holder.innerHTML = (await mermaid.render(name, source)).svg;
    const style = holder.querySelector("style");
    const used = [...style.sheet.cssRules].filter(
        rule => rule.selectorText && holder.querySelector(rule.selectorText));
    style.textContent = used.map(rule => rule.cssText).join("\\n");
    return new XMLSerializer().serializeToString(holder.firstElementChild);
}"""
NAME = re.compile(r"%% diagram: (?P<name>[a-z0-9-]+)$", re.MULTILINE)

# The colours of docs/assets/site.css. Text on boxes has a contrast of more than 7 to 1.
PALETTES = {
    "light": {
        "primaryColor": "#e8eef6",
        "primaryTextColor": "#1b2430",
        "primaryBorderColor": "#2f4a6d",
        "lineColor": "#4a5a70",
        "tertiaryColor": "#f6f8fb",
        "edgeLabelBackground": "#ffffff",
    },
    "dark": {
        "primaryColor": "#2a3a52",
        "primaryTextColor": "#e8edf4",
        "primaryBorderColor": "#8fb2dd",
        "lineColor": "#a9b8cc",
        "tertiaryColor": "#232a36",
        "edgeLabelBackground": "#1e2129",
    },
}


@dataclass(frozen=True)
class Diagram:
    """One diagram: its name, its source, and the page that it stands in."""

    name: str
    source: str
    page: Path

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.source.encode()).hexdigest()

    def file(self, palette: str) -> Path:
        return FOLDER / f"{self.name}-{palette}.svg"

    def is_drawn(self, palette: str) -> bool:
        file = self.file(palette)
        return file.exists() and self.digest in file.read_text("utf-8")


def diagrams(docs: Path = ROOT / "docs") -> Iterator[Diagram]:
    """Every diagram of every page. A mermaid fence without a name is an error: nobody would see it drawn."""
    for page in sorted(docs.rglob("*.md")):
        for fence in FENCE.finditer(page.read_text("utf-8")):
            indent = fence["indent"]
            source = "".join(line.removeprefix(indent) for line in fence["body"].splitlines(keepends=True))
            name = NAME.search(source)
            if name is None:
                raise SystemExit(f"{page}: a mermaid fence needs `%% diagram: NAME` as its first line")
            yield Diagram(name["name"], source, page)


def draw(browser: Browser, wanted: Iterable[tuple[Diagram, str]]) -> Iterator[tuple[Diagram, str, str]]:
    """Draw each diagram in its palette with mermaid, in a page that can reach nothing."""
    page = browser.new_page()
    page.route("**/*", lambda route: route.abort())
    page.set_content("<!doctype html><body></body>")
    page.add_script_tag(path=MERMAID)
    for diagram, palette in wanted:
        arguments = [config(palette), f"diagram-{diagram.name}", diagram.source]
        yield diagram, palette, page.evaluate(RENDER, arguments)
    page.close()


def config(palette: str) -> dict[str, object]:
    """How mermaid draws: words as SVG text, so that they show in an `<img>` too, and no ids by chance."""
    return {
        "startOnLoad": False,
        "look": "classic",
        "theme": "base",
        "themeVariables": {
            **PALETTES[palette],
            "fontFamily": "sans-serif",
            "fontSize": "15px",
            "useGradient": False,
            "dropShadow": "none",
        },
        "htmlLabels": False,
        "flowchart": {"htmlLabels": False, "useMaxWidth": False},
        "sequence": {"useMaxWidth": False},
        "deterministicIds": True,
    }


def labels(svg: str) -> list[str]:
    """The words in a drawing, in order: what two drawings of one source have in common on every machine."""
    texts = re.findall(r"<text\b.*?</text>", svg, re.DOTALL)
    words = [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split()) for text in texts]
    return [text for text in words if text]


def main() -> int:
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = [
        (diagram, palette) for diagram in diagrams() for palette in PALETTES if not diagram.is_drawn(palette)
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for diagram, palette, svg in draw(browser, wanted):
            file = diagram.file(palette)
            file.write_text(f"<!-- drawn by scripts/diagrams.py from {diagram.digest} -->\n{svg}\n", "utf-8")
            print(f"drew {file.relative_to(ROOT)}")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())

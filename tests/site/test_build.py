"""The site builds strictly, refers only to itself, and every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from tests.site.built import DOCS, ROOT, Site

PAGES = sorted(DOCS.rglob("*.md"))

# Addresses that stand in the theme's own script, and why no page makes it ask there.
UNREACHED = {
    "https://api.github.com/repos/": "asked only when `repo_url` is set",
    "https://api.github.com/users/": "asked only when `repo_url` is set",
    "https://unpkg.com/mermaid@11/dist/mermaid.min.js": "asked only for elements of class `mermaid`",
    "https://unpkg.com/resize-observer-polyfill": "asked only without ResizeObserver, so before 2020",
}


def configuration() -> dict[str, object]:
    class Loader(yaml.SafeLoader):
        """mkdocs' own tags (`!!python/name`, `!ENV`) do not matter here; there must be none."""

    return yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader)


def is_foreign(reference: str) -> bool:
    parts = urlsplit(reference)
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def test_every_page_of_the_navigation_is_built_and_no_other(site: Site) -> None:
    expected = {"/404.html"}
    for page in PAGES:
        name = page.relative_to(DOCS).with_suffix("").as_posix()
        expected.add("/" if name == "index" else f"/{name.removesuffix('index').rstrip('/')}/")
    assert set(site.pages) == expected


def test_the_files_that_cloudflare_reads_are_in_the_site(site: Site) -> None:
    assert (site.folder / "_headers").is_file()
    assert (site.folder / "_redirects").is_file()


def test_the_configuration_uses_only_what_the_successor_of_the_theme_reads() -> None:
    config = configuration()
    names = [next(iter(plugin)) if isinstance(plugin, dict) else plugin for plugin in config["plugins"]]
    assert set(names) == {"search", "mkdocstrings"}
    assert "hooks" not in config
    assert config["theme"]["font"] is False


def test_no_page_loads_anything_from_another_origin(site: Site) -> None:
    foreign = [
        (page.address, reference)
        for page in site.pages.values()
        for reference in page.loaded()
        if is_foreign(reference)
    ]
    assert foreign == []


def test_no_style_loads_anything_from_another_origin(site: Site) -> None:
    styles = {file.name: file.read_text("utf-8") for file in site.folder.rglob("*.css")}
    assert styles
    for page in site.pages.values():
        styles[page.address] = "".join(page.tree.xpath("//style//text() | //@style"))
    foreign = [
        (name, reference)
        for name, style in styles.items()
        for reference in re.findall(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", style)
        if is_foreign("".join(reference))
    ]
    assert foreign == []


def test_no_script_names_an_origin_that_nobody_has_looked_at(site: Site) -> None:
    named: set[str] = set()
    for script in site.folder.rglob("*.js"):
        # `[…].[…]` keeps out the bare "https://" by which a script tests an address.
        named |= set(re.findall(r"[\"'`](https?://[\w-]+\.[^\"'`\s$]+)", script.read_text("utf-8")))
    assert named == set(UNREACHED)


def test_what_would_make_the_theme_ask_elsewhere_is_not_there(site: Site) -> None:
    assert "repo_url" not in configuration()
    assert [page.address for page in site.pages.values() if page.tree.find_class("mermaid")] == []


def test_every_link_inside_the_site_leads_to_a_file_and_to_an_element(site: Site) -> None:
    broken = []
    for page in site.pages.values():
        for link in page.links():
            target = page.resolve(link)
            parts = urlsplit(target)
            if parts.netloc != "site":
                continue
            file = site.file_at(target)
            if file is None:
                broken.append((page.address, link, "no such file"))
            elif parts.fragment and file.suffix == ".html":
                other = site.pages["/" + file.relative_to(site.folder).as_posix().removesuffix("index.html")]
                if unquote(parts.fragment) not in other.ids:
                    broken.append((page.address, link, "no such element"))
    assert broken == []


def test_every_picture_and_script_is_in_the_site(site: Site) -> None:
    missing = [
        (page.address, reference)
        for page in site.pages.values()
        for reference in page.loaded()
        if not reference.startswith("data:") and site.file_at(page.resolve(reference)) is None
    ]
    assert missing == []


def test_every_redirect_leads_to_a_page_that_is_there(site: Site) -> None:
    lines = [line.split() for line in (site.folder / "_redirects").read_text("utf-8").splitlines()]
    rules = [line for line in lines if line and not line[0].startswith("#")]
    assert rules
    for source, target, _status in rules:
        assert site.file_at(source) is None, f"{source} is a page: the redirect hides it"
        page = site.pages[urlsplit(target).path]
        assert not urlsplit(target).fragment or urlsplit(target).fragment in page.ids


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_every_heading_has_a_fixed_id(page: Path) -> None:
    """A heading's id is part of its address: it must not change with its words."""
    without = [line for line in prose(page.read_text("utf-8")) if re.match(r"#+ ", line) and not has_id(line)]
    assert without == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_every_page_has_one_title_and_a_description(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [line for line in prose(text) if line.startswith("# ")][1:] == []
    assert re.match(r"---\n(.*\n)*description: .+\n(.*\n)*---\n", text)


def has_id(line: str) -> bool:
    return bool(re.search(r"\{ *#[a-z][a-z0-9._-]*[^}]*\} *$", line))


def prose(text: str) -> list[str]:
    """The lines of a page that stand in no fence."""
    lines, fence = [], None
    for line in text.splitlines():
        mark = re.match(r" *(`{3,}|~{3,})", line)
        if fence is None and mark:
            fence = mark[1]
        elif fence is not None:
            if line.strip() and set(line.strip()) == {fence[0]} and len(line.strip()) >= len(fence):
                fence = None
        else:
            lines.append(line)
    return lines


def test_each_page_has_the_licence_and_no_link_to_edit_it(site: Site) -> None:
    for page in site.pages.values():
        assert "MIT licence" in "".join(page.tree.find_class("md-copyright")[0].itertext())
        assert page.tree.xpath("//a[contains(@class, 'md-content__button')]") == []

"""Every page in a real browser, served by workerd: quiet, from one origin, accessible, usable on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.site.built import DOCS, ROOT
from tests.site.wrangler import Serving

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
PALETTES = {"light": "default", "dark": "slate"}


def address_of(name: str) -> str:
    return "/" if name == "index" else f"/{name.removesuffix('index').rstrip('/')}/"


ADDRESSES = [
    address_of(page.relative_to(DOCS).with_suffix("").as_posix()) for page in sorted(DOCS.rglob("*.md"))
]
MISSING = "/there/is/no/such/page/"


@dataclass
class Opened:
    """A page in the browser, and what the browser had to say of it."""

    page: Page
    console: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


@pytest.fixture
def context(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    options = {"viewport": DESKTOP, **getattr(request, "param", {})}
    context = chromium.new_context(**options)
    yield context
    context.close()


def open_page(context: BrowserContext, served: Serving, address: str, until: str = "load") -> Opened:
    """Open an address, and note what it says and asks for."""
    opened = Opened(context.new_page())
    page = opened.page

    def asked(url: str) -> None:
        if not url.startswith((served.address, "data:", "blob:")):
            opened.foreign.append(url)

    def answered(url: str, status: int) -> None:
        if status >= 400 and url != served.address + MISSING:
            opened.failed.append(f"{status} {url}")

    page.on("console", lambda m: opened.console.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: opened.console.append(str(error)))
    page.on("request", lambda request: asked(request.url))
    page.on("response", lambda response: answered(response.url, response.status))
    page.goto(served.address + address, wait_until=until)
    return opened


def violations(page: Page) -> list[str]:
    """What axe finds that is serious or worse, with the elements that it is about."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node['html'][:120]}"
        for rule in found
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_quiet_and_asks_only_its_own_origin(
    context: BrowserContext, served: Serving, address: str
) -> None:
    opened = open_page(context, served, address, until="networkidle")
    assert opened.console == []
    assert opened.foreign == []
    assert opened.failed == []


def test_the_missing_page_is_quiet_too(context: BrowserContext, served: Serving) -> None:
    opened = open_page(context, served, MISSING)
    assert opened.page.locator("h1").inner_text() == "There is no page here"
    # The browser's own note of the 404 is what this address is for.
    assert [text for text in opened.console if "status of 404" not in text] == []
    assert opened.foreign == []
    assert opened.failed == []
    opened.page.get_by_role("link", name="Start here").last.click()
    opened.page.wait_for_url(served.address + "/start/")


@pytest.mark.parametrize(
    "context", [{"color_scheme": name} for name in PALETTES], indirect=True, ids=list(PALETTES)
)
@pytest.mark.parametrize("address", [*ADDRESSES, MISSING])
def test_a_page_has_no_serious_barrier(context: BrowserContext, served: Serving, address: str) -> None:
    page = open_page(context, served, address).page
    scheme = page.locator("body").get_attribute("data-md-color-scheme")
    asked = "dark" if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
    assert scheme == PALETTES[asked]
    assert violations(page) == []


@pytest.mark.parametrize("context", [{"viewport": PHONE, "has_touch": True}], indirect=True, ids=["phone"])
@pytest.mark.parametrize("address", [*ADDRESSES, MISSING])
def test_a_page_fits_a_phone(context: BrowserContext, served: Serving, address: str) -> None:
    page = open_page(context, served, address).page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    # What is wider than the screen must scroll in a box of its own.
    sticking_out = page.evaluate(
        """width => [...document.querySelectorAll('.md-content *')].filter(element => {
            const box = element.getBoundingClientRect();
            if (!box.width || box.right <= width + 1) return false;
            for (let up = element; up; up = up.parentElement)
                if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(up).overflowX)) return false;
            return true;
        }).map(element => element.outerHTML.slice(0, 120))""",
        PHONE["width"],
    )
    assert sticking_out == []


@pytest.mark.parametrize("context", [{"viewport": PHONE, "has_touch": True}], indirect=True, ids=["phone"])
def test_on_a_phone_the_menu_leads_to_another_page(context: BrowserContext, served: Serving) -> None:
    page = open_page(context, served, "/").page
    page.locator("label.md-header__button[for='__drawer']").first.click()
    page.locator(".md-nav--primary").get_by_role("link", name="Start here").click()
    page.wait_for_url(served.address + "/start/")


def test_the_search_finds_a_page(context: BrowserContext, served: Serving) -> None:
    opened = open_page(context, served, "/")
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("bookmark")
    page.locator(".md-search-result__link[href*='pillars/d1/']").first.click()
    page.wait_for_url("**/pillars/d1/**")
    assert opened.console == []
    assert opened.foreign == []


@pytest.mark.parametrize(
    ("session", "copied"),
    [
        (".language-console", "doris d1 migrations apply DB\ndoris dev"),
        (".language-pycon", 'await db.exec("""CREATE TABLE tags (\n  name TEXT\n)""")'),
    ],
)
def test_only_the_commands_of_a_session_are_copied(
    context: BrowserContext, served: Serving, session: str, copied: str
) -> None:
    page = open_page(context, served, "/pillars/d1/").page
    page.evaluate("addEventListener('copy', () => { window.copied = document.activeElement.value; })")
    block = page.locator(session, has_text=copied.splitlines()[-1]).first
    block.locator("[data-clipboard-target]").click()
    text = page.evaluate("window.copied")
    assert copied in text
    assert not any(other in text for other in ("$ ", ">>> ", "... ", "Traceback", "applied"))


@pytest.mark.parametrize("context", [{"color_scheme": "light"}], indirect=True, ids=["light"])
def test_the_palette_can_be_changed_and_the_diagrams_change_with_it(
    context: BrowserContext, served: Serving
) -> None:
    page = open_page(context, served, "/pillars/d1/").page
    light, dark = (page.locator(f"img[src*='d1-{name}.svg']") for name in PALETTES)
    assert (light.is_visible(), dark.is_visible()) == (True, False)
    page.locator("label[title='Use the dark palette']").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    assert (light.is_visible(), dark.is_visible()) == (False, True)


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True, ids=["no scripts"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_can_be_read_without_scripts(context: BrowserContext, served: Serving, address: str) -> None:
    page = open_page(context, served, address).page
    assert page.locator("h1").is_visible()
    assert len(page.locator(".md-content").inner_text()) > 40

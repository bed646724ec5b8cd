"""The site as Cloudflare serves it: on workerd, by the project's own wrangler.jsonc."""

from __future__ import annotations

import re

from tests.site.built import Site
from tests.site.wrangler import Serving, wrangler

FOREVER = "public, max-age=31536000, immutable"


def test_a_dry_run_of_the_deploy_passes(site: Site, served: Serving) -> None:
    said = wrangler(site.folder.parent, "deploy", "--dry-run")
    assert re.search(r"Read \d+ files from the assets directory", said)
    assert "--dry-run: exiting now" in said


def test_every_page_answers(site: Site, served: Serving) -> None:
    for address, page in site.pages.items():
        if address != "/404.html":
            answer = served.get(address)
            assert (answer.status, answer.body) == (200, page.file.read_bytes()), address
            assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_a_page_without_its_slash_leads_to_the_page(served: Serving) -> None:
    answer = served.get("/start")
    assert answer.status == 307
    assert answer.headers["location"] == "/start/"


def test_a_missing_page_is_our_own_page(site: Site, served: Serving) -> None:
    for address in ("/nowhere", "/pillars/d9/", "/assets/nothing.css"):
        answer = served.get(address)
        assert answer.status == 404
        assert answer.body == (site.folder / "404.html").read_bytes()
    assert b"There is no page here" in answer.body


def test_the_redirects_lead_where_they_say(served: Serving) -> None:
    for address in ("/pillars", "/pillars/"):
        answer = served.get(address)
        assert answer.status == 302
        assert answer.headers["location"] == "/#seven-pillars"


def test_files_that_never_change_may_be_kept_and_pages_may_not(site: Site, served: Serving) -> None:
    hashed = [
        file
        for file in (site.folder / "assets").rglob("*")
        if re.search(r"\.[0-9a-f]{8}\.min\.(js|css)$", file.name)
    ]
    assert len(hashed) > 3
    for file in hashed:
        path = "/" + file.relative_to(site.folder).as_posix()
        assert served.get(path).headers["cache-control"] == FOREVER, path
    for path in ("/", "/start/", "/assets/site.css", "/search/search_index.json"):
        assert "immutable" not in served.get(path).headers.get("cache-control", ""), path


def test_every_answer_says_what_it_is_and_who_may_frame_it(served: Serving) -> None:
    headers = served.get("/").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert not any("http" in sources or "*" in sources for sources in policy.values())

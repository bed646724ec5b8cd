"""Write docs/compatibility.md from the recorded answers and the list of known differences.

    python scripts/compatibility.py

Run it after `make record` or an edit of tests/conformance/differences.toml.
tests/conformance/test_compatibility.py compares the page with what this script makes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.conformance import truth
from tests.conformance.differences import KINDS, Difference, differences

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "compatibility.md"

# The probes of each room, in the order of the page.
ROOMS = {
    "D1": ("d1_values", "d1_results", "d1_errors", "d1_batch_and_exec", "d1_sessions"),
    "KV": ("kv_values", "kv_list"),
    "R2": (
        "r2_values",
        "r2_metadata",
        "r2_list",
        "r2_conditions",
        "r2_ranges",
        "r2_streams",
        "r2_multipart",
    ),
    "Rate limits and version metadata": ("ratelimit", "version_metadata"),
    "Variables, bindings and the context": ("bindings",),
    "Requests and responses": ("requests", "responses", "headers"),
    "URLs": ("urls",),
    "Forms, blobs and files": ("forms",),
    "Streams": ("streams",),
    "From Python to JavaScript": ("to_js",),
    "From JavaScript to Python": ("from_js",),
    "Calls, errors, promises and timers": ("calls_and_errors",),
    "Module scope": (truth.MODULE_SCOPE,),
    "The scheduled handler": (truth.SCHEDULED,),
    "Whole answers over HTTP": (truth.HTTP,),
}

HEAD = """\
---
description: Where doris answers as the reference runtime does, and where it does not.
---

# Compatibility {{#compatibility}}

This page is generated. A Worker is asked {asked:,} questions on both engines: on `doris`, and on the
reference runtime, workerd {workerd} with its own Python. Where the answers differ, `doris` is wrong, or the
difference stands here with its reason. Each difference is an expected failure of a test. When one goes away,
or a new one appears, the tests fail.

| area | questions | answered alike | known to differ |
| --- | --: | --: | --: |
"""

INTRODUCTIONS = {
    "host": "Your Python and your system show through.",
    "stricter": "The reference simulates D1 on your machine and is laxer than Cloudflare documents.",
    "kinder": "The reference fails here in ways that help nobody. Do not rely on `doris` being kinder.",
    "missing": "These may change with every release.",
}

FOOT = """
## Bindings of other types {#other-bindings}

A wrangler file may declare bindings that `doris` does not emulate yet: such a Worker loads, and using the
binding raises an error that says so. `doris check` lists them.
"""


def counts(probes: tuple[str, ...]) -> tuple[int, int]:
    """How many questions the probes ask, and how many of them are known to be answered otherwise."""
    asked = [(probe, question) for probe in probes for question in truth.recorded(probe)]
    differ = [
        (probe, question)
        for probe, question in asked
        if any(difference.covers(probe, question) for difference in differences())
    ]
    return len(asked), len(differ)


def section(difference: Difference) -> str:
    """One difference, as an entry of a list."""
    source = f" [Documented]({difference.source})." if difference.source else ""
    return f"- **{difference.title}.** {difference.reason}{source}\n"


def page() -> str:
    """The text of the page."""
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    rows, total = [], 0
    for room, probes in ROOMS.items():
        asked, differ = counts(probes)
        total += asked
        rows.append(f"| {room} | {asked:,} | {asked - differ:,} | {differ:,} |\n")
    text = HEAD.format(asked=total, workerd=package["devDependencies"]["workerd"]) + "".join(rows)
    for kind, title in KINDS.items():
        entries = [section(difference) for difference in differences() if difference.kind == kind]
        if entries:
            text += f"\n## {title} {{#{kind}}}\n\n{INTRODUCTIONS[kind]}\n\n" + "".join(entries)
    return text + FOOT


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()

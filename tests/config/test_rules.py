"""Messages of the rules. That they are wrangler's rules is shown in test_against_wrangler.py."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from doris.config import Project


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'main = "src/entry.py"',
            "1:1: compatibility_flags: the `python_workers` compatibility flag is required to use Python\n"
            '  Add compatibility_flags = ["python_workers"].',
        ),
        (
            '[vars]\nA = "x"\n[[queues.producers]]\nbinding = "A"',
            '4:1: queues.producers[0].binding: "A" is the name of vars.A too\n'
            "  Bindings must have unique names, so that the Worker can tell them apart.",
        ),
        (
            '[secrets]\nrequired = ["A"]\n[ai]\nbinding = "A"',
            '4:1: ai.binding: "A" is the name of secrets.required[0] too\n'
            "  Bindings must have unique names, so that the Worker can tell them apart.",
        ),
        (
            '[text_blobs]\nA = "a.txt"\n[durable_objects]\nbindings = [{ name = "A", class_name = "B" }]',
            '4:15: durable_objects.bindings[0].name: "A" is the name of text_blobs.A too\n'
            "  Bindings must have unique names, so that the Worker can tell them apart.",
        ),
        (
            'compatibility_date = "2026-02-30"',
            '1:1: compatibility_date: expected a date, got "2026-02-30"\n  Write it as "YYYY-MM-DD".',
        ),
        (
            '[[kv_namespaces]]\nbinding = "KV"\nid = ""',
            "3:1: kv_namespaces[0].id: it is empty\n  Leave it out, or put the namespace's id.",
        ),
        (
            '[[migrations]]\ntag = "v1"\n[exports.A]\ntype = "durable-object"\nstorage = "sqlite"',
            '3:2: exports: "migrations" and "exports" both declare the life of Durable Objects\n'
            "  Choose one of them.",
        ),
        ('[exports.""]\ntype = "worker"', "1:10: exports.: an export needs a name"),
        (
            '[exports.A]\ntype = "durable-object"\nstate = "transferred"\ntransferred_to = ""',
            "4:1: exports.A.transferred_to: it is empty",
        ),
        (
            '[exports.A]\ntype = "durable-object"\nstorage = "legacy-kv"\ncontainer = "c"',
            '4:1: exports.A.container: it needs storage = "sqlite"',
        ),
        (
            "[vars]\nA = [{ b = 2026-11-01 }]",
            '2:8: vars.A[0].b: a TOML date is not supported\n  Write it as text: b = "2026-11-01".',
        ),
        (
            "compatibility_date = 2026-11-01",
            "1:1: compatibility_date: expected a string, got the date 2026-11-01\n"
            '  Write it as text: compatibility_date = "2026-11-01".',
        ),
        (
            '[d1_databases]\nbinding = "DB"',
            '1:2: d1_databases: expected an array, got {"binding": "DB"}\n'
            "  Write [{ … }]; in TOML [[d1_databases]].",
        ),
        (
            '[env.x.d1_databases]\nbinding = "DB"',
            "",
        ),
    ],
)
def test_message(text: str, message: str, refusal: Callable[..., str], read: Callable[..., Project]) -> None:
    if message:
        assert refusal(text) == f"wrangler.toml:{message}"
    else:
        assert read(text)


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (
            'durable_objects = { bindings = [{ name = "A", class_name = "B" }] }',
            "1:1: durable_objects: no live `exports` entry for B\n"
            "  This may not work as expected until you add "
            '"exports": {"B": {"type": "durable-object", "storage": "sqlite"}}.',
        ),
        (
            '[[queues.producers]]\nbinding = "Q"\ndelivery_delay = 5',
            "3:1: queues.producers[0].delivery_delay: deprecated, has no effect\n"
            '  Set it on the queue with "wrangler queues update".',
        ),
        (
            '[[workflows]]\nbinding = "W"\nname = "w"\nclass_name = "C"\nlimits = { steps = 30000 }',
            "5:12: workflows[0].limits.steps: 30000 exceeds the production maximum of 25,000\n"
            "  This configuration may not work when deployed.",
        ),
    ],
)
def test_warning(text: str, warning: str, read: Callable[..., Project]) -> None:
    assert read(text).warnings == (f"wrangler.toml:{warning}",)


def test_live_exports_need_no_warning(read: Callable[..., Project]) -> None:
    text = 'durable_objects = { bindings = [{ name = "A", class_name = "B" }, '
    text += '{ name = "C", class_name = "D", script_name = "other" }] }\n'
    assert read(text + '[exports.B]\ntype = "durable-object"\nstorage = "sqlite"').warnings == ()
    assert read(text + '[[migrations]]\ntag = "v1"').warnings == ()
    assert len(read(text + '[exports.B]\ntype = "durable-object"\nstate = "deleted"').warnings) == 1


def test_rules_of_the_top_level_hold_in_an_environment_too(refusal: Callable[..., str]) -> None:
    text = 'name = "a"\n[vars]\nA = "x"\n[ai]\nbinding = "A"\n[env.x]\n'
    assert "ai.binding" in refusal(text, "x")

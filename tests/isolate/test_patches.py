"""``_cloudflare``: patches around the imports of packages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.isolate.conftest import MakeIsolate

PATCHES = """
from contextlib import contextmanager
from _cloudflare.allow_entropy import allow_bad_entropy_calls, in_request_context
from _cloudflare.import_patch_manager import (
    block_calls, register_after_snapshot, register_before_first_request, register_create_patch,
    register_exec_patch,
)
seen = []

@register_exec_patch("patched")
@contextmanager
def around(module):
    seen.append(("before", hasattr(module, "value")))
    with allow_bad_entropy_calls(1):
        yield
    seen.append(("after", module.value))
    block_calls(module, allowlist=("allowed",))

@register_before_first_request("patched")
def first(module):
    seen.append(("first request", in_request_context()))

register_after_snapshot("patched", lambda module: None)

@register_create_patch("_pydantic_core_like")
@contextmanager
def create(spec):
    yield
"""

PATCHED = """
import os
value = len(os.urandom(3))
def allowed(): return "allowed"
def blocked(): return "called"
"""


def test_patches_surround_the_execution_of_their_module(make_isolate: MakeIsolate) -> None:
    isolate = make_isolate(
        {"patches.py": PATCHES, "patched.py": PATCHED, "entry.py": "import patches, patched"}
    )
    entry: Any = isolate.import_module("entry")
    assert entry.patches.seen == [("before", False), ("after", 3)]
    with isolate.entered():
        patched: Any = isolate.import_module("patched")
        assert patched.allowed() == "allowed"
        with pytest.raises(RuntimeError, match=r"Cannot use patched\.blocked\(\) outside of request"):
            patched.blocked()
    isolate.begin_request()
    assert entry.patches.seen[-1] == ("first request", True)
    with isolate.entered():
        assert isolate.import_module("patched").blocked() == "called"
        assert patched.blocked() == "called"


def test_the_sdks_own_patches_load_and_run_thread_work_inline(make_isolate: MakeIsolate) -> None:
    isolate = make_isolate(
        {
            "entry.py": """
            import anyio.to_thread, threading
            async def where():
                return await anyio.to_thread.run_sync(threading.current_thread)
            """
        }
    )
    isolate.import_module("_workers_sdk_entropy_import_context")
    isolate.import_module("_workers_sdk_package_patches")
    entry: Any = isolate.import_module("entry")
    coroutine = entry.where()
    with pytest.raises(StopIteration) as stop:
        coroutine.send(None)
    assert stop.value.value.name == "MainThread"

"""What holds for every test of the repository."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


# The same examples in every run, so that a failure is there again. For others: HYPOTHESIS_PROFILE=default.
hypothesis.settings.register_profile("repeatable", derandomize=True, database=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

# Run in parallel (`make test` does), the tests of one file stay in one process, and so do these folders, for
# their tests share a built site or a running Worker.
TOGETHER = ("tests/conformance/test_", "tests/site/")
# The longest ones first, and by themselves, so that no process is left alone with one of them at the end.
LONGEST = (
    "tests/docs/test_pages.py",
    "tests/conformance/test_generated.py",
    "tests/conformance/test_examples.py",
    "tests/docs/test_catches_with_a_worker.py",
    "tests/sdk/test_suites.py",
    "tests/testing/test_projects.py",
)


def _group(item: pytest.Item) -> str:
    """The name of what has to run in one process with this test."""
    file = item.path.relative_to(ROOT).as_posix()
    if file in LONGEST:
        return file
    return next((prefix for prefix in TOGETHER if file.startswith(prefix)), file)


def _place(group: str) -> int:
    if group in LONGEST:
        return LONGEST.index(group)
    return len(LONGEST) + (group not in TOGETHER)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Group the tests for pytest-xdist, when it is there and asked for."""
    if getattr(config.option, "dist", "no") != "loadgroup":
        return
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: _place(_group(item)))


def _a_skip_fails(report: Any) -> None:
    """In CI a test that is skipped is a tier that is missing. (A strict expected failure is no skip.)"""
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid}: skipped, which is a failure in CI. {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    report = yield
    _a_skip_fails(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    report = yield
    _a_skip_fails(report)
    return report

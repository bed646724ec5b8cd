"""Every test of the suites passes, and none is missing. Each suite runs in a pytest of its own, inside its
Worker.
"""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from contextlib import ExitStack
from pathlib import Path

import pytest

from scripts.fetch_sdk import sdk_folder
from tests.conformance.engines import EmulatorServer
from tests.sdk.suites import SUITES, Suite, make_outside_project, make_project

ROOT = Path(__file__).resolve().parent.parent.parent


def run_suite(
    suite: Suite, project: Path, environment: dict[str, str]
) -> tuple[str, list[ElementTree.Element]]:
    """Run the suite's modules inside its Worker; what pytest printed, and the report of each test."""
    (project / "inner.ini").write_text("[pytest]\n", encoding="utf-8")
    report = project / "report.xml"
    command = [sys.executable, "-m", "pytest", "-c", "inner.ini", "--rootdir", ".", "--worker", "."]
    command += ["-p", "tests.sdk.frame", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist"]
    command += [f"--junitxml={report}", *suite.modules]
    environment = {**os.environ, **environment, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    cases = list(ElementTree.parse(report).iter("testcase")) if report.exists() else []
    return done.stdout + done.stderr, cases


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_suite_passes(suite: Suite, tmp_path: Path) -> None:
    sources = sdk_folder()
    if not sources.is_dir():
        pytest.fail("the SDK's source distribution is not fetched: run `make setup`")
    project = make_project(suite, sources, tmp_path / "project")
    with ExitStack() as stack:
        environment = {}
        if suite.outside is not None:
            outside = stack.enter_context(
                EmulatorServer(make_outside_project(suite, sources, tmp_path / "outside"))
            )
            environment["DORIS_SDK_OUTSIDE"] = outside.url
        if suite.name == "asgi":
            environment["DORIS_SDK_LOOPBACK"] = stack.enter_context(EmulatorServer(project)).url
        said, cases = run_suite(suite, project, environment)
    passed = [
        case for case in cases if len(case) == 0 or all(child.tag.startswith("system-") for child in case)
    ]
    assert (len(passed), len(cases)) == (suite.count, suite.count), said

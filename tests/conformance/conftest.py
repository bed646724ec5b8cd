"""Fixtures: both engines, started once per run, and their answers, asked once per probe."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.conformance import truth
from tests.conformance.engines import WORKER, EmulatorEngine, EmulatorServer, ReferenceEngine
from tests.reference import Reference, ReferenceRuntime

Ask = Callable[[str], dict[str, Any]]

# Another seed than the recorded one: what a probe draws from chance was never seen before.
FRESH_SEED = int(os.environ.get("DORIS_SEED", "20261121"))


@pytest.fixture(scope="session")
def reference_runtime() -> Iterator[ReferenceRuntime]:
    with ReferenceRuntime() as runtime:
        yield runtime


@pytest.fixture(scope="session")
def reference(reference_runtime: ReferenceRuntime) -> Iterator[Reference]:
    """The probes' Worker on workerd."""
    with reference_runtime.start(WORKER) as worker:
        yield worker


@pytest.fixture(scope="session")
def emulator_server() -> Iterator[EmulatorServer]:
    """The probes' Worker under `doris dev`."""
    with EmulatorServer() as server:
        yield server


@pytest.fixture(scope="session")
def reference_answers(reference_runtime: ReferenceRuntime) -> Iterator[Ask]:
    """The answers on workerd, live, by probe."""
    with reference_runtime.start(WORKER) as worker:
        yield _all_at_the_first_question(ReferenceEngine(worker))


@pytest.fixture(scope="session")
def emulator_answers() -> Iterator[Ask]:
    """The answers on doris, live, by probe."""
    engine = EmulatorEngine()
    yield _all_at_the_first_question(engine)
    engine.close()


def _all_at_the_first_question(engine: EmulatorEngine | ReferenceEngine) -> Ask:
    """All probes are asked in order and on one fresh state, as they were recorded, whatever test comes
    first.
    """

    @functools.cache
    def all_answers() -> dict[str, dict[str, Any]]:
        return {name: _ask(engine, name) for name in truth.all_names()}

    return lambda name: all_answers()[name]


def _ask(engine: EmulatorEngine | ReferenceEngine, name: str) -> dict[str, Any]:
    if name == truth.MODULE_SCOPE:
        return truth.ask_module_scope(engine)
    if name == truth.SCHEDULED:
        return truth.ask_scheduled(engine)
    return truth.ask_probe(engine, name)

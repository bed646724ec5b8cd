"""What a probe draws from chance, with a seed that was never recorded, answered live by both engines."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.conformance import truth
from tests.conformance.conftest import FRESH_SEED
from tests.conformance.differences import difference_of
from tests.conformance.engines import WORKER, EmulatorEngine, ReferenceEngine
from tests.reference import ReferenceRuntime

# What a probe needs before it can draw: its imports, functions and set-up, all of it; and what it asks of
# chance.
DRAWS = re.compile(r"\bchance\b")


Answers = dict[str, dict[str, Any]]
NAMES = [name for name in truth.probe_names() if DRAWS.search(truth.probe_source(name))]


@pytest.fixture(scope="module")
def fresh_answers(reference_runtime: ReferenceRuntime) -> tuple[Answers, Answers]:
    """The answers of both engines to all these probes, each on a fresh state."""
    emulator = EmulatorEngine()
    ours = {name: truth.ask_probe(emulator, name, FRESH_SEED) for name in NAMES}
    emulator.close()
    with reference_runtime.start(WORKER) as worker:
        engine = ReferenceEngine(worker)
        return ours, {name: truth.ask_probe(engine, name, FRESH_SEED) for name in NAMES}


@pytest.mark.reference
@pytest.mark.parametrize("name", NAMES)
def test_both_engines_agree(fresh_answers: tuple[Answers, Answers], name: str) -> None:
    ours, theirs = (answers[name] for answers in fresh_answers)
    asked = [question for question in theirs if difference_of(name, question) is None]
    assert {question: ours.get(question) for question in asked} == {
        question: theirs[question] for question in asked
    }

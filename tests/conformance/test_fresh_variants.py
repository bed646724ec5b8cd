"""What a probe draws from chance, with a seed that was never recorded, answered live by both engines."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.conformance import truth
from tests.conformance.conftest import FRESH_SEED
from tests.conformance.differences import difference_of
from tests.conformance.engines import EmulatorEngine, ReferenceEngine
from tests.reference import Reference

# What a probe needs before it can draw: its imports, functions and set-up, all of it; and what it asks of
# chance.
DRAWS = re.compile(r"\bchance\b")


@pytest.fixture(scope="module")
def emulator() -> Iterator[EmulatorEngine]:
    engine = EmulatorEngine()
    yield engine
    engine.close()


@pytest.mark.reference
@pytest.mark.parametrize(
    "name", [name for name in truth.probe_names() if DRAWS.search(truth.probe_source(name))]
)
def test_both_engines_agree(emulator: EmulatorEngine, reference: Reference, name: str) -> None:
    ours = truth.ask_probe(emulator, name, FRESH_SEED)
    theirs = truth.ask_probe(ReferenceEngine(reference), name, FRESH_SEED)
    asked = [question for question in theirs if difference_of(name, question) is None]
    assert {question: ours.get(question) for question in asked} == {
        question: theirs[question] for question in asked
    }

"""Thousands of calls that chance draws, answered live by both engines; and bugs put in on purpose, which they
catch.

A generated probe answers 1000 calls for a seed. Its answers are not recorded: nothing could be tuned to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doris.bindings.r2_conditions import Condition, Etag
from doris.bindings.r2_store import R2Store
from tests.conformance.conftest import FRESH_SEED
from tests.conformance.engines import EmulatorEngine, ReferenceEngine
from tests.conformance.masks import mask
from tests.reference import Reference

GENERATED = Path(__file__).resolve().parent / "generated"
SEEDS = 10
CALLS = 1000


@pytest.fixture
def emulator() -> Iterator[EmulatorEngine]:
    engine = EmulatorEngine()
    yield engine
    engine.close()


def outcomes(engine: EmulatorEngine | ReferenceEngine, name: str, seed: int) -> list[Any]:
    """What each of the calls came to."""
    source = (GENERATED / f"{name}.py").read_text(encoding="utf-8")
    answers: dict[str, Any] = mask(engine.ask(source, seed))
    found = [
        answer for text, batch in answers.items() if text.startswith("await outcomes") for answer in batch
    ]
    assert len(found) == CALLS
    return found


@pytest.mark.reference
@pytest.mark.parametrize("name", sorted(file.stem for file in GENERATED.glob("*.py")))
def test_both_engines_agree(emulator: EmulatorEngine, reference: Reference, name: str) -> None:
    for seed in range(FRESH_SEED, FRESH_SEED + SEEDS):
        ours = outcomes(emulator, name, seed)
        theirs = outcomes(ReferenceEngine(reference), name, seed)
        assert ours == theirs, f"seed {seed}"


def weakly(self: Etag, etag: str, *, weakly: bool) -> bool:
    """A weak etag matches always."""
    return self.value is None or self.value == etag


def backwards(self: Condition, milliseconds: float) -> float:
    """What is later is before."""
    return -milliseconds


def by_its_letters(self: R2Store, prefix: str) -> str:
    """Behind a prefix comes the prefix itself."""
    return prefix


BUGS = [
    ("r2_conditions", Etag, "matches", weakly),
    ("r2_conditions", Condition, "_rounded", backwards),
    ("r2_conditions", Condition, "holds_without_object", lambda self: True),
    ("r2_lists", R2Store, "_last_of", by_its_letters),
]


@pytest.mark.parametrize(("name", "owner", "member", "bug"), BUGS)
def test_a_bug_put_in_on_purpose_is_seen(
    emulator: EmulatorEngine, monkeypatch: pytest.MonkeyPatch, name: str, owner: type, member: str, bug: Any
) -> None:
    right = outcomes(emulator, name, FRESH_SEED)
    monkeypatch.setattr(owner, member, bug)
    assert outcomes(emulator, name, FRESH_SEED) != right

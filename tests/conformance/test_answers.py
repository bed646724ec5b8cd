"""The emulator answers every question of the probes as the reference runtime does, but for the listed
differences.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.conformance import truth
from tests.conformance.differences import difference_of, marks_of

Ask = Callable[[str], dict[str, Any]]


def questions() -> list[Any]:
    """Each recorded question, marked where the answer is known to differ."""
    parameters = []
    for name in truth.all_names():
        for number, question in enumerate(truth.recorded(name)):
            marks = marks_of(name, question)
            parameters.append(pytest.param(name, question, id=f"{name}-{number}", marks=marks))
    return parameters


@pytest.mark.parametrize(("name", "question"), questions())
def test_emulator_answers_as_recorded(emulator_answers: Ask, name: str, question: str) -> None:
    answers = emulator_answers(name)
    assert question in answers, f"never answered: {question}"
    assert answers[question] == truth.recorded(name)[question], question


@pytest.mark.parametrize("name", truth.all_names())
def test_no_question_is_unrecorded(emulator_answers: Ask, name: str) -> None:
    known = [question for question in emulator_answers(name) if difference_of(name, question) is None]
    assert [question for question in known if question not in truth.recorded(name)] == []


@pytest.mark.reference
@pytest.mark.parametrize("name", truth.all_names())
def test_reference_answers_as_recorded(reference_answers: Ask, name: str) -> None:
    assert reference_answers(name) == truth.recorded(name), "take the truth again: make record"

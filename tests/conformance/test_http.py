"""Whole answers over HTTP: `doris dev` against workerd, request by request."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance import truth
from tests.conformance.differences import marks_of
from tests.conformance.engines import EmulatorServer
from tests.conformance.http_cases import Case, cases, shown
from tests.reference import Reference


def known(case: Case) -> Any:
    return pytest.param(case, id=case.name, marks=marks_of(truth.HTTP, case.name))


@pytest.mark.parametrize("case", [known(case) for case in cases()])
def test_emulator_answers_as_recorded(emulator_server: EmulatorServer, case: Case) -> None:
    answer = emulator_server.fetch(case.path, method=case.method, headers=case.headers, body=case.body)
    assert shown(answer) == truth.recorded(truth.HTTP)[case.name]


@pytest.mark.reference
@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_reference_answers_as_recorded(reference: Reference, case: Case) -> None:
    answer = reference.fetch(case.path, method=case.method, headers=case.headers, body=case.body)
    assert shown(answer) == truth.recorded(truth.HTTP)[case.name], "take the truth again: make record"


def test_every_case_is_recorded() -> None:
    assert {case.name for case in cases()} == set(truth.recorded(truth.HTTP))

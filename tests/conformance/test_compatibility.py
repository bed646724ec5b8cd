"""The page about compatibility is what the script makes of the truth and of the differences; the list
itself is sound.
"""

from __future__ import annotations

import pytest

from scripts import compatibility
from tests.conformance import truth
from tests.conformance.differences import KINDS, Difference, differences


def test_the_page_is_current() -> None:
    assert compatibility.PAGE.read_text(encoding="utf-8") == compatibility.page(), (
        "run `python scripts/compatibility.py`"
    )


def test_every_probe_has_a_room() -> None:
    shown = [probe for probes in compatibility.ROOMS.values() for probe in probes]
    assert sorted(shown) == sorted([*truth.all_names(), truth.HTTP])


@pytest.mark.parametrize("difference", differences(), ids=lambda difference: difference.title)
def test_a_difference_is_about_questions_that_are_asked(difference: Difference) -> None:
    assert difference.kind in KINDS
    assert (difference.kind == "stricter") == (difference.source is not None)
    for probe, patterns in difference.questions.items():
        for pattern in patterns:
            single = Difference("", difference.kind, "", {probe: (pattern,)})
            assert any(single.covers(probe, question) for question in truth.recorded(probe)), pattern


def test_no_question_has_two_reasons() -> None:
    for probe in [*truth.all_names(), truth.HTTP]:
        for question in truth.recorded(probe):
            titles = [difference.title for difference in differences() if difference.covers(probe, question)]
            assert len(titles) <= 1, (question, titles)

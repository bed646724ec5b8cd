"""What an output may leave out."""

from __future__ import annotations

import pytest

from tests.docs.replay.elide import Shown, fault_among, fault_of_elision, fits, mismatch


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ("one\ntwo", "one\ntwo\n"),
        ("1 passed in ...s", "1 passed in 0.12s"),
        ("from ... to ... km", "from 1 to 2 km"),
        ("\none  \n", "one"),
        ("Loading ...", "Loading ..."),
        ("...", "..."),
        ("(a+)[b]", "(a+)[b]"),
        ("." * 60 + " [100%]\n20 passed in ...s", "." * 60 + " [100%]\n20 passed in 1.2s"),
        ("... [100%]\n3 passed in ...s", "... [100%]\n3 passed in 1.2s"),
    ],
)
def test_fits(expected: str, got: str) -> None:
    assert fits(expected, got)
    assert mismatch(expected, got) is None


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ("one", "two"),
        ("one", "one\ntwo"),
        ("one\ntwo", "one"),
        ("a ... c", "a b\nc c"),
        ("in ...s", "in s"),
        ("one", "One"),
        ("." * 60 + " [100%]", "." * 59 + " [100%]"),
        ("ab ... ab", "ab ab"),
        ("ab ...ab", "ab ab"),
        ("a....", "a123"),
    ],
)
def test_does_not_fit(expected: str, got: str) -> None:
    assert not fits(expected, got)
    assert mismatch(expected, got)


def test_the_difference_is_readable() -> None:
    assert mismatch("one\ntook ...s\nthree", "one\ntook 3s\nfour") == (
        "expected (-) against got (+):\n      one\n      took ...s\n    - three\n    + four"
    )


@pytest.mark.parametrize(
    ("expected", "fault"),
    [
        ("one\n...\nthree", "`...` elides a whole line"),
        ("  ... ...", "`... ...` elides a whole line"),
        ("[...]", "`[...]` is elided too far"),
        ('"...": ...,', "is elided too far"),
    ],
)
def test_elided_too_far(expected: str, fault: str) -> None:
    assert fault in (fault_of_elision(expected) or "")
    assert fault in (mismatch(expected, "one\ntwo\nthree") or "")


def shown(line: int, expected: str, got: str) -> Shown:
    return Shown(f"docs/page.md:{line}", expected, got)


def test_an_expectation_that_fits_another_output() -> None:
    first, second = shown(3, '{"id": ...}', '{"id": 1, "title": "milk"}'), shown(9, '{"id": 2}', '{"id": 2}')
    assert fault_among(first, [first, second]) == (
        "elided too far: the output of docs/page.md:9 would pass here too.\n"
        'expected:\n    {"id": ...}\noutput of docs/page.md:9:\n    {"id": 2}'
    )
    assert fault_among(second, [first, second]) is None


def test_the_same_output_shown_twice_is_no_fault() -> None:
    first, second = (
        shown(3, "1 passed in ...s", "1 passed in 1s"),
        shown(9, "1 passed in ...s", "1 passed in 2s"),
    )
    assert fault_among(first, [first, second]) is None


def test_what_is_not_elided_cannot_be_elided_too_far() -> None:
    first, second = shown(3, "[]", "[]"), shown(9, "[]", "[]")
    assert fault_among(first, [first, second]) is None

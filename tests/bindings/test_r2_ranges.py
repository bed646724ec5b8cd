from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doris.bindings.r2_errors import R2Failure
from doris.bindings.r2_ranges import Range, Span, header_span
from doris.js import Throw, to_string

INFINITE, NAN = float("inf"), float("nan")


@pytest.mark.parametrize(
    ("offset", "length", "suffix", "expected"),
    [
        (None, None, None, (0, 10)),
        (4, None, None, (4, 6)),
        (None, 3, None, (0, 3)),
        (8, 5, None, (8, 2)),
        (None, INFINITE, None, (0, 10)),
        (None, None, 3, (7, 3)),
        (None, None, 1e20, (0, 10)),
        (10, None, None, None),
        (10, 1, None, None),
        (11, None, None, None),
        (INFINITE, None, None, None),
        (2, 0, None, None),
        (None, None, 0, None),
    ],
)
def test_ranges_of_ten_bytes(
    offset: float | None, length: float | None, suffix: float | None, expected: tuple[int, int] | None
) -> None:
    chosen = Range.of_numbers(offset, length, suffix)
    if expected is not None:
        assert chosen.within(10) == Span(*expected)
        return
    with pytest.raises(R2Failure, match=r"not satisfiable \(10039\)"):
        chosen.within(10)


@pytest.mark.parametrize(
    ("offset", "length", "suffix", "expected"),
    [
        (
            -1,
            None,
            None,
            "RangeError: Invalid range. Starting offset (-1) must be greater than or equal to 0.",
        ),
        (NAN, None, None, "RangeError: Invalid range. Starting offset (nan) must be greater"),
        (-1e21, None, None, "RangeError: Invalid range. Starting offset (-1e21) must"),
        (
            1.5,
            None,
            None,
            "RangeError: Invalid range. Starting offset (1.5) must be an integer, not floating",
        ),
        (None, -1, None, "RangeError: Invalid range. Length (-1) must be greater"),
        (None, 1 / 3, None, "RangeError: Invalid range. Length (0.33333333333333331) must be an integer"),
        (None, None, -1, "RangeError: Invalid suffix. Suffix (-1) must be greater"),
        (None, None, 0.1, "RangeError: Invalid range. Suffix (0.1) must be an integer"),
        (1, None, 1, "TypeError: Suffix is incompatible with offset."),
        (None, 1, 1, "TypeError: Suffix is incompatible with length."),
    ],
)
def test_numbers_that_make_no_range(
    offset: float | None, length: float | None, suffix: float | None, expected: str
) -> None:
    with pytest.raises(Throw) as refused:
        Range.of_numbers(offset, length, suffix)
    assert to_string(refused.value.value).startswith(expected)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=2-4", Span(2, 3)),
        (" BYTES = 2 - 4 ", Span(2, 3)),
        ("bytes=2-", Span(2, 8)),
        ("bytes=0-100", Span(0, 10)),
        ("bytes=-3", Span(7, 3)),
    ],
)
def test_a_header_names_a_range(header: str, expected: Span) -> None:
    assert header_span(header, 10) == expected


WHOLE = [
    "",
    "bytes=",
    "bytes=-",
    "bytes=-0",
    "bytes=-10",
    "bytes=10-",
    "bytes=4-2",
    "bytes=0-1,4-5",
    "bytes=a-b",
]


@pytest.mark.parametrize("header", [*WHOLE, "items=1-2", "1-2"])
def test_other_headers_mean_the_whole_object(header: str) -> None:
    assert header_span(header, 10) is None


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_a_range_stays_within_the_object(offset: int, length: int, size: int) -> None:
    try:
        span = Range.of_numbers(offset, length, None).within(size)
    except R2Failure:
        assert offset >= size or length == 0
        return
    text = "abcdefghijkl"[:size]
    assert text[span.offset : span.offset + span.length] == text[offset : offset + length]
    assert span.length > 0

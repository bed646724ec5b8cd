from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from doris.bindings.ratelimit import Ratelimit
from doris.bindings.ratelimit_store import RateLimitStore
from doris.js import NativeFunction, get, own_keys
from doris.sql import Database
from tests.bindings.calling import answer, invoke, py
from tests.bindings.conftest import Hands


@pytest.fixture
def counters(clock: Hands) -> Iterator[RateLimitStore]:
    database = Database(limits={})
    yield RateLimitStore(database, clock)
    database.close()


@pytest.fixture
def limiter(counters: RateLimitStore) -> Ratelimit:
    return Ratelimit(counters, 2, 60)


def outcomes(limiter: Ratelimit, count: int, **options: Any) -> list[bool]:
    return [py(invoke(limiter, "limit", options))["success"] for _ in range(count)]


def test_its_shape(limiter: Ratelimit) -> None:
    assert get(get(limiter, "constructor"), "name") == "Ratelimit"
    assert own_keys(limiter) == ["fetcher", "limitVal", "period"]


def test_a_window_ends_with_the_minute(limiter: Ratelimit, clock: Hands) -> None:
    clock.ms = 1_800_000_059_000 // 60_000 * 60_000 + 59_000
    assert outcomes(limiter, 3, key="a") == [True, True, False]
    assert outcomes(limiter, 1, key="b") == [True]
    clock.ms += 999
    assert outcomes(limiter, 1, key="a") == [False]
    clock.ms += 1
    assert outcomes(limiter, 3, key="a") == [True, True, False]


def test_options_of_one_call(limiter: Ratelimit) -> None:
    assert outcomes(limiter, 3, key="own", limit=1) == [True, False, False]
    assert outcomes(limiter, 2, key="none", limit=0) == [False, False]
    assert outcomes(limiter, 1, key="infinite", limit=float("inf")) == [False]
    assert outcomes(limiter, 3, key="heavy", delta=5) == [True, False, False]
    assert outcomes(limiter, 3, key="short", period=10) == [True, True, False]
    assert outcomes(limiter, 3, key="short") == [True, True, False]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (None, "Error: invalid rate limit options"),
        ("key", "Error: invalid rate limit options"),
        (NativeFunction("f", lambda this: None), "Error: invalid rate limit options"),
        ({"a": 1, "b": 2}, "Error: bad rate limit options: [a,b]"),
        ({"key": 5}, "Error: invalid key: 5"),
        ({"key": None}, "Error: invalid key: null"),
        ({"limit": "5"}, "Error: limit must be a number: 5"),
        ({"period": None}, "Error: period must be a number: null"),
        ({"period": 30}, "Error: unsupported period: 30"),
        ({"delta": 0}, "RangeError: delta must be non-zero"),
        ({"delta": 0.5}, "RangeError: delta must be non-zero"),
        ({"delta": -1}, "TypeError: The value cannot be converted because it is negative"),
        ({"delta": "x"}, "TypeError: The value cannot be converted because it is not an integer."),
        ({"delta": 2**32}, "TypeError: Value out of range. Must be less than or equal to 4294967295."),
    ],
)
def test_refusals(limiter: Ratelimit, options: Any, expected: str) -> None:
    assert str(answer(limiter, "limit", options)).startswith(expected)

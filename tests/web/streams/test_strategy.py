# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""Queuing strategies."""

from __future__ import annotations

import pytest

from doris.web.streams.strategy import Strategy
from tests.web.support import O, create_proxy, error_of, js


def test_defaults():
    assert Strategy().mark(3) == 3
    assert Strategy(0).mark(3) == 0
    assert Strategy().size_of("chunk") == 1


def test_the_interfaces():
    assert js.CountQueuingStrategy.new(highWaterMark=3).highWaterMark == 3
    assert js.CountQueuingStrategy.new(O(highWaterMark=3)).size("anything") == 1
    assert js.ByteLengthQueuingStrategy.new(highWaterMark=3).size(js.Uint8Array.new(5)) == 5
    assert error_of(js.CountQueuingStrategy.new) == (
        "TypeError: Failed to construct 'CountQueuingStrategy': constructor parameter 1 is not of type 'QueuingStrategyInit'."
    )


@pytest.mark.parametrize(
    ("strategy", "message"),
    [
        (O(highWaterMark=-1),
         "The value cannot be converted because it is negative and this API expects a positive bigint."),
        (O(highWaterMark="x"), "The value cannot be converted because it is not an integer."),
        (O(size=5), "Incorrect type for the 'size' field on 'StreamQueuingStrategy': the provided value is not of type 'function'."),
    ],
)  # fmt: skip
def test_bad_strategies(strategy, message):
    assert error_of(lambda: js.ReadableStream.new(O(), strategy)) == f"TypeError: {message}"


def test_a_size_function_counts_chunks():
    box = []
    strategy = O(highWaterMark=10, size=create_proxy(lambda chunk: chunk))
    js.ReadableStream.new(O(start=create_proxy(box.append)), strategy)
    box[0].enqueue(4)
    assert box[0].desiredSize == 6

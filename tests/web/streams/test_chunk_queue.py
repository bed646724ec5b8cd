"""The queue of chunks with sizes."""

from __future__ import annotations

import pytest

from doris.js import Throw
from doris.web.streams.chunk_queue import ChunkQueue


def test_sizes_are_added_up():
    queue = ChunkQueue()
    queue.push("a", 2)
    queue.push("b", 0.5)
    assert (len(queue), queue.total, queue.peek()) == (2, 2.5, "a")
    assert (queue.pop(), queue.total) == ("a", 0.5)
    queue.clear()
    assert (len(queue), queue.total) == (0, 0)


@pytest.mark.parametrize("size", [-1, float("nan"), float("inf")])
def test_sizes_that_are_none(size):
    with pytest.raises(Throw, match="size"):
        ChunkQueue().push("a", size)

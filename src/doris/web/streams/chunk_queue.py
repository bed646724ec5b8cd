"""A queue of chunks with sizes, as the controllers of streams keep it.

Rules: the Streams standard, section 8.1 (queue-with-sizes).
"""

from __future__ import annotations

import math
from collections import deque

from doris.js import JSValue, range_error


class ChunkQueue:
    """Chunks and their total size."""

    __slots__ = ("_chunks", "total")

    def __init__(self) -> None:
        self._chunks: deque[tuple[JSValue, float]] = deque()
        self.total: float = 0

    def __len__(self) -> int:
        return len(self._chunks)

    def push(self, chunk: JSValue, size: float) -> None:
        """Add a chunk.

        Raises:
            Throw: a RangeError for a size that is no finite positive number or zero.
        """
        if math.isnan(size) or size < 0 or math.isinf(size):
            raise range_error("The argument 'size' is invalid.")
        self._chunks.append((chunk, size))
        self.total += size

    def pop(self) -> JSValue:
        """Take the first chunk."""
        chunk, size = self._chunks.popleft()
        self.total = max(0, self.total - size)
        return chunk

    def peek(self) -> JSValue:
        """The first chunk."""
        return self._chunks[0][0]

    def clear(self) -> None:
        """Drop everything."""
        self._chunks.clear()
        self.total = 0

"""Queuing strategies: how much a stream takes before it asks its source to wait.

Rules: the Streams standard, section 7.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from doris.js import JSObject, JSValue, call, constructor, get, getter, method, to_number

from ..arguments import Arguments, Where, argument, function_field, to_uint64

Size = Callable[[JSValue], float]


@dataclass(frozen=True)
class Strategy:
    """A strategy as given; ``high_water_mark`` None stands for the default of whoever uses it."""

    high_water_mark: float | None = None
    size: Size | None = None

    def mark(self, default: float) -> float:
        """The high water mark."""
        return default if self.high_water_mark is None else self.high_water_mark

    def size_of(self, chunk: JSValue) -> float:
        """How much a chunk counts; 1 without a size function. The function may throw."""
        return 1 if self.size is None else self.size(chunk)


def strategy_of(where: Where, args: Arguments, index: int) -> Strategy:
    """Read a strategy argument.

    Raises:
        Throw: a TypeError for members of a wrong type.
    """
    options = where.dictionary(args, index, "StreamQueuingStrategy")
    if options is None:
        return Strategy()
    mark = options.js_get("highWaterMark")
    size = function_field(options, "size", "StreamQueuingStrategy")
    return Strategy(
        None if mark is None else to_uint64(mark),
        None if size is None else lambda chunk: to_number(call(size, None, chunk)),
    )


class _QueuingStrategy(JSObject, name="QueuingStrategy"):
    def __init__(self, args: Arguments) -> None:
        init = argument(args, 0)
        if not isinstance(init, JSObject):
            raise Where(self.interface.name).wrong(0, "QueuingStrategyInit")
        self.mark = to_number(init.js_get("highWaterMark"))

    @getter("highWaterMark")
    def high_water_mark(self) -> JSValue:
        return self.mark


class CountQueuingStrategy(_QueuingStrategy, name="CountQueuingStrategy"):
    """``CountQueuingStrategy``: every chunk counts one."""

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        return CountQueuingStrategy(args)

    @method
    def size(self, _chunk: JSValue = None) -> float:
        return 1


class ByteLengthQueuingStrategy(_QueuingStrategy, name="ByteLengthQueuingStrategy"):
    """``ByteLengthQueuingStrategy``: a chunk counts its ``byteLength``."""

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        return ByteLengthQueuingStrategy(args)

    @method
    def size(self, chunk: JSValue = None) -> JSValue:
        return get(chunk, "byteLength")

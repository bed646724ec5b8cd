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
    def __init__(self, high_water_mark: JSValue) -> None:
        self.mark = high_water_mark

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        where = Where(cls.interface.name)  # type: ignore[attr-defined]
        if not isinstance(argument(args, 0), JSObject):
            raise where.wrong(0, "QueuingStrategyInit")
        return cls(to_number(args[0].js_get("highWaterMark")))  # type: ignore[operator]

    @getter("highWaterMark")
    def high_water_mark(self) -> JSValue:
        return self.mark


class CountQueuingStrategy(_QueuingStrategy, name="CountQueuingStrategy"):
    """``CountQueuingStrategy``: every chunk counts one."""

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        return _QueuingStrategy.construct.__func__(cls, *args)  # type: ignore[attr-defined]

    @method
    def size(self, _chunk: JSValue = None) -> float:
        return 1


class ByteLengthQueuingStrategy(_QueuingStrategy, name="ByteLengthQueuingStrategy"):
    """``ByteLengthQueuingStrategy``: a chunk counts its ``byteLength``."""

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        return _QueuingStrategy.construct.__func__(cls, *args)  # type: ignore[attr-defined]

    @method
    def size(self, chunk: JSValue = None) -> JSValue:
        return get(chunk, "byteLength")

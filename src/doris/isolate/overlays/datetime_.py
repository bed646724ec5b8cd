"""`datetime` inside an isolate: the clock's time, and UTC as the local time zone, as in production.

The classes are subclasses of the real ones that answer for them: instances of either kind are instances of
both, and either class finds the other in a dict. Compiled code (pydantic-core) makes real ones.
"""

from __future__ import annotations

import datetime as real
from types import ModuleType
from typing import Any

from doris.isolate.overlays.base import clock, copy_of


class _StandsFor(type):
    """The metaclass of a class that cannot be told from the real one."""

    _real: type

    def __instancecheck__(cls, instance: Any) -> bool:
        stands_for = cls.__dict__.get("_real")
        return isinstance(instance, stands_for) if stands_for else type.__instancecheck__(cls, instance)

    def __subclasscheck__(cls, subclass: type) -> bool:
        stands_for = cls.__dict__.get("_real")
        return issubclass(subclass, stands_for) if stands_for else type.__subclasscheck__(cls, subclass)

    def __eq__(cls, other: object) -> bool:
        return other is cls or (cls.__dict__.get("_real") is other and other is not None)

    def __hash__(cls) -> int:
        return hash(cls.__dict__["_real"]) if "_real" in cls.__dict__ else type.__hash__(cls)


class date(real.date, metaclass=_StandsFor):
    _real = real.date

    @classmethod
    def today(cls) -> Any:
        now = clock().now()
        return cls(now.year, now.month, now.day)

    @classmethod
    def fromtimestamp(cls, timestamp: float) -> Any:
        moment = real.datetime.fromtimestamp(timestamp, real.UTC)
        return cls(moment.year, moment.month, moment.day)

    def __repr__(self) -> str:
        return _named(self, date, super().__repr__())


class datetime(real.datetime, metaclass=_StandsFor):
    _real = real.datetime

    @classmethod
    def now(cls, tz: real.tzinfo | None = None) -> Any:
        return cls.fromtimestamp(clock().now_ms() / 1000, tz)

    @classmethod
    def today(cls) -> Any:
        return cls.now()

    @classmethod
    def utcnow(cls) -> Any:
        return cls.now()

    @classmethod
    def fromtimestamp(cls, timestamp: float, tz: real.tzinfo | None = None) -> Any:
        if tz is not None:
            return super().fromtimestamp(timestamp, tz)
        return super().fromtimestamp(timestamp, real.UTC).replace(tzinfo=None)

    @classmethod
    def combine(cls, date: real.date, time: real.time, *args: Any, **kwargs: Any) -> Any:
        return super().combine(date, time, *args, **kwargs)

    def timestamp(self) -> float:
        return super().timestamp() if self.tzinfo is not None else self.replace(tzinfo=real.UTC).timestamp()

    def astimezone(self, tz: real.tzinfo | None = None) -> Any:
        aware = self if self.tzinfo is not None else self.replace(tzinfo=real.UTC)
        return super(datetime, aware).astimezone(tz or real.UTC)

    def __repr__(self) -> str:
        return _named(self, datetime, super().__repr__())


def _named(value: Any, kind: type, text: str) -> str:
    # The C code shows a subclass without its module.
    return f"datetime.{text}" if type(value) is kind else text


for _class in (date, datetime):
    _class.__module__ = "datetime"

datetime.min, datetime.max = (datetime(m.year, m.month, m.day, m.hour, m.minute, m.second, m.microsecond)
                              for m in (real.datetime.min, real.datetime.max))  # fmt: skip
date.min, date.max = date(1, 1, 1), date(9999, 12, 31)


def make_datetime() -> ModuleType:
    """The overlay of `datetime`."""
    return copy_of(real, date=date, datetime=datetime)

"""Small descriptions of what a field may hold, and the check of a value against them.

A description is also what the tests compare with wrangler's own ``config-schema.json``.
"""

from __future__ import annotations

import datetime
import difflib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]
Report = Callable[[Path, str, str | None], None]
"""Takes the path of a value, what is wrong with it, and the way out."""

_LONGEST_SHOWN = 60


class Shape:
    """What a value may be."""

    def describe(self) -> str:
        """As it stands after "expected"."""
        raise NotImplementedError

    def fits(self, value: Any) -> bool:
        """Is the value of this kind? Looks at the value itself, not into it."""
        raise NotImplementedError

    def check(self, value: Any, path: Path, report: Report) -> None:
        """Report what is wrong with the value, and inside it."""
        if not self.fits(value):
            report(path, f"expected {self.describe()}, got {show(value)}", _quotes(value, path))


@dataclass(frozen=True)
class Simple(Shape):
    """A string, a number, a boolean, null."""

    name: str

    def describe(self) -> str:
        return self.name

    def fits(self, value: Any) -> bool:
        return type_name(value) == self.name


class Anything(Shape):
    """Any JSON value; TOML's dates are not JSON."""

    def describe(self) -> str:
        return "a value"

    def fits(self, value: Any) -> bool:
        return type_name(value) != "a date"

    def check(self, value: Any, path: Path, report: Report) -> None:
        if isinstance(value, dict):
            for key, member in value.items():
                self.check(member, (*path, key), report)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                self.check(item, (*path, index), report)
        elif not self.fits(value):
            report(path, "a TOML date is not supported", _quotes(value, path))


@dataclass(frozen=True)
class Choice(Shape):
    """One of a few fixed values."""

    values: tuple[str | int, ...]

    def describe(self) -> str:
        shown = [json.dumps(value) for value in self.values]
        return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"

    def fits(self, value: Any) -> bool:
        return not isinstance(value, bool) and value in self.values

    def check(self, value: Any, path: Path, report: Report) -> None:
        if not self.fits(value):
            near = did_you_mean(value, [v for v in self.values if isinstance(v, str)])
            report(path, f"expected {self.describe()}, got {show(value)}", near)


@dataclass(frozen=True)
class ListOf(Shape):
    """An array; TOML: also ``[[an array of tables]]``."""

    item: Shape

    def describe(self) -> str:
        return "an array"

    def fits(self, value: Any) -> bool:
        return isinstance(value, list)

    def check(self, value: Any, path: Path, report: Report) -> None:
        if isinstance(value, list):
            for index, item in enumerate(value):
                self.item.check(item, (*path, index), report)
            return
        hint = f"Write [{{ … }}]; in TOML [[{dotted(path)}]]." if isinstance(value, dict) else None
        report(path, f"expected an array, got {show(value)}", hint)


@dataclass(frozen=True)
class MapOf(Shape):
    """An object with names of the user's own."""

    member: Shape

    def describe(self) -> str:
        return "an object"

    def fits(self, value: Any) -> bool:
        return isinstance(value, dict)

    def check(self, value: Any, path: Path, report: Report) -> None:
        if not isinstance(value, dict):
            report(path, f"expected an object, got {show(value)}", None)
            return
        for key, member in value.items():
            self.member.check(member, (*path, key), report)


@dataclass(frozen=True)
class Table(Shape):
    """An object with fixed names: those it must have, and those it may have.

    ``beyond_schema`` are names that wrangler's code accepts though its schema does not have them; ``open``
    tables take any other name as well.
    """

    need: Mapping[str, Shape] = field(default_factory=dict)
    may: Mapping[str, Shape] = field(default_factory=dict)
    beyond_schema: Mapping[str, Shape] = field(default_factory=dict)
    open: bool = False

    def describe(self) -> str:
        return "an object"

    def fits(self, value: Any) -> bool:
        return isinstance(value, dict)

    @property
    def members(self) -> dict[str, Shape]:
        """Every name the table may have."""
        return {**self.need, **self.may, **self.beyond_schema}

    def check(self, value: Any, path: Path, report: Report) -> None:
        if not isinstance(value, dict):
            report(path, f"expected an object, got {show(value)}", None)
            return
        members = self.members
        for name in self.need:
            if name not in value:
                report(path, f'"{name}" is missing', f"Add {name}: {members[name].describe()}.")
        for key, member in value.items():
            if key in members:
                members[key].check(member, (*path, key), report)
            elif not self.open:
                what = "field" if path else "field or binding type"
                report((*path, key), f"wrangler knows no such {what}", unknown(key, members))


@dataclass(frozen=True)
class Either(Shape):
    """One of several shapes. Of what is wrong, that is told which the nearest shape finds."""

    shapes: tuple[Shape, ...]

    def describe(self) -> str:
        return " or ".join(dict.fromkeys(shape.describe() for shape in self.shapes))

    def fits(self, value: Any) -> bool:
        return any(shape.fits(value) for shape in self.shapes)

    def check(self, value: Any, path: Path, report: Report) -> None:
        found: list[tuple[tuple[int, int], list[tuple[Path, str, str | None]]]] = []
        for shape in self.shapes:
            if not shape.fits(value):
                continue
            problems: list[tuple[Path, str, str | None]] = []
            shape.check(value, path, lambda *problem, into=problems: into.append(problem))
            found.append(((_misfits(shape, value), len(problems)), problems))
        if not found:
            report(path, f"expected {self.describe()}, got {show(value)}", None)
            return
        for problem in min(found, key=lambda nearness: nearness[0])[1]:
            report(*problem)


def _misfits(shape: Shape, value: Any) -> int:
    """How many of the fields that tell one table from another (``type``, ``state``) have another's value."""
    if not isinstance(shape, Table):
        return 0
    choices = {name: member for name, member in shape.members.items() if isinstance(member, Choice)}
    return sum(
        not choice.fits(value.get(name)) for name, choice in choices.items() if name in {*shape.need, *value}
    )


STRING = Simple("a string")
NUMBER = Simple("a number")
BOOLEAN = Simple("a boolean")
NULL = Simple("null")
ANY = Anything()


def type_name(value: Any) -> str:
    """The JSON type of a value, with its article."""
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "an array"
        case dict():
            return "an object"
        case datetime.date() | datetime.time():
            return "a date"
    raise TypeError(f"no JSON value: {value!r}")


def show(value: Any) -> str:
    """The value as it would stand in JSON, shortened."""
    if type_name(value) == "a date":
        return f"the date {value.isoformat()}"
    text = json.dumps(value, ensure_ascii=False, default=lambda date: date.isoformat())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def dotted(path: Path) -> str:
    """``d1_databases[0].binding``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _quotes(value: Any, path: Path) -> str | None:
    """For a TOML date: the text it was meant to be."""
    return f'Write it as text: {path[-1]} = "{value.isoformat()}".' if type_name(value) == "a date" else None


def did_you_mean(name: Any, known: Iterable[str]) -> str | None:
    """A hint with the nearest known name, if one is near."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1) if isinstance(name, str) else []
    if not near and isinstance(name, str) and name:
        near = [known for known in names if known.startswith(name)]
    return f'Did you mean "{near[0]}"?' if near else None


def unknown(name: str, known: Iterable[str]) -> str:
    """The way out of an unknown name: the nearest known one, or all of them when they are few."""
    names = list(known)
    near = did_you_mean(name, names)
    if near is not None:
        return near
    if 0 < len(names) <= 12:
        return f"Remove it. Known here: {', '.join(names)}."
    return "Remove it, or look for its right name in wrangler's documentation."

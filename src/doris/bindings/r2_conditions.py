"""Conditional requests of R2: ``onlyIf`` as an object or as Headers.

Source of the rules: ``src/workerd/api/r2-bucket.c++`` (parsing, with the error texts of the reference
runtime) and RFC 9110, section 13, as miniflare's service applies it.
"""

from __future__ import annotations

from dataclasses import dataclass

from doris.js import Throw, error, type_error


@dataclass(frozen=True)
class Etag:
    """An etag of a condition. ``value`` None is the wildcard."""

    value: str | None
    weak: bool = False

    def matches(self, etag: str, *, weakly: bool) -> bool:
        """Whether an object's etag is meant. A weak etag matches in a weak comparison only."""
        return self.value is None or (self.value == etag and (weakly or not self.weak))


@dataclass(frozen=True)
class Condition:
    """``onlyIf``. Times are milliseconds since 1970; None stands for what was not asked, NaN for a time
    before 1970, which is neither before nor after any object's.
    """

    matches: tuple[Etag, ...] | None = None
    differs: tuple[Etag, ...] | None = None
    before: float | None = None
    after: float | None = None
    whole_seconds: bool = False

    def holds(self, etag: str, uploaded: int) -> bool:
        """Whether an object with this etag and time (milliseconds) meets the condition.

        A matching etag counts more than the time: RFC 9110, section 13.2.2.
        """
        matches = self.matches is None or any(item.matches(etag, weakly=False) for item in self.matches)
        differs = self.differs is None or not any(item.matches(etag, weakly=True) for item in self.differs)
        modified = self._rounded(uploaded)
        is_after = (
            self.after is None
            or self._rounded(self.after) < modified
            or (self.differs is not None and differs)
        )
        is_before = (
            self.before is None
            or modified < self._rounded(self.before)
            or (self.matches is not None and matches)
        )
        return matches and differs and is_after and is_before

    def holds_without_object(self) -> bool:
        """Whether a write may go ahead where no object is."""
        return self.matches is None and self.after is None

    def _rounded(self, milliseconds: float) -> float:
        return milliseconds // 1000 * 1000 if self.whole_seconds else milliseconds


def single_etag(text: str) -> tuple[Etag, ...]:
    """``etagMatches`` of an object: one etag without quotes, or ``*``. Raises `Throw` when it is quoted."""
    if text.startswith('"') and text.endswith('"'):
        raise type_error(f"Conditional ETag should not be wrapped in quotes ({text}).")
    return (Etag(None if text == "*" else text),)


def etag_list(header: str, text: str) -> tuple[Etag, ...]:
    """The etags of an ``If-Match`` or ``If-None-Match`` header.

    What comes behind something that is no etag is not looked at. Raises `Throw` when there is no etag at
    all, or when one is malformed.
    """
    found: list[Etag] = []
    at, needs_comma = 0, False
    while at < len(text):
        character = text[at]
        if character in " \t":
            at += 1
        elif character == ",":
            at, needs_comma = at + 1, False
        elif character not in _STARTS:
            break
        elif needs_comma:
            raise error(f"Comma was expected to separate etags. Encountered a {_STARTS[character]}")
        elif character == "*":
            return (Etag(None),)
        else:
            etag, at = _read_etag(text, at)
            found.append(etag)
            needs_comma = True
    if not found:
        raise error(f"Invalid ETag in {header} header")
    return tuple(found)


_STARTS = {
    "*": "wildcard character '*' instead.",
    '"': "double quote character '\"' instead. This would otherwise indicate the start of a new strong etag.",
    "W": "weak quotation character 'W' instead. This would otherwise indicate the start of a new weak etag.",
}


def _read_etag(text: str, at: int) -> tuple[Etag, int]:
    weak = text[at] == "W"
    if weak:
        if text[at : at + 3] != 'W/"':
            raise _malformed_weak()
        at += 2
    end = text.find('"', at + 1)
    if end < 0:
        raise error("Unclosed double quote for Etag")
    return Etag(text[at + 1 : end], weak), end + 1


def _malformed_weak() -> Throw:
    return error("Weak etags must start with W/ and their value must be quoted")

"""One component of a URL pattern: parsed into parts, turned into a regular expression and back into text.

Rules: the URL Pattern standard, sections 2.2 to 2.4.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .tokens import PatternError, Token, is_name_character, tokenize

Encode = Callable[[str], str]

FIXED, SEGMENT, WILDCARD, REGEXP = "fixed", "segment", "wildcard", "regexp"
_ANYTHING = ".*"


@dataclass(frozen=True)
class Options:
    """What separates segments, and what may stand before a group without being written in braces."""

    delimiter: str = ""
    prefix: str = ""

    @property
    def segment(self) -> str:
        """The regular expression of a ``:name``."""
        return f"[^{_escape_regexp(self.delimiter)}]+?" if self.delimiter else ".+?"


@dataclass(frozen=True)
class Part:
    """A piece of a pattern. ``value`` is text for a fixed part, the expression for a regexp part."""

    kind: str
    value: str
    modifier: str = ""
    name: str = ""
    prefix: str = ""
    suffix: str = ""

    @property
    def named(self) -> bool:
        """Whether the program gave it a name (else it is numbered)."""
        return bool(self.name) and not self.name[0].isdigit()


class _Parser:
    def __init__(self, text: str, options: Options, encode: Encode) -> None:
        self._tokens = tokenize(text)
        self._at = 0
        self._options, self._encode = options, encode
        self._pending = ""
        self._number = 0
        self.parts: list[Part] = []

    def _take(self, *kinds: str) -> Token | None:
        token = self._tokens[self._at]
        if token.kind not in kinds:
            return None
        self._at += 1
        return token

    def parse(self) -> list[Part]:
        while self._tokens[self._at].kind != "end":
            character, name = self._take("char"), self._take("name")
            expression = self._expression(name)
            if name is not None or expression is not None:
                prefix = character.value if character else ""
                if prefix and prefix != self._options.prefix:
                    self._pending += prefix
                    prefix = ""
                self._flush()
                self._add(prefix, name, expression, "", self._modifier())
                continue
            fixed = character or self._take("escaped")
            if fixed is not None:
                self._pending += fixed.value
            elif self._take("open") is not None:
                self._group()
            else:
                raise PatternError(self._tokens[self._at].value)
        self._flush()
        return self.parts

    def _group(self) -> None:
        prefix, name = self._text(), self._take("name")
        expression = self._expression(name)
        suffix = self._text()
        if self._take("close") is None:
            raise PatternError("a group is not closed")
        self._add(prefix, name, expression, suffix, self._modifier())

    def _expression(self, name: Token | None) -> Token | None:
        token = self._take("regexp")
        return self._take("asterisk") if token is None and name is None else token

    def _modifier(self) -> str:
        token = self._take("modifier", "asterisk")
        return "" if token is None else token.value

    def _text(self) -> str:
        text = ""
        while (token := self._take("char", "escaped")) is not None:
            text += token.value
        return text

    def _flush(self) -> None:
        if self._pending:
            self.parts.append(Part(FIXED, self._encode(self._pending)))
            self._pending = ""

    def _add(
        self, prefix: str, name: Token | None, expression: Token | None, suffix: str, modifier: str
    ) -> None:
        if name is None and expression is None and not modifier:
            self._pending += prefix
            return
        self._flush()
        if name is None and expression is None:
            if prefix:
                self.parts.append(Part(FIXED, self._encode(prefix), modifier))
            return
        kind, value = self._kind(expression)
        title = name.value if name is not None else str(self._number)
        self._number += name is None
        if any(part.name == title for part in self.parts):
            raise PatternError(f"two groups are called {title}")
        self.parts.append(Part(kind, value, modifier, title, self._encode(prefix), self._encode(suffix)))

    def _kind(self, expression: Token | None) -> tuple[str, str]:
        if expression is None:
            return SEGMENT, ""
        value = _ANYTHING if expression.kind == "asterisk" else _checked_regexp(expression.value)
        if value == self._options.segment:
            return SEGMENT, ""
        return (WILDCARD, "") if value == _ANYTHING else (REGEXP, value)


_CLASS = re.compile(r"\[\^?((?:\\.|[^\]\\])*)\]")


def _checked_regexp(expression: str) -> str:
    """Refuse what JavaScript's "v" flag refuses and Python does not: bare brackets, and bars in a class."""
    for inside in _CLASS.findall(expression):
        if re.search(r"[()\[{}/|]", re.sub(r"\\.", "", inside)):
            raise PatternError(expression)
    outside = re.sub(r"\{\d+(,\d*)?\}", "", _CLASS.sub("", re.sub(r"\\.", "", expression)))
    if re.search(r"[{}\]]", outside):
        raise PatternError(expression)
    return expression


def _escape_regexp(text: str) -> str:
    return re.sub(r"([.+*?^${}()\[\]|/\\])", r"\\\1", text)


def _escape_pattern(text: str) -> str:
    return re.sub(r"([+*?:{}()\\])", r"\\\1", text)


class Component:
    """A compiled component.

    Args:
        text: The pattern.
        options: Its delimiter and prefix.
        encode: Turns fixed text into the form it has in a URL; may raise `PatternError`.

    Raises:
        PatternError: the pattern cannot be read.
    """

    def __init__(self, text: str, options: Options, encode: Encode, *, ignore_case: bool = False) -> None:
        self._parts = _Parser(text, options, encode).parse()
        self._options = options
        self.names = [part.name for part in self._parts if part.kind is not FIXED]
        self.has_regexp = any(part.kind is REGEXP for part in self._parts)
        self.text = self._written()
        expression = "".join(self._expression_of(part) for part in self._parts)
        try:
            # JavaScript's classes \d, \w and \s are ASCII here, and its groups are named without the P.
            flags = re.ASCII | re.DOTALL | (re.IGNORECASE if ignore_case else 0)
            self._regexp = re.compile(re.sub(r"\(\?<(?![=!])", "(?P<", expression) + r"\Z", flags)
        except re.error:
            raise PatternError(text) from None

    def match(self, value: str) -> dict[str, str | None] | None:
        """The groups of a match, None when the value does not match."""
        found = self._regexp.match(value)
        if found is None:
            return None
        # Groups inside a regexp of the program have no name of ours: count only one a part.
        return dict(zip(self.names, found.groups()[: len(self.names)], strict=True))

    def _expression_of(self, part: Part) -> str:
        modifier = part.modifier
        if part.kind is FIXED:
            text = _escape_regexp(part.value)
            return f"(?:{text}){modifier}" if modifier else text
        inner = {SEGMENT: self._options.segment, WILDCARD: _ANYTHING}.get(part.kind, part.value)
        prefix, suffix = _escape_regexp(part.prefix), _escape_regexp(part.suffix)
        if not prefix and not suffix:
            return f"({inner}){modifier}" if modifier in ("", "?") else f"((?:{inner}){modifier})"
        if modifier in ("", "?"):
            return f"(?:{prefix}({inner}){suffix}){modifier}"
        again = f"(?:{suffix}{prefix}(?:{inner}))*"
        return f"(?:{prefix}((?:{inner}){again}){suffix})" + ("?" if modifier == "*" else "")

    def _written(self) -> str:
        return "".join(self._written_part(index, part) for index, part in enumerate(self._parts))

    def _written_part(self, index: int, part: Part) -> str:
        if part.kind is FIXED:
            text = _escape_pattern(part.value)
            return f"{{{text}}}{part.modifier}" if part.modifier else text
        grouped = self._needs_braces(index, part)
        before = self._parts[index - 1] if index else None
        body = _escape_pattern(part.prefix) + (f":{part.name}" if part.named else "")
        if part.kind is REGEXP:
            body += f"({part.value})"
        elif part.kind is SEGMENT and not part.named:
            body += f"({self._options.segment})"
        elif part.kind is WILDCARD:
            plain = (
                before is None
                or before.kind is FIXED
                or bool(before.modifier)
                or grouped
                or bool(part.prefix)
            )
            body += "*" if not part.named and plain else "(.*)"
        if part.kind is SEGMENT and part.named and part.suffix and is_name_character(part.suffix[0]):
            body += "\\"
        body += _escape_pattern(part.suffix)
        return (f"{{{body}}}" if grouped else body) + part.modifier

    def _needs_braces(self, index: int, part: Part) -> bool:
        if part.suffix or (part.prefix and part.prefix != self._options.prefix):
            return True
        after = self._parts[index + 1] if index + 1 < len(self._parts) else None
        before = self._parts[index - 1] if index else None
        if (
            part.named
            and part.kind is SEGMENT
            and not part.modifier
            and after
            and not after.prefix
            and not after.suffix
        ):
            if after.kind is FIXED:
                if is_name_character(after.value[0]):
                    return True
            elif not after.named:
                return True
        return bool(
            not part.prefix
            and before is not None
            and before.kind is FIXED
            and self._options.prefix
            and before.value.endswith(self._options.prefix)
        )

"""A pattern that is written as a whole URL, split into its components.

Rules: the URL Pattern standard, section 1.6.
"""

from __future__ import annotations

from .pattern import Component, Options
from .tokens import PatternError, tokenize

#: The special schemes with their default ports.
SPECIAL_SCHEMES = {"http": "80", "https": "443", "ws": "80", "wss": "443", "ftp": "21", "file": ""}

_NO_COMPONENT = frozenset({"init", "authority", "done"})
_BEFORE_HOST = frozenset({"protocol", "authority", "username", "password"})
_BEFORE_PATH = _BEFORE_HOST | {"hostname", "port"}


def parse(text: str) -> dict[str, str]:
    """The components that the text gives; the others are missing."""
    return _Parser(text).parse()


def is_special(protocol: Component) -> bool:
    """Whether a protocol's pattern can match a special scheme."""
    return any(protocol.match(scheme) is not None for scheme in SPECIAL_SCHEMES)


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokenize(text, lenient=True)
        self._at = self._start = 0
        self._step = 1
        self._state = "init"
        self._special = False
        self._brackets = 0
        self._result: dict[str, str] = {}

    def parse(self) -> dict[str, str]:
        braces = 0
        while self._at < len(self._tokens):
            self._step = 1
            kind = self._tokens[self._at].kind
            if kind == "end":
                if self._end():
                    break
            elif kind == "open":
                braces += 1
            elif not braces or kind == "close":
                braces -= kind == "close" and braces > 0
                self._advance()
            self._at += self._step
        if "hostname" in self._result:
            self._result.setdefault("port", "")
        return self._result

    def _end(self) -> bool:
        """The text is at its end; True when that is all."""
        if self._state == "init":
            self._rewind("init")  # there is no protocol: it is a relative pattern
            if self._is("#"):
                self._change("hash", 1)
            elif self._is_search():
                self._change("search", 1)
            else:
                self._change("pathname", 0)
            return False
        if self._state == "authority":
            self._rewind("hostname")
            return False
        self._change("done", 0)
        return True

    def _advance(self) -> None:
        state = self._state
        if state == "init":
            if self._is(":"):
                self._rewind("protocol")
        elif state == "protocol":
            if self._is(":"):
                self._end_protocol()
        elif state == "authority":
            if self._is("@"):
                self._rewind("username")
            elif self._is("/") or self._is("#") or self._is_search():
                self._rewind("hostname")
        elif state == "username" and self._is(":"):
            self._change("password", 1)
        elif state in ("username", "password"):
            if self._is("@"):
                self._change("hostname", 1)
        else:
            self._advance_after_host(state)

    def _advance_after_host(self, state: str) -> None:
        if state == "hostname":
            self._brackets += self._is("[") - self._is("]")
        if state == "hostname" and self._is(":") and not self._brackets:
            self._change("port", 1)
        elif state in ("hostname", "port") and self._is("/"):
            self._change("pathname", 0)
        elif state in ("hostname", "port", "pathname") and self._is_search():
            self._change("search", 1)
        elif state != "hash" and self._is("#"):
            self._change("hash", 1)

    def _end_protocol(self) -> None:
        try:
            self._special = is_special(Component(self._component(), Options(), lambda value: value))
        except PatternError:
            self._special = False
        if self._is("/", 1) and self._is("/", 2):
            self._change("authority", 3)
        else:
            self._change("authority" if self._special else "pathname", 1)

    def _rewind(self, state: str) -> None:
        self._at, self._step, self._state = self._start, 0, state

    def _change(self, state: str, skip: int) -> None:
        old, result = self._state, self._result
        if old not in _NO_COMPONENT:
            result[old] = self._component()
        if old != "init" and state != "done":
            # What is left out between two components is empty, not anything.
            if old in _BEFORE_HOST and state in ("port", "pathname", "search", "hash"):
                result.setdefault("hostname", "")
            if old in _BEFORE_PATH and state in ("search", "hash"):
                result.setdefault("pathname", "/" if self._special else "")
            if old in _BEFORE_PATH | {"pathname"} and state == "hash":
                result.setdefault("search", "")
        self._state = state
        self._at += skip
        self._start, self._step = self._at, 0

    def _component(self) -> str:
        return self._text[self._tokens[self._start].position : self._tokens[self._at].position]

    def _is(self, value: str, ahead: int = 0) -> bool:
        at = self._at + ahead
        if at >= len(self._tokens):
            return False
        token = self._tokens[at]
        return token.value == value and token.kind in ("char", "escaped", "invalid")

    def _is_search(self) -> bool:
        # A "?" begins the search unless it is the modifier of what stands before it.
        if self._is("?"):
            return True
        if self._tokens[self._at].value != "?":
            return False
        return self._at == 0 or self._tokens[self._at - 1].kind not in ("name", "regexp", "close", "asterisk")

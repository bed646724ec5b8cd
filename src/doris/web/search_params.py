"""URLSearchParams, alone or as the live query of a URL.

Rules: the URL standard, section 6.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from doris.js import (
    JSArray,
    JSObject,
    JSValue,
    call,
    constructor,
    getter,
    method,
    null,
    own_keys,
    to_string,
)

from . import urlencoded
from .arguments import Arguments, Where, argument, is_iterable, string_pairs
from .iterators import EntryIterator, KeyIterator, ValueIterator
from .url_parser import to_usv

_USV = "USVString"


class URLSearchParams(JSObject, name="URLSearchParams"):
    """``URLSearchParams``. ``on_change`` is told of every change: a URL writes it into its query."""

    def __init__(self, pairs: list[urlencoded.Pair], on_change: Callable[[], None] | None = None) -> None:
        self.pairs = pairs
        self._on_change = on_change

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        return URLSearchParams(_pairs_of(argument(args, 0)))

    @getter
    def size(self) -> int:
        return len(self.pairs)

    @method
    def append(self, *args: JSValue) -> JSValue:
        self.pairs.append(_two("append", args))
        self._changed()

    @method("delete")
    def delete(self, *args: JSValue) -> JSValue:
        name, value = _name_and_optional("delete", args)
        self.pairs[:] = [pair for pair in self.pairs if not _matches(pair, name, value)]
        self._changed()

    @method
    def get(self, *args: JSValue) -> JSValue:
        name = _name("get", args)
        for key, value in self.pairs:
            if key == name:
                return value
        return null

    @method("getAll")
    def get_all(self, *args: JSValue) -> JSValue:
        name = _name("getAll", args)
        return JSArray([value for key, value in self.pairs if key == name])

    @method
    def has(self, *args: JSValue) -> JSValue:
        name, value = _name_and_optional("has", args)
        return any(_matches(pair, name, value) for pair in self.pairs)

    @method
    def set(self, *args: JSValue) -> JSValue:
        name, value = _two("set", args)
        for index, (key, _) in enumerate(self.pairs):
            if key == name:
                self.pairs[index] = (name, value)
                self.pairs[index + 1 :] = [pair for pair in self.pairs[index + 1 :] if pair[0] != name]
                break
        else:
            self.pairs.append((name, value))
        self._changed()

    @method
    def sort(self) -> JSValue:
        # By UTF-16 code units, which differs from code points above U+FFFF.
        self.pairs.sort(key=lambda pair: pair[0].encode("utf-16-be"))
        self._changed()

    @method
    def entries(self) -> JSValue:
        return EntryIterator(self.js_iter())

    @method
    def keys(self) -> JSValue:
        return KeyIterator(key for key, _ in self._live())

    @method
    def values(self) -> JSValue:
        return ValueIterator(value for _, value in self._live())

    @method("forEach")
    def for_each(self, *args: JSValue) -> JSValue:
        callback = Where("URLSearchParams", "forEach").function(args, 0)
        this = argument(args, 1)
        for key, value in self._live():
            call(callback, None if this is null else this, value, key, self)

    @method("toString")
    def to_text(self) -> str:
        return self.js_to_string()

    def js_to_string(self) -> str:
        """The query string."""
        return urlencoded.serialize(self.pairs)

    def js_iter(self) -> Iterator[JSValue]:
        """Pairs of name and value; changes during the iteration are seen."""
        return (JSArray([key, value]) for key, value in self._live())

    def _live(self) -> Iterator[urlencoded.Pair]:
        index = 0
        while index < len(self.pairs):
            yield self.pairs[index]
            index += 1

    def _changed(self) -> None:
        if self._on_change is not None:
            self._on_change()


def _pairs_of(init: JSValue) -> list[urlencoded.Pair]:
    if init is None:
        return []
    if isinstance(init, URLSearchParams):
        return list(init.pairs)
    if is_iterable(init):
        pairs = string_pairs(init, "Invalid URL search params sequence.")
        return [(to_usv(name), to_usv(value)) for name, value in pairs]
    if isinstance(init, JSObject):
        # Two keys can become one when both have a lone surrogate: the later value wins.
        return list({to_usv(key): to_usv(to_string(init.js_get(key))) for key in own_keys(init)}.items())
    return urlencoded.parse(to_usv(to_string(init)).removeprefix("?"))


def _matches(pair: urlencoded.Pair, name: str, value: str | None) -> bool:
    return pair[0] == name and (value is None or pair[1] == value)


def _name(method: str, args: Arguments) -> str:
    return to_usv(Where("URLSearchParams", method).string(args, 0, _USV))


def _two(method: str, args: Arguments) -> urlencoded.Pair:
    return _name(method, args), to_usv(Where("URLSearchParams", method).string(args, 1, _USV))


def _name_and_optional(method: str, args: Arguments) -> tuple[str, str | None]:
    value = Where("URLSearchParams", method).optional_string(args, 1)
    return _name(method, args), None if value is None else to_usv(value)

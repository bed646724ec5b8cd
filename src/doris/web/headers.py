"""Headers.

Rules: the Fetch standard, section 5.1, as workerd has it. It is laxer than the standard: bytes above 127 are
allowed in names and values (text crosses as UTF-8), an empty name too, and there is one guard, "immutable".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from doris.js import (
    JSArray,
    JSObject,
    JSValue,
    call,
    constructor,
    method,
    null,
    own_keys,
    to_string,
    type_error,
)

from .arguments import Arguments, Where, argument, is_iterable, string_pairs
from .iterators import EntryIterator, KeyIterator, ValueIterator

_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z\x80-\U0010ffff]*\Z")
_BAD_IN_VALUE = re.compile("[\0\r\n]")
_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}

_NO_PAIR = (
    "To initialize a Headers object from a sequence, each inner sequence must have exactly two elements."
)

#: The type in error texts where a headers initializer is expected.
INITIALIZER = "Headers or Sequence or object"


def lower_name(name: str) -> str:
    """The key of a header name: ASCII letters in lower case.

    Raises:
        Throw: a TypeError for a character that a name may not have.
    """
    if _NAME.match(name) is None:
        raise type_error("Invalid header name.")
    return name.lower() if name.isascii() else name.translate(_ASCII_LOWER)


def normalize_value(value: str) -> str:
    """A header value without the white space around it.

    Raises:
        Throw: a TypeError for NUL, CR or LF inside.
    """
    value = value.strip("\t\n\r ")
    if _BAD_IN_VALUE.search(value) is not None:
        raise type_error("Invalid header value.")
    return value


class Headers(JSObject, name="Headers"):
    """``Headers``. ``immutable`` is the guard; Python code of the runtime uses `pairs`, `first` and
    `set_new`.
    """

    def __init__(self, *, immutable: bool = False) -> None:
        #: Lower-case name to (the name as it was written first, the values).
        self._entries: dict[str, tuple[str, list[str]]] = {}
        self.immutable = immutable

    @classmethod
    def of_pairs(cls, pairs: list[tuple[str, str]], *, immutable: bool = False) -> Headers:
        """Headers as they came over HTTP: in order, valid already."""
        headers = cls(immutable=immutable)
        for name, value in pairs:
            headers._add(name, value)
        return headers

    @classmethod
    def of_initializer(cls, init: JSValue) -> Headers | None:
        """Headers from a value of the ``headers`` option; None when it is no initializer.

        Raises:
            Throw: a TypeError for a bad name, value or pair.
        """
        headers = cls()
        if isinstance(init, Headers):
            headers.copy_from(init)
        elif is_iterable(init):
            for name, value in list(string_pairs(init, _NO_PAIR)):
                headers._add(name, normalize_value(value))
        elif isinstance(init, JSObject):
            for name in own_keys(init):
                headers._add(name, normalize_value(to_string(init.js_get(name))))
        else:
            return None
        return headers

    # -- for the runtime and the other interfaces ------------------------------------------------------------

    def copy_from(self, other: Headers) -> None:
        """Take over another object's headers; the guard stays."""
        self._entries = {key: (name, list(values)) for key, (name, values) in other._entries.items()}

    def copy(self) -> Headers:
        """A clone, guard included."""
        clone = Headers(immutable=self.immutable)
        clone.copy_from(self)
        return clone

    def structured_copy(self) -> Headers:
        """What ``structuredClone`` makes of it: without the guard."""
        clone = Headers()
        clone.copy_from(self)
        return clone

    def pairs(self) -> list[tuple[str, str]]:
        """The header fields as they go over HTTP: names as written, several values apart."""
        return [(name, value) for name, values in self._entries.values() for value in values]

    def first(self, key: str) -> str | None:
        """The combined value of a header by its lower-case name, None when it is not there."""
        entry = self._entries.get(key)
        return ", ".join(entry[1]) if entry is not None else None

    def set_new(self, name: str, value: str) -> None:
        """Set a header that the platform itself gives, past the guard."""
        self._entries[name.lower()] = (name, [value])

    def _add(self, name: str, value: str) -> None:
        key = lower_name(name)
        entry = self._entries.get(key)
        if entry is None:
            self._entries[key] = (name, [value])
        else:
            entry[1].append(value)

    def _check_guard(self) -> None:
        if self.immutable:
            raise type_error("Can't modify immutable headers.")

    def displayed(self) -> list[tuple[str, str]]:
        """What iteration shows: sorted by lower-case name, combined, but each Set-Cookie by itself."""
        shown: list[tuple[str, str]] = []
        for key, (_, values) in sorted(self._entries.items()):
            if key == "set-cookie":
                shown += [(key, value) for value in values]
            else:
                shown.append((key, values[0] if len(values) == 1 else ", ".join(values)))
        return shown

    # -- the interface ---------------------------------------------------------------------------------------

    @constructor
    def construct(cls, *args: JSValue) -> JSValue:
        init = argument(args, 0)
        if init is None:
            return Headers()
        headers = Headers.of_initializer(init)
        if headers is None:
            raise Where("Headers").wrong(0, INITIALIZER)
        return headers

    @method
    def get(self, *args: JSValue) -> JSValue:
        value = self.first(lower_name(_where("get").string(args, 0)))
        return null if value is None else value

    @method("getAll")
    def get_all(self, *args: JSValue) -> JSValue:
        if _where("getAll").string(args, 0).lower() != "set-cookie":
            raise type_error('getAll() can only be used with the header name "Set-Cookie".')
        return self.get_set_cookie()

    @method("getSetCookie")
    def get_set_cookie(self) -> JSValue:
        entry = self._entries.get("set-cookie")
        return JSArray(list(entry[1]) if entry is not None else [])

    @method
    def has(self, *args: JSValue) -> JSValue:
        return lower_name(_where("has").string(args, 0)) in self._entries

    @method
    def set(self, *args: JSValue) -> JSValue:
        name, value = _name_and_value("set", args)
        self._check_guard()
        value = normalize_value(value)
        key = lower_name(name)
        entry = self._entries.get(key)
        self._entries[key] = (entry[0] if entry is not None else name, [value])

    @method
    def append(self, *args: JSValue) -> JSValue:
        name, value = _name_and_value("append", args)
        self._check_guard()
        self._add(name, normalize_value(value))

    @method("delete")
    def delete(self, *args: JSValue) -> JSValue:
        name = _where("delete").string(args, 0)
        self._check_guard()
        self._entries.pop(lower_name(name), None)

    @method("forEach")
    def for_each(self, *args: JSValue) -> JSValue:
        callback = _where("forEach").function(args, 0)
        this = argument(args, 1)
        for key, value in self.displayed():
            call(callback, None if this is null else this, value, key, self)

    @method
    def entries(self) -> JSValue:
        return EntryIterator(self.js_iter())

    @method
    def keys(self) -> JSValue:
        return KeyIterator(iter([key for key, _ in self.displayed()]))

    @method
    def values(self) -> JSValue:
        return ValueIterator(iter([value for _, value in self.displayed()]))

    def js_iter(self) -> Iterator[JSValue]:
        """Pairs of name and value, taken at once: a change during the iteration is not seen."""
        return iter([JSArray([key, value]) for key, value in self.displayed()])


def _where(name: str) -> Where:
    return Where("Headers", name)


def _name_and_value(name: str, args: Arguments) -> tuple[str, str]:
    where = _where(name)
    return where.string(args, 0), where.string(args, 1)

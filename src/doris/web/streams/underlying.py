"""The functions that a program gives a stream: ``start``, ``pull``, ``write`` and the like."""

from __future__ import annotations

from collections.abc import Callable

from doris.js import JSObject, JSValue, Promise, Throw, call

from ..arguments import function_field

Algorithm = Callable[..., JSValue]


class Functions:
    """The functions of an underlying source, underlying sink or transformer; missing ones are None."""

    def __init__(self, owner: JSObject | None, dictionary: str, *names: str) -> None:
        self._owner = owner
        self._functions = {name: function_field(owner, name, dictionary) for name in names}

    def has(self, name: str) -> bool:
        """Whether the program gave this function."""
        return self._functions[name] is not None

    def call(self, name: str, *args: JSValue) -> JSValue:
        """Call it, with the owner as ``this``; undefined when there is none. It may throw."""
        function = self._functions[name]
        return None if function is None else call(function, self._owner, *args)

    def attempt(self, name: str, *args: JSValue) -> Promise:
        """Call it and give a promise for the outcome, whatever it does."""
        return attempt(self.call, name, *args)

    def clear(self) -> None:
        """Drop the functions: the stream will not call any of them again."""
        self._functions = dict.fromkeys(self._functions)


def attempt(function: Algorithm, *args: JSValue) -> Promise:
    """Call a function of the platform or a program's; what it throws becomes a rejection."""
    try:
        return Promise.resolved(function(*args))
    except Throw as error:
        return Promise.rejected(error)

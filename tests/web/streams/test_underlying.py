"""The functions that a program gives a stream."""

from __future__ import annotations

import pytest

from doris.js import Throw, native, plain, type_error
from doris.web.streams.underlying import Functions, attempt


def test_functions_are_called_with_their_owner():
    seen = []
    owner = plain({"pull": native("pull", lambda *args: seen.append(args) or 5)})
    functions = Functions(owner, "UnderlyingSource", "pull", "cancel")
    assert (functions.has("pull"), functions.has("cancel")) == (True, False)
    assert functions.call("pull", "x") == 5
    assert functions.call("cancel") is None
    assert seen == [("x",)]


def test_what_is_thrown_becomes_a_rejection():
    def fail():
        raise type_error("no")

    promise = attempt(fail)
    promise.handled = True
    assert (promise.state, str(Throw(promise.value))) == ("rejected", "TypeError: no")


def test_a_member_that_is_no_function():
    with pytest.raises(Throw, match="Incorrect type for the 'pull' field on 'UnderlyingSource'"):
        Functions(plain({"pull": 5}), "UnderlyingSource", "pull")

"""What JavaScript sees of a Python class."""

import pytest

from doris.js import (
    JSObject,
    Promise,
    Throw,
    constructor,
    getter,
    has,
    method,
    proxy_of,
    setter,
    static,
    to_string,
)

from .ask import ask


class Counter(JSObject, name="Counter"):
    def __init__(self, start=0):
        self.value = start

    @constructor
    def construct(cls, start=0):
        return cls(start)

    @method
    def add(self, by):
        self.value += 1 if by is None else by
        return self.value

    @method("import")
    def import_(self, *values):
        return len(values)

    @getter
    def current(self):
        return self.value

    @setter("current")
    def set_current(self, value):
        self.value = value

    @getter("fixed")
    def fixed_value(self):
        return "fixed"

    @static
    def of(cls, start):
        return cls(start)

    @method
    async def later(self):
        return await Promise.resolved(self.value)


class Special(Counter, name="Special"):
    pass


class Hidden(Counter):
    """JavaScript cannot tell it from a Counter."""


def test_missing_arguments_are_undefined_and_extra_ones_are_dropped():
    counter = proxy_of(Counter())
    assert counter.add() == 1
    assert counter.add(2, 3, 4) == 3
    assert counter.import_(1, 2, 3) == 3


def test_accessors():
    counter = proxy_of(Counter())
    counter.current = 9
    assert counter.current == 9
    with pytest.raises(
        BaseException, match="Cannot assign to read only property 'fixed' of object '#<Counter>'"
    ):
        counter.fixed = 1


def test_statics_and_construction_follow_the_subclass():
    special = proxy_of(Special.interface.function)
    assert special.new(3).constructor.name == "Special"
    assert special.of(4).constructor.name == "Special"
    assert special.new(3).current == 3


def test_a_specialisation_without_a_name_shares_the_constructor():
    assert Hidden.interface.function is Counter.interface.function
    assert Hidden.interface.prototype is Counter.interface.prototype
    assert proxy_of(Hidden()).constructor.name == "Counter"
    assert Hidden.interface.is_subclass_of(Counter.interface)
    assert not Counter.interface.is_subclass_of(Special.interface)


def test_a_method_checks_its_this():
    add = Counter.interface.methods["add"]
    with pytest.raises(Throw, match="TypeError: Illegal invocation"):
        add.js_call(None, 1)


def test_an_async_method_starts_at_once_and_returns_a_promise():
    assert isinstance(Counter.interface.methods["later"].js_call(Counter(5)), Promise)


def test_members_added_to_the_prototype():
    Special.interface.prototype.js_set("extra", 5)
    assert Special().js_get("extra") == 5
    assert Counter().js_get("extra") is None
    assert Special.interface.prototype.js_has("current")
    assert "add" in Counter.interface.prototype.js_own_keys()
    assert "constructor" in Counter.interface.prototype.js_own_keys()
    assert not Counter.interface.prototype.js_is_own_enumerable("constructor")


def test_has_and_tags():
    assert has(Counter(), "add")
    assert has(Counter(), "toString")
    assert not has(Counter(), "nothing")
    assert to_string(Counter()) == "[object Counter]"
    assert ask("js.Object.prototype.toString.call(J('[]'))") == "[object Array]"

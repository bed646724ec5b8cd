"""The iterator objects of Headers, FormData and URLSearchParams."""

from __future__ import annotations

from tests.web.support import O, js


def test_an_iterator_has_workerds_name_and_protocol():
    entries = js.Headers.new(O(a="1")).entries()
    assert entries.constructor.name == "EntryIterator"
    step = js.Object.getPrototypeOf(entries).next.call(entries)
    assert (step.done, list(step.value)) == (False, ["a", "1"])
    assert next(entries, "end") == "end"


def test_return_ends_the_iteration():
    keys = js.Headers.new(O(a="1", b="2")).keys()
    assert keys.constructor.name == "KeyIterator"
    ended = keys.return_(7)
    assert (ended.done, ended.value) == (True, 7)
    assert list(keys) == []


def test_values_can_be_iterated():
    values = js.FormData.new().values()
    assert values.constructor.name == "ValueIterator"
    assert list(values) == []

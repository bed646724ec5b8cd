# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""structuredClone, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from doris.js import DOMExceptionObject, JSArray, Symbol, Throw, plain
from doris.web.clone import clone_json, structured_clone
from tests.web.support import O, error_of, js, jsnull, to_js


def test_values_of_all_kinds():
    value = O(
        a=js.Map.new([["k", js.Set.new([1])]]), b=js.Date.new(5), c=to_js([1, None, jsnull]), d=js.Uint8Array.new([1, 2]), e="x", f=1.5,
    )  # fmt: skip
    copy = js.structuredClone(value)
    assert copy.js_id != value.js_id
    assert copy.a.get("k").has(1)
    assert (copy.b.getTime(), list(copy.c), copy.d.to_bytes(), copy.e, copy.f) == (
        5,
        [1, None, jsnull],
        b"\x01\x02",
        "x",
        1.5,
    )
    for primitive in (5, "x", None, jsnull, True):
        assert js.structuredClone(primitive) is primitive or js.structuredClone(primitive) == primitive


def test_identities_and_cycles_are_kept():
    item = plain({})
    array = JSArray([item, item])
    item.js_set("all", array)
    copy = structured_clone(array)
    assert copy.items[0] is copy.items[1]
    assert copy.items[0] is not item
    assert copy.items[0].js_get("all") is copy


def test_errors_are_copied():
    error = js.TypeError.new("q")
    copy = js.structuredClone(error)
    assert (str(copy), copy.name, copy.stack) == ("TypeError: q", "TypeError", error.stack)
    kept = structured_clone(DOMExceptionObject("a", "B"))
    assert (kept.name, kept.message) == ("B", "a")


@pytest.mark.parametrize(
    ("make", "shown"),
    [
        (lambda: {"a": 1}, "[object Object] could not be cloned."),
        (lambda: lambda: 1, "function(){} could not be cloned."),
        (lambda: js.WeakMap.new(), "#<WeakMap> could not be cloned."),
        (lambda: js.Headers, "function Headers() { [native code] } could not be cloned."),
        (
            lambda: js.FormData.new(),
            'Could not serialize object of type "FormData". This type does not support serialization.',
        ),
        (lambda: js.ReadableStream.new(), "ReadableStream can only be serialized for RPC."),
    ],
)
def test_what_cannot_be_cloned(make, shown):
    assert error_of(lambda: js.structuredClone(make())) == f"DataCloneError: {shown}"


def test_symbols_cannot_be_cloned():
    with pytest.raises(Throw) as caught:
        structured_clone(Symbol.iterator)
    assert str(caught.value) == "DataCloneError: Symbol(Symbol.iterator) could not be cloned."


def test_namespaces_are_empty_objects():
    assert js.JSON.stringify(js.structuredClone(js.Math)) == "{}"


def test_headers_lose_their_guard():
    js.structuredClone(js.Response.redirect("http://x/").headers).set("a", "b")


def test_transfer():
    buffer = js.ArrayBuffer.new(4)
    copy = js.structuredClone(buffer, transfer=js.Array.of(buffer))
    assert (buffer.byteLength, copy.byteLength) == (0, 4)
    assert (
        error_of(lambda: js.structuredClone(O(), transfer=to_js([5])))
        == "TypeError: Object is not transferable"
    )
    assert error_of(js.structuredClone) == (
        "TypeError: Failed to execute 'structuredClone' on 'ServiceWorkerGlobalScope': parameter 1 is not of type 'Value'."
    )


def test_copying_through_json():
    assert clone_json(plain({"a": None, "b": float("nan")})).js_own_keys() == ["b"]

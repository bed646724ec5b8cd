# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""Blob and File, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from doris.web import blob as blob_module
from tests.web.support import O, chunks, error_of, js, jsnull, run, to_js, wait


def text_of(blob):
    return wait(blob.text)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["abc", b"de", js.Blob.new(to_js(["f"]))], "abcdef"),
        ([5, None, 1.5, True, jsnull], "5undefined1.5truenull"),
        ([js.ArrayBuffer.new(1), js.Uint16Array.new(1)], "\0\0\0"),
        ([], ""),
        (["\ufeffa", b"\xff"], "\ufeffa\ufffd"),
    ],
)
def test_parts_are_joined(parts, text):
    assert text_of(js.Blob.new(to_js(parts))) == text


def test_reading():
    blob = js.Blob.new(to_js(["abc"]), type="Text/Q")
    assert (blob.size, blob.type) == (3, "text/q")
    assert wait(blob.bytes).to_bytes() == wait(blob.arrayBuffer).to_bytes() == b"abc"
    assert run(chunks(blob.stream())) == [b"abc"]
    assert js.Blob.new().size == js.Blob.new(None).size == 0


def test_a_lone_surrogate_is_written_as_it_is():
    assert wait(js.Blob.new(to_js(["\ud800"])).bytes).to_bytes() == b"\xed\xa0\x80"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((), "abcdef"), ((1, 3), "bc"), ((-2,), "ef"), ((2, -2), "cd"), ((4, 2), ""), ((1.7, 3.9), "bc"), (("1", "3"), "bc"),
        ((float("nan"), 1), "a"), ((jsnull, 2), "ab"), ((1, jsnull), ""), ((-9, -1), "abcde"), ((9,), ""), ((0, 99), "abcdef"),
    ],
)  # fmt: skip
def test_slices(arguments, text):
    part = js.Blob.new(to_js(["abcdef"]), type="a/b").slice(*arguments)
    assert (text_of(part), part.type) == (text, "")


def test_a_slice_has_its_own_type():
    blob = js.Blob.new(to_js(["abcdef"]))
    assert blob.slice(0, 1, "C/D").type == "c/d"
    assert error_of(lambda: blob.slice(0, 1e10)) == (
        "TypeError: Value out of range. Must be between -2147483648 and 2147483647 (inclusive)."
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [("Text/PLAIN; Q=é", ""), ("a\u0001b", ""), (None, ""), (5, "5"), (jsnull, "null"), ("A\x7fB", "a\x7fb")],
)
def test_types(given, kept):
    assert js.Blob.new(to_js(["a"]), type=given).type == kept


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: js.Blob.new("abc"), "TypeError: Failed to construct 'Blob': constructor parameter 1 is not of type 'Array'."),
        (lambda: js.Blob.new(["abc"]), "TypeError: Failed to construct 'Blob': constructor parameter 1 is not of type 'Array'."),
        (lambda: js.Blob.new(jsnull), "TypeError: Failed to construct 'Blob': constructor parameter 1 is not of type 'Array'."),
        (lambda: js.Blob.new(to_js(["a"]), 5),
         "TypeError: Failed to construct 'Blob': constructor parameter 2 is not of type 'Options'."),
        (lambda: js.Blob.new(to_js(["a"]), endings="native"), "Error: The 'endings' field on 'Options' is not implemented."),
        (lambda: js.File.new(to_js(["a"])), "TypeError: Failed to construct 'File': constructor parameter 2 is not of type 'string'."),
        (lambda: js.structuredClone(js.File.new(to_js(["a"]), "n")),
         'DataCloneError: Could not serialize object of type "File". This type does not support serialization.'),
    ],
)  # fmt: skip
def test_errors(call, message):
    assert error_of(call) == message


def test_a_blob_may_be_too_large(monkeypatch):
    monkeypatch.setattr(blob_module, "MAX_SIZE", 3)
    assert error_of(lambda: js.Blob.new(to_js(["abcd"]))) == "RangeError: Blob size 4 exceeds limit 3"


def test_files():
    file = js.File.new(to_js(["a"]), "n", type="X/y", lastModified=5.7)
    assert (file.name, file.type, file.size, file.lastModified) == ("n", "x/y", 1, 5.7)
    assert file.slice(0, 1).constructor.name == "Blob"
    assert js.File.new(to_js(["a"]), 5).name == "5"
    assert js.File.new(to_js([]), "n", lastModified="x").lastModified == 0
    assert js.File.new(to_js([]), "n", lastModified=jsnull).lastModified == 0
    assert js.File.new(to_js([]), "n", O()).lastModified == pytest.approx(js.Date.now(), abs=1000)


def test_a_blob_can_be_cloned():
    assert text_of(js.structuredClone(js.Blob.new(to_js(["x"]), type="a/b"))) == "x"

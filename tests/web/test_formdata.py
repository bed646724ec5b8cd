# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""FormData, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from doris.web import FormData
from tests.web.support import O, error_of, js, jsnull, run, to_js, wait


def shown(form):
    return [
        [name, value if isinstance(value, str) else [value.name, value.type, value.size]]
        for name, value in form.entries()
    ]


def parsed(body, content_type):
    return wait(lambda: js.Response.new(body, headers=O(**{"content-type": content_type})).formData())


def test_values_become_strings_or_files():
    form = js.FormData.new()
    form.append("a", 5)
    form.append("b", jsnull)
    form.append("c", "x", None)
    form.append("blob", js.Blob.new(to_js(["x"]), type="t/q"))
    form.append("blob", js.Blob.new(to_js(["x"])), "fn.txt")
    form.append("file", js.File.new(to_js(["xy"]), "own.txt"))
    form.append("file", js.File.new(to_js(["xy"]), "own.txt"), "new.txt")
    assert shown(form) == [
        ["a", "5"], ["b", "null"], ["c", "x"], ["blob", ["blob", "t/q", 1]], ["blob", ["fn.txt", "", 1]],
        ["file", ["own.txt", "", 2]], ["file", ["new.txt", "", 2]],
    ]  # fmt: skip


def test_a_file_stays_the_same_object():
    file = js.File.new(to_js(["x"]), "n", lastModified=5)
    form = js.FormData.new()
    form.append("a", file)
    assert form.get("a").js_id == file.js_id


def test_reading_and_changing():
    form = js.FormData.new()
    for name, value in (("a", "1"), ("b", "2"), ("a", "3")):
        form.append(name, value)
    assert list(form.getAll("a")) == ["1", "3"]
    assert form.get("z") is jsnull
    assert ("a" in form, form.has("z")) == (True, False)
    form.set("a", "9")
    form.set("c", "4")
    assert shown(form) == [["a", "9"], ["b", "2"], ["c", "4"]]
    form.delete("b")
    assert list(form.keys()) == ["a", "c"]
    assert list(form.values()) == ["9", "4"]
    seen = []
    form.forEach(lambda value, name, _form: seen.append((value, name)))
    assert seen == [("9", "a"), ("4", "c")]


def test_iteration_sees_what_is_appended():
    form = FormData([("a", "1")])
    seen = []
    for pair in form.js_iter():
        seen.append(pair.items)
        if len(seen) < 3:
            form.append(f"n{len(seen)}", "x")
    assert seen == [["a", "1"], ["n1", "x"], ["n2", "x"]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda f: f.append(),
            "Failed to execute 'append' on 'FormData': parameter 1 is not of type 'string'.",
        ),
        (
            lambda f: f.append("a"),
            "Failed to execute 'append' on 'FormData': parameter 2 is not of type 'File or Blob or string'.",
        ),
        (
            lambda f: f.set("a"),
            "Failed to execute 'set' on 'FormData': parameter 2 is not of type 'File or Blob or string'.",
        ),
        (
            lambda f: f.delete(),
            "Failed to execute 'delete' on 'FormData': parameter 1 is not of type 'string'.",
        ),
        (
            lambda f: f.forEach(),
            "Failed to execute 'forEach' on 'FormData': parameter 1 is not of type 'function'.",
        ),
    ],
)
def test_bad_arguments(call, message):
    assert error_of(lambda: call(js.FormData.new())) == f"TypeError: {message}"


def test_a_form_goes_through_a_body():
    form = js.FormData.new()
    form.append("a", "é\n1")
    form.append("f", js.Blob.new(to_js([b"\xff\x00"]), type="t/q"), "n.bin")

    async def through():
        response = js.Response.new(form)
        assert response.headers.get("content-type").startswith("multipart/form-data; boundary=")
        arrived = await response.formData()
        return shown(arrived), (await arrived.get("f").bytes()).to_bytes()

    assert run(through()) == ([["a", "é\n1"], ["f", ["n.bin", "t/q", 2]]], b"\xff\x00")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a=1&b=%C3%A9+x&c&=d&&a=2", [["a", "1"], ["b", "é x"], ["c", ""], ["", "d"], ["a", "2"]]),
        (
            "a=%zz&b=%4&c=%&d=%%41&e=%4g&f=%e9",
            [["a", "zz"], ["b", "\x04"], ["c", ""], ["d", "A"], ["e", "\x04g"], ["f", "\ufffd"]],
        ),
        ("?a=1", [["?a", "1"]]),
        ("", []),
    ],
)
def test_urlencoded_bodies(body, expected):
    assert shown(parsed(body, "application/x-www-form-urlencoded; charset=UTF-8")) == expected


@pytest.mark.parametrize(
    ("content_type", "message"),
    [
        ("zzz", "Unrecognized Content-Type header value. FormData can only parse the following MIME types: "
                "multipart/form-data, application/x-www-form-urlencoded"),
        ("application/x-www-form-urlencoded;charset=latin1", "Non-utf-8 application/x-www-form-urlencoded body."),
        ("multipart/form-data", "No boundary string in Content-Type header. The multipart/form-data MIME type requires a "
                                "boundary parameter, e.g. 'Content-Type: multipart/form-data; boundary=\"abcd\"'. "
                                "See RFC 7578, section 4."),
        ("multipart/form-data; boundary=B", "No initial boundary string (or you have a truncated message)."),
    ],
)  # fmt: skip
def test_bodies_that_are_no_forms(content_type, message):
    response = js.Response.new("x", headers=O(**{"content-type": content_type}))
    assert error_of(response.formData) == f"TypeError: {message}"


def test_the_mime_type_is_not_case_sensitive_but_the_boundary_is():
    body = '--Bx\r\nContent-Disposition: form-data; name="a"\r\n\r\nv\r\n--Bx--'
    assert shown(parsed(body, "Multipart/Form-Data; BOUNDARY=Bx")) == [["a", "v"]]

# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""The body mixin, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from tests.web.support import O, chunks, error_of, failure, js, jsnull, run, source, to_js, wait

USED = "TypeError: Body has already been used. It can only be used once. Use tee() first if you need to read it twice."
LOCKED = "TypeError: This ReadableStream is currently locked to a reader."


def text_of(body):
    return wait(lambda: js.Response.new(body).text())


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("é☃", "é☃"), (5, "5"), (1.5, "1.5"), (True, "true"), (O(a=1), "[object Object]"), (None, ""), (jsnull, ""),
        (to_js(b"\xef\xbb\xbfA\xff"), "A\ufffd"), ("\ufeffA", "A"), (js.ArrayBuffer.new(1), "\0"),
        (js.Blob.new(to_js(["b"])), "b"), (js.URLSearchParams.new("a=é"), "a=%C3%A9"), ("\ud800", "\ufffd\ufffd\ufffd"),
        (js.Response.new("x"), "[object Response]"), (js.Map.new(), ""), ([1, 2], "[1, 2]"), (b"ab", "b'ab'"),
    ],
)  # fmt: skip
def test_what_a_body_is_made_of(body, text):
    assert text_of(body) == text


def test_iterables_become_streams():
    assert text_of(js.Array.of(to_js(b"a"), to_js(b"b"))) == "ab"
    assert (
        error_of(lambda: js.Response.new(js.Array.of(1)).text())
        == "TypeError: This ReadableStream did not return bytes."
    )


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("x", "text/plain;charset=UTF-8"), (5, "text/plain;charset=UTF-8"), (to_js(b""), jsnull),
        (js.Blob.new(to_js([]), type="t/q"), "t/q"), (js.Blob.new(), jsnull), (source(), jsnull),
    ],
)  # fmt: skip
def test_the_content_type_it_brings(body, content_type):
    assert js.Response.new(body).headers.get("content-type") == content_type


def test_bytes_are_copied():
    array = js.Uint8Array.new([97, 98])
    response = js.Response.new(array)
    array.fill(99)
    assert wait(response.text) == "ab"


def test_the_ways_to_read():
    assert wait(js.Response.new("é").bytes).to_bytes() == "é".encode()
    assert wait(js.Response.new("é").arrayBuffer).byteLength == 2
    assert wait(js.Response.new('{"a": [1.0]}').json).to_py() == {"a": [1]}
    blob = wait(js.Response.new("x", headers=O(**{"content-type": "Text/HTML; Charset=UTF-8"})).blob)
    assert (blob.size, blob.type) == (1, "text/html;charset=UTF-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nope", "SyntaxError: Unexpected token 'o', \"nope\" is not valid JSON"),
        ("", "SyntaxError: Unexpected end of JSON input"),
        (
            '{"a":1} x',
            "SyntaxError: Unexpected non-whitespace character after JSON at position 8 (line 1 column 9)",
        ),
    ],
)
def test_text_that_is_no_json(text, message):
    assert error_of(js.Response.new(text).json) == message


def test_a_missing_body_reads_as_empty_and_is_never_used():
    async def go():
        response = js.Response.new(None)
        assert [await response.text(), await response.text(), response.bodyUsed] == ["", "", False]
        assert (await response.bytes()).length == 0
        assert "end of JSON" in await failure(response.json())
        assert "requires a Content-Type" in await failure(response.formData())

    run(go())


def test_a_body_can_be_read_once():
    async def go():
        response = js.Response.new("x")
        assert await response.text() == "x"
        for again in (
            response.text,
            response.json,
            response.blob,
            response.formData,
            response.arrayBuffer,
            response.bytes,
        ):
            assert await failure(again()) == USED
        assert response.bodyUsed
        assert response.body.locked
        return response

    response = run(go())
    assert error_of(response.clone) == "TypeError: This ReadableStream is currently locked to a reader,"
    assert error_of(response.body.getReader) == LOCKED


def test_two_reads_at_once():
    async def go():
        response = js.Response.new("x")
        first, second = response.text(), response.text()
        return await first, await failure(second)

    assert run(go()) == ("x", USED)


def test_a_locked_stream_cannot_be_read():
    response = js.Response.new("x")
    response.body.getReader()
    assert not response.bodyUsed
    assert error_of(response.text) == LOCKED
    assert error_of(response.formData) == "TypeError: This ReadableStream is currently locked to a reader."
    assert error_of(response.clone) == "TypeError: This ReadableStream is currently locked to a reader,"


def test_the_stream_is_made_once():
    response = js.Response.new("abc")
    assert response.body.js_id == response.body.js_id
    assert run(chunks(response.body)) == [b"abc"]
    assert response.bodyUsed


def test_a_stream_as_body():
    async def go():
        stream = source(b"a", b"bc")
        response = js.Response.new(stream)
        assert response.body.js_id == stream.js_id
        return await response.text(), response.bodyUsed, stream.locked

    assert run(go()) == ("abc", True, True)


def test_streams_that_cannot_be_a_body():
    locked = source()
    locked.getReader()
    assert error_of(lambda: js.Response.new(locked)) == (
        "TypeError: This ReadableStream is locked to a reader, and cannot be used as a body."
    )
    disturbed = source("a")

    async def read():
        reader = disturbed.getReader()
        await reader.read()
        reader.releaseLock()

    run(read())
    assert error_of(lambda: js.Response.new(disturbed)) == (
        "TypeError: This ReadableStream is disturbed (has already been read from), and cannot be used as a body."
    )


def test_a_failing_stream():
    assert error_of(js.Response.new(source(b"a", error=js.Error.new("boom"))).text) == "Error: boom"


def test_cancelling_uses_the_body_up():
    async def go():
        response = js.Response.new("abc")
        await response.body.cancel()
        return response.bodyUsed, await failure(response.text())

    assert run(go()) == (True, USED)


def test_a_clone_of_a_stream():
    async def go():
        response = js.Response.new(source(b"a", b"b"))
        stream = response.body
        clone = response.clone()
        return await response.text(), await clone.text(), stream.locked, response.body.js_id == stream.js_id

    assert run(go()) == ("ab", "ab", True, False)

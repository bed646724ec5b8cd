# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""Response, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from doris.js import Throw, get
from doris.web import ReadableStream, Response, response_parts
from tests.web.support import O, error_of, js, jsnull, run, to_js, wait

RANGE = "RangeError: Responses may only be constructed with status codes in the range 200 to 599, inclusive."
NO_BODY = "TypeError: Response with null body status (101, 204, 205, or 304) cannot have a body."


def test_defaults():
    response = js.Response.new("x")
    assert (response.status, response.statusText, response.ok, response.redirected) == (200, "", True, False)
    assert (response.url, response.type, response.bodyUsed, response.cf, response.webSocket) == (
        "", "default", False, None, jsnull,
    )  # fmt: skip
    assert [list(pair) for pair in response.headers] == [["content-type", "text/plain;charset=UTF-8"]]


@pytest.mark.parametrize(
    ("status", "kept"),
    [(200.9, 200), ("201", 201), (js.Array.of(202), 202), (None, 200), (599, 599), ("0xC8", 200)],
)
def test_a_status_is_converted(status, kept):
    assert js.Response.new("x", status=status).status == kept


@pytest.mark.parametrize(
    "status", [99, 199, 600, -1, "abc", float("nan"), float("inf"), jsnull, True, "", 101, 103]
)
def test_a_status_has_a_range(status):
    assert error_of(lambda: js.Response.new(None, status=status)) == RANGE


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: js.Response.new("x", status=1e20),
         "TypeError: Value out of range. Must be between -2147483648 and 2147483647 (inclusive)."),
        (lambda: js.Response.new("x", status=2**60), "TypeError: Cannot convert a BigInt value to a number"),
        (lambda: js.Response.new("x", statusText="a\nb"), "TypeError: Invalid statusText"),
        (lambda: js.Response.new("x", headers=5),
         "TypeError: Incorrect type for the 'headers' field on 'InitializerDict': "
         "the provided value is not of type 'Headers or Sequence or object'."),
        (lambda: js.Response.new("x", cf=jsnull),
         "TypeError: Incorrect type for the 'cf' field on 'InitializerDict': the provided value is not of type 'Object'."),
        (lambda: js.Response.new("x", webSocket=O()),
         "TypeError: Incorrect type for the 'webSocket' field on 'InitializerDict': the provided value is not of type 'WebSocket'."),
        (lambda: js.Response.new("x", encodeBody="zz"), "TypeError: encodeBody: unexpected value: zz"),
        (lambda: js.Response.new("x", "a"),
         "TypeError: Failed to construct 'Response': constructor parameter 2 is not of type 'InitializerDict or Response'."),
        (lambda: js.Response.new("x", status=204), NO_BODY),
        (lambda: js.Response.new(js.ReadableStream.new(), status=205), NO_BODY),
        (lambda: js.Response.json(O(), status=304), NO_BODY),
        (lambda: js.Response.json(), "TypeError: Failed to execute 'json' on 'Response': parameter 1 is not of type 'Value'."),
        (lambda: js.Response.redirect(), "TypeError: Failed to execute 'redirect' on 'Response': parameter 1 is not of type 'string'."),
        (lambda: js.Response.redirect("/rel"), "TypeError: Unable to parse URL: /rel"),
        (lambda: js.Response.redirect("http://x/", 200),
         "RangeError: 200 is not a redirect status code. It must be one of: 301, 302, 303, 307, or 308."),
        (lambda: js.Response.new(None, js.Response.error()), RANGE),
        (lambda: js.Body.new(), "TypeError: Illegal constructor"),
        (lambda: js.structuredClone(js.Response.new("x")), "DataCloneError: ReadableStream can only be serialized for RPC."),
    ],
)  # fmt: skip
def test_errors(call, message):
    assert error_of(call) == message


@pytest.mark.parametrize("body", [None, jsnull, "", js.Uint8Array.new(0)])
def test_an_empty_body_is_none_where_none_is_allowed(body):
    response = js.Response.new(body, status=204)
    assert response.body is jsnull
    assert response.headers.get("content-type") is jsnull


@pytest.mark.parametrize("body", ["", js.Uint8Array.new(0)])
def test_an_empty_body_is_a_body_elsewhere(body):
    assert js.Response.new(body).body.constructor.name == "ReadableStream"


def test_another_response_as_options():
    first = js.Response.new(
        "a", status=404, statusText="Z", headers=O(q="b"), cf=O(c=js.Date.new(0)), encodeBody="manual"
    )
    second = js.Response.new("b", first)
    assert (second.status, second.statusText, second.headers.get("q"), second.cf.c) == (
        404, "Z", "b", "1970-01-01T00:00:00.000Z",
    )  # fmt: skip
    assert second._js.encode_body == "manual"
    js.Response.new(None, js.Response.redirect("http://x/")).headers.set("a", "b")


def test_cf_is_copied_through_json():
    cf = js.Response.new("x", cf=O(a=1, b=None, c=js.Map.new(), d=float("nan"))).cf
    assert js.JSON.stringify(cf) == '{"a":1,"c":{},"d":null}'
    assert (
        error_of(lambda: js.Response.new("x", cf=js.Headers)) == 'SyntaxError: "undefined" is not valid JSON'
    )


def test_json():
    response = js.Response.json(to_js({"a": [1.0, None]}, dict_converter=js.Object.fromEntries), status=201)
    assert (response.status, response.headers.get("content-type")) == (201, "application/json")
    assert wait(response.text) == '{"a":[1,null]}'
    assert wait(js.Response.json(None).text) == "undefined"
    kept = js.Response.json(O(), headers=O(**{"Content-Type": "x/y"}))
    assert kept.headers.get("content-type") == "x/y"
    assert (
        js.Response.json(O(), js.Response.new("x", status=202)).headers.get("content-type")
        == "text/plain;charset=UTF-8"
    )


def test_redirect_and_error():
    response = js.Response.redirect("http://x/é b", "301")
    assert (response.status, response.headers.get("location"), response.body) == (
        301,
        "http://x/%C3%A9%20b",
        jsnull,
    )
    assert js.Response.redirect("http://x/").status == 302
    failed = js.Response.error()
    assert (failed.status, failed.type, failed.ok) == (0, "error", False)


def test_clone():
    async def both():
        response = js.Response.new("ab", status=201, headers=O(q="1"))
        clone = response.clone()
        clone.headers.set("q", "2")
        return (
            clone.status,
            response.headers.get("q"),
            await clone.text(),
            await response.text(),
            clone.bodyUsed,
        )

    assert run(both()) == (201, "1", "ab", "ab", True)


def test_from_http():
    response = Response.from_http(203, "Fine", [("X-A", "1")], b"abc", ("http://a/", "http://b/#f"))
    assert [get(response, name) for name in ("status", "statusText", "url", "redirected")] == [
        203,
        "Fine",
        "http://b/",
        True,
    ]
    with pytest.raises(Throw, match="Can't modify immutable headers"):
        response.message_headers.set("a", "b")
    assert not Response.from_http(204, "", [], b"dropped").has_body


def test_parts_for_the_server():
    assert response_parts(Response.construct("é")) == (
        200, "", [("Content-Type", "text/plain;charset=UTF-8")], "é".encode(),
    )  # fmt: skip
    assert response_parts(Response.construct(None))[3] is None
    stream = ReadableStream.from_bytes(b"x")
    assert response_parts(Response.construct(stream))[3] is stream
    used = Response.construct("x")
    response_parts(used)
    with pytest.raises(Throw, match="Body has already been used"):
        response_parts(used)


def test_a_response_without_a_body_can_be_cloned_structurally():
    assert js.structuredClone(js.Response.new(None, status=404)).status == 404


def test_a_status_text_may_not_have_control_characters_and_a_redirect_follows_the_url_standard():
    assert error_of(lambda: js.Response.new("x", statusText="\t")) == "TypeError: Invalid statusText"
    assert js.Response.redirect(js.URL.new("http://q/z")).headers.get("location") == "http://q/z"
    assert (
        error_of(lambda: js.Response.new("x", cf=O(a=2**60)))
        == "TypeError: Do not know how to serialize a BigInt"
    )

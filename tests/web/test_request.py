# ruff: noqa: E501 - error texts stand whole, so that a search finds them
"""Request, against answers of the reference runtime."""

from __future__ import annotations

import pytest

from doris.js import Throw, get, plain
from doris.web import AbortSignal, ReadableStream, Request
from tests.web.support import O, error_of, failure, js, jsnull, run, wait

GET_WITH_BODY = "TypeError: Request with a GET or HEAD method cannot have a body."
USED = "TypeError: Body has already been used. It can only be used once. Use tee() first if you need to read it twice."
FIELD = "TypeError: Incorrect type for the '{}' field on 'RequestInitializerDict': the provided value is not of type '{}'."


def posted(body="q", **options):
    return js.Request.new("http://x", method="POST", body=body, **options)


def test_defaults():
    request = js.Request.new("HTTP://X/é b?q=é#h")
    assert (request.method, request.url, request.redirect) == (
        "GET",
        "http://x/%C3%A9%20b?q=%C3%A9#h",
        "follow",
    )
    assert (request.body, request.fetcher) == (jsnull, jsnull)
    assert (request.bodyUsed, request.keepalive, request.integrity, request.cf, request.cache) == (
        False, False, "", None, None,
    )  # fmt: skip
    assert request.signal.aborted is False
    assert not hasattr(request, "mode")


def test_what_a_url_may_be():
    assert js.Request.new(js.URL.new("http://x/a")).url == "http://x/a"
    assert js.Request.new("http://u:p@x/").url == "http://u:p@x/"


@pytest.mark.parametrize(
    ("name", "kept"),
    [("patch", "PATCH"), ("QUERY", "QUERY"), ("TRACE", "TRACE"), (None, "GET"), ("mkcol", "MKCOL")],
)
def test_methods(name, kept):
    assert js.Request.new("http://x", method=name).method == kept


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: js.Request.new(),
         "TypeError: Failed to construct 'Request': constructor parameter 1 is not of type 'Request or string'."),
        (lambda: js.Request.new("http://x", 5),
         "TypeError: Failed to construct 'Request': constructor parameter 2 is not of type 'RequestInitializerDict or Request'."),
        (lambda: js.Request.new("/a"), "TypeError: Invalid URL: /a"),
        (lambda: js.Request.new(None), "TypeError: Invalid URL: undefined"),
        (lambda: js.Request.new("http://x", method="CONNECT"), "TypeError: Invalid HTTP method string: CONNECT"),
        (lambda: js.Request.new("http://x", method=" GET"), "TypeError: Invalid HTTP method string:  GET"),
        (lambda: js.Request.new("http://x", body="a"), GET_WITH_BODY),
        (lambda: js.Request.new("http://x", method="HEAD", body=""), GET_WITH_BODY),
        (lambda: js.Request.new(posted(), method="GET"), GET_WITH_BODY),
        (lambda: js.Request.new("http://x", redirect="error"),
         'TypeError: Invalid redirect value, must be one of "follow" or "manual" ("error" won\'t be implemented since it does not '
         'make sense at the edge; use "manual" and check the response status code).'),
        (lambda: js.Request.new("http://x", cache="reload"), "TypeError: Unsupported cache mode: reload"),
        (lambda: js.Request.new("http://x", integrity="a"),
         "TypeError: Subrequest integrity checking is not implemented. "
         "The integrity option must be either undefined or an empty string."),
        (lambda: js.Request.new("http://x", encodeResponseBody="x"), "TypeError: encodeResponseBody: unexpected value: x"),
        (lambda: js.Request.new("http://x", signal=5), FIELD.format("signal", "AbortSignal")),
        (lambda: js.Request.new("http://x", cf=5), FIELD.format("cf", "Object")),
        (lambda: js.Request.new("http://x", fetcher=5), FIELD.format("fetcher", "Fetcher")),
        (lambda: js.Request.new("http://x", headers=5), FIELD.format("headers", "Headers or Sequence or object")),
        (lambda: js.structuredClone(posted()), "DataCloneError: ReadableStream can only be serialized for RPC."),
    ],
)  # fmt: skip
def test_errors(call, message):
    assert error_of(call) == message


def test_options():
    signal = js.AbortSignal.abort("why")
    request = js.Request.new(
        "http://x", redirect="MANUAL", cache="no-store", signal=signal, cf=O(a=1), fetcher=jsnull, encodeResponseBody="manual",
        integrity="",
    )  # fmt: skip
    assert (request.redirect, request.cache, request.signal.reason, request.cf.a) == (
        "manual",
        "no-store",
        "why",
        1,
    )
    inherited = js.Request.new(request)
    assert (inherited.redirect, inherited.cache, inherited.signal.aborted) == ("manual", "no-store", True)
    assert js.Request.new(request, signal=jsnull).signal.aborted is False


def test_a_request_made_of_another_takes_its_body():
    async def go():
        first = posted(headers=O(a="b"))
        second = js.Request.new(first)
        assert (first.bodyUsed, second.bodyUsed, second.headers.get("a")) == (True, False, "b")
        assert await second.text() == "q"
        assert await failure(first.text()) == USED
        assert first.body.locked
        return first

    first = run(go())
    assert (
        error_of(lambda: js.Request.new(first)) == "TypeError: Cannot reconstruct a Request with a used body."
    )
    assert wait(js.Request.new(first, body="z").text) == "z"


def test_a_locked_body_cannot_be_taken():
    request = posted()
    request.body.getReader()
    assert (
        error_of(lambda: js.Request.new(request))
        == "TypeError: The ReadableStream has been locked to a reader."
    )


def test_a_stream_is_handed_over_whole():
    async def go():
        first = posted()
        first.body  # noqa: B018 - makes the stream
        second = js.Request.new(first)
        return first.bodyUsed, await second.text()

    assert run(go()) == (True, "q")


def test_a_request_as_options_shares_its_stream():
    async def go():
        options = posted(headers=O(a="b"))
        made = js.Request.new("http://y", options)
        return made.method, made.url, made.headers.get("a"), await made.text(), options.bodyUsed

    assert run(go()) == ("POST", "http://y/", "b", "q", True)
    assert js.Request.new("http://y", js.Request.new("http://x", method="PUT")).method == "PUT"


def test_clone():
    async def go():
        request = posted()
        clone = request.clone()
        return await clone.text(), await request.text(), clone.method

    assert run(go()) == ("q", "q", "POST")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("q", "text/plain;charset=UTF-8"),
        (js.URLSearchParams.new("a=1"), "application/x-www-form-urlencoded;charset=UTF-8"),
        (js.Uint8Array.new(1), jsnull),
    ],
)
def test_content_types(body, content_type):
    assert posted(body).headers.get("content-type") == content_type
    assert posted(body, headers=O(**{"Content-Type": "a/b"})).headers.get("content-type") == "a/b"


def test_from_http():
    request = Request.from_http(
        "GET", "http://x/", [("Host", "x"), ("X-A", "1")], None, cf=plain({"colo": "DUS"})
    )
    assert (get(request, "method"), get(request, "redirect"), get(get(request, "cf"), "colo")) == (
        "GET",
        "manual",
        "DUS",
    )
    with pytest.raises(Throw, match="Can't modify immutable headers"):
        request.message_headers.append("a", "b")


def test_a_body_that_is_still_arriving():
    async def pieces():
        for piece in (b"a", b"", b"bc"):
            yield piece

    request = Request.from_http("POST", "http://x/", [], pieces())
    assert isinstance(request.take(), ReadableStream)

    async def go():
        from doris.js import proxy_of

        return await proxy_of(Request.from_http("POST", "http://x/", [], pieces())).text()

    assert run(go()) == "abc"


def test_the_arguments_of_fetch():
    request = Request.coerce(("http://x/",))
    assert Request.coerce((request,)) is Request.coerce((request, None)) is request
    assert Request.coerce((request, plain({"method": "put"}))).method_name == "PUT"
    assert isinstance(request.signal, AbortSignal)
    assert request.signal is request.signal


def test_a_request_without_a_body_can_be_cloned_structurally():
    assert js.structuredClone(js.Request.new("http://x")).url == "http://x/"

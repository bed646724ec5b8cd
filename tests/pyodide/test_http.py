"""``pyodide.http``: the response and ``pyfetch``, over a minimal fetch of our own."""

import asyncio
import io
import zipfile

import pytest

from doris import pyodide, web
from doris.js import NativeFunction, Promise, Realm, error, proxy_of
from doris.pyodide.http import AbortError, BodyUsedError, HttpStatusError


def make(answer=None):
    """The served module and the ``js`` of a realm whose fetch gives this answer (or raises it)."""
    realm = Realm()
    web.install(realm)

    def fetch(this, request=None, options=None):
        return Promise.rejected(answer) if isinstance(answer, Exception) else Promise.resolved(answer(realm))

    realm.define("fetch", NativeFunction("fetch", fetch))
    served = pyodide.modules(realm)
    return served["pyodide.http"], served["js"]


def response(body, **options):
    def answer(realm):
        js = proxy_of(realm.global_object)
        return js.Response.new(body, **options)._js

    return answer


def fetch(answer, use):
    http, js = make(answer)

    async def run():
        return await use(await http.pyfetch("http://x/y"), js)

    return asyncio.run(run())


def test_reading():
    async def use(got, js):
        assert not got.body_used
        copy = got.clone()
        assert got.status == 201
        assert got.status_text == "Made"
        assert got.ok
        assert not got.redirected
        assert got.type == "default"
        assert got.url == ""
        assert got.headers["a"] == "b"
        assert await got.json() == [1]
        return await copy.bytes()

    assert fetch(response("[1]", status=201, statusText="Made", headers=_headers()), use) == b"[1]"


def _headers():
    return proxy_of(__import__("doris.js", fromlist=["plain"]).plain({"a": "b"}))


def test_other_forms():
    async def use(got, js):
        other = got.clone()
        assert (await got.memoryview()).tobytes() == b"abc"
        file = io.BytesIO()
        await other._into_file(file)
        return file.getvalue()

    assert fetch(response("abc"), use) == b"abc"


def test_archives(tmp_path):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.txt", "hello")

    async def use(got, js):
        copy = got.clone()
        await got.unpack_archive(extract_dir=str(tmp_path / "out"), format="zip")
        await copy._create_file(str(tmp_path / "kept.zip"))

    def answer(realm):
        js = proxy_of(realm.global_object)
        return js.Response.new(js.Uint8Array.new(list(archive.getvalue())))._js

    fetch(answer, use)
    assert (tmp_path / "out" / "a.txt").read_text() == "hello"
    assert (tmp_path / "kept.zip").read_bytes() == archive.getvalue()


def test_a_body_is_read_once():
    async def use(got, js):
        await got.string()
        with pytest.raises(BodyUsedError, match="Response body is already used"):
            await got.text()
        with pytest.raises(BodyUsedError):
            got.clone()

    fetch(response("x"), use)


@pytest.mark.parametrize(("status", "kind"), [(404, "Client Error"), (503, "Server Error")])
def test_raise_for_status(status, kind):
    async def use(got, js):
        with pytest.raises(HttpStatusError, match=f"{status} {kind}"):
            got.raise_for_status()

    fetch(response("x", status=status), use)


def test_a_good_status_raises_nothing():
    async def use(got, js):
        return got.raise_for_status()

    assert fetch(response("x"), use) is None


def test_errors_can_be_pickled():
    made, arguments = HttpStatusError(200, "OK", "http://x").__reduce__()
    assert str(made(*arguments)) == "200 Invalid error code not between 400 and 599: OK for url: http://x"


def test_a_failing_fetch():
    async def use(got, js):
        raise AssertionError("there is no answer")

    with pytest.raises(AbortError, match="no network"):
        fetch(error("no network"), use)


def test_signals():
    http, js = make(response("x"))

    async def run():
        controller = js.AbortController.new()
        got = await http.pyfetch("http://x/", signal=controller.signal)
        got.abort("enough")
        with pytest.raises(AbortError):
            await got.text()

    asyncio.run(run())


def test_cancelling_aborts():
    http, _ = make(lambda realm: Promise())

    async def run():
        task = asyncio.ensure_future(http.pyfetch("http://x/"))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())


def test_abort_needs_a_controller():
    http, js = make()
    with pytest.raises(ValueError, match="abort_controller is not set"):
        http.FetchResponse("http://x/", js.Response.new("x")).abort()


def test_the_address_of_the_request():
    http, js = make()
    assert http.FetchResponse("HTTP://X", js.Response.new("x"))._url == "http://x/"
    assert http.FetchResponse(js.Request.new("http://y/"), js.Response.new("x"))._url == "http://y/"
    assert http.FetchResponse("", js.Response.new("x"))._url == ""

"""What a handler may return or do wrong, one route each: asked over HTTP, and the whole answer is
compared.
"""

import logging
import sys

import js
from pyodide.ffi import to_js
from workers import Blob, FormData, Response

ROUTES = {}


def route(function):
    """Make an async function the answer to its own name, with dashes."""
    ROUTES[function.__name__.removesuffix("_").replace("_", "-")] = function
    return function


@route
async def hello(worker, request):
    return Response("hello")


@route
async def echo(worker, request):
    told = {"x-type": request.headers.get("content-type") or "none", "x-method": str(request.method)}
    return Response(await request.text(), headers=told)


@route
async def echo_bytes(worker, request):
    return Response(await request.bytes())


@route
async def seen_headers(worker, request):
    return Response.json([[name, value] for name, value in request.headers.items() if name.startswith("x-")])


@route
async def seen_headers_in_js(worker, request):
    return Response.json(
        [[name, value] for name, value in request.js_object.headers if name.startswith("x-")]
    )


@route
async def seen_url(worker, request):
    return Response(request.url.partition("://")[2].partition("/")[2])


@route
async def reads_json(worker, request):
    return Response.json(await request.json())


@route
async def reads_form(worker, request):
    form = await request.form_data()
    told = []
    for name, value in form.items():
        told.append(
            [name, value if isinstance(value, str) else [value.name, value.content_type, await value.text()]]
        )
    return Response.json(told)


@route
async def reads_twice(worker, request):
    await request.text()
    return Response(await request.text())


@route
async def nothing(worker, request):
    return None


@route
async def number(worker, request):
    return 5


@route
async def string(worker, request):
    return "text"


@route
async def dictionary(worker, request):
    return {"a": 1}


@route
async def list_(worker, request):
    return [Response("x")]


@route
async def generator(worker, request):
    return (x for x in "ab")


@route
async def js_object(worker, request):
    return js.Object.new()


@route
async def js_response(worker, request):
    return js.Response.new("from js")


@route
async def coroutine(worker, request):
    async def later():
        return Response("later")

    return later()


@route
async def raises(worker, request):
    raise RuntimeError("a user's error: é")


@route
async def raises_from(worker, request):
    try:
        {}["missing"]
    except KeyError as error:
        raise LookupError("outer") from error


@route
async def raises_base(worker, request):
    raise BaseException("base")


@route
async def raises_cancelled(worker, request):
    import asyncio

    raise asyncio.CancelledError("cancelled")


@route
async def raises_group(worker, request):
    raise ExceptionGroup("several", [ValueError("a"), TypeError("b")])


@route
async def raises_js(worker, request):
    js.JSON.parse("{")


@route
async def raises_sdk(worker, request):
    Response(object())


@route
async def raises_status(worker, request):
    Response("gone", status=410).raise_for_status()


@route
async def missing_binding(worker, request):
    return Response(worker.env.NOPE)


@route
async def empty(worker, request):
    return Response("")


@route
async def no_body(worker, request):
    return Response(None)


@route
async def status_204(worker, request):
    return Response(None, status=204)


@route
async def status_304(worker, request):
    return Response(None, status=304)


@route
async def status_299(worker, request):
    return Response("x", status=299, status_text="Unheard Of")


@route
async def status_404(worker, request):
    return Response("missing", status=404)


@route
async def status_500(worker, request):
    return Response("broken", status=500)


@route
async def binary(worker, request):
    return Response(b"\x00\xff\x80")


@route
async def binary_typed(worker, request):
    return Response(b"{}", headers={"content-type": "application/json"})


@route
async def as_json(worker, request):
    return Response.json({"é": "☃", "n": None, "f": 1.0, "l": [1.5, True]})


@route
async def html(worker, request):
    return Response("<p>é</p>", headers={"content-type": "text/html"})


@route
async def cookies(worker, request):
    pairs = [("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=2"), ("X-Twice", "1"), ("X-Twice", "2")]
    return Response("c", headers=pairs)


@route
async def latin_header(worker, request):
    return Response("x", headers={"x-latin": "café"})


@route
async def wrong_length(worker, request):
    return Response("abc", headers={"content-length": "99"})


@route
async def short_length(worker, request):
    return Response("abcdef", headers={"content-length": "3"})


@route
async def own_date(worker, request):
    return Response(
        "x", headers={"date": "Thu, 01 Jan 1970 00:00:00 GMT", "server": "mine", "connection": "x-hop"}
    )


@route
async def encoded(worker, request):
    return Response("not really gzip", headers={"x-a": "1", "content-encoding": "identity"})


@route
async def redirect(worker, request):
    return Response.redirect("http://example.com/there", 307)


@route
async def redirect_default(worker, request):
    return Response.redirect("http://example.com/thére?q=ü")


@route
async def form(worker, request):
    data = FormData({"a": "1", "b": ["x", "y"]})
    response = Response(data)
    text = await response.text()
    return Response(text.replace(text.split("\r\n")[0].removeprefix("--"), "BOUNDARY"))


@route
async def blob(worker, request):
    return Response(js.Blob.new(to_js(["abc"]), type="text/x-own"))


@route
async def python_blob(worker, request):
    return Response(Blob("abc", content_type="text/x-own"))


@route
async def search_parameters(worker, request):
    return Response(js.URLSearchParams.new("a=1&b=%20"))


@route
async def stream(worker, request):
    pair = js.TransformStream.new()
    writer = pair.writable.getWriter()

    async def fill():
        for number in range(3):
            await writer.write(to_js(f"chunk {number}\n".encode()))
        await writer.close()

    worker.ctx.waitUntil(fill())
    return Response(pair.readable)


@route
async def identity_stream(worker, request):
    return Response(request.body)


@route
async def fixed_stream(worker, request):
    pair = js.FixedLengthStream.new(6)
    writer = pair.writable.getWriter()

    async def fill():
        await writer.write(to_js(b"abc"))
        await writer.write(to_js(b"def"))
        await writer.close()

    worker.ctx.waitUntil(fill())
    return Response(pair.readable)


@route
async def prints(worker, request):
    print("to stdout é")
    print("to stderr", file=sys.stderr)
    js.console.log("console.log", 1, None, True)
    js.console.warn("console.warn")
    js.console.error("console.error")
    logging.warning("logged")
    logging.info("not logged")
    return Response("printed")

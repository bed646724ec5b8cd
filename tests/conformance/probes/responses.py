# ruff: noqa
"""The SDK's Response: its constructor, attributes and ways to read it."""

import datetime
import http


def shown(response):
    return {
        "status": response.status,
        "text": response.status_text,
        "ok": response.ok,
        "headers": list(response.headers.items()),
        "body": None if response.body is None else type(response.body).__name__,
        "url": response.url,
        "redirected": response.redirected,
        "type": response.type,
        "used": response.body_used,
    }


async def read(response):
    return {
        "status": response.status,
        "type": response.headers.get("content-type"),
        "text": await response.text(),
    }


shown(Response())
shown(Response("text"))
shown(Response(""))
shown(Response(None))
shown(Response(b"bytes"))
shown(Response("x", status=201))
shown(Response("x", 202, "Fine", {"x-a": "1"}))
shown(Response("x", status=http.HTTPStatus.IM_A_TEAPOT))
shown(Response("x", status_text=""))
shown(Response("x", status_text="é"))
Response("x", status_text="a\r\nb")
Response("x", status=0)
Response("x", status=100)
Response("x", status=101)
Response("x", status=199)
Response("x", status=600)
Response("x", status=-1)
Response("x", status=200.7)
Response("x", status="204")
Response("x", status="abc")
Response("x", status=None)
Response("x", status=True)
Response("", status=204)
Response("x", status=205)
Response("x", status=304)
Response("x", status=101)
shown(Response(None, status=205))
shown(Response(None, status=304))
Response(None, status=101)
Response(5)
Response(5.5)
Response(True)
Response([])
Response({})
Response(("a",))
Response(object())
Response(bytearray(b"x"))
Response(memoryview(b"x"))
Response(lambda: 1)
Response(jsnull)
Response(js.undefined)
Response(iter(["a"]))
Response("x", unknown=1)
Response("x", statusText="y")
Response("x", headers=5)
Response("x", headers="a: b")
Response("x", headers=[("a",)])
Response("x", headers=[("a", "b", "c")])
shown(Response("x", headers={}))
shown(Response("x", headers=[]))
shown(Response("x", headers=None))
shown(Response("x", headers={"X-A": "1", "x-a": "2"}))
shown(Response("x", headers=[("X-A", "1"), ("x-a", "2")]))
shown(Response("x", headers={"content-type": "a/b"}))
shown(Response("x", headers={"Content-Type": ""}))
shown(Response(None, headers={"content-type": "a/b"}))
shown(Response(b"x", headers={"content-type": "a/b"}))
Response("x", headers={"a b": "1"})
Response("x", headers={"": "1"})
Response("x", headers={"a": "b\nc"})
Response("x", headers={"a": "☃"})
shown(Response("x", headers={"a": " é "}))
Response("x", headers={"a": 5})
Response("x", headers={"a": None})
Response("x", headers={5: "a"})
shown(Response("x", headers=js.Headers.new(J([["a", "1"]]))))
shown(Response("x", headers=J({"a": "1"})))
shown(Response(js.Response.new("js", O(status=201))))
Response(js.Response.new("js"), status=202)
Response(js.Response.new("js"), headers={"a": "b"})
Response(js.Request.new("http://x"))
shown(Response(js.Response.new("x").body))
Response(js.Object.new())
Response(js.Array.new())
shown(Response(js.Blob.new(to_js(["ab"]), type="text/q")))
shown(Response(js.URLSearchParams.new("a=1")))
shown(Response(js.ArrayBuffer.new(2)))
shown(Response(js.Uint8Array.new(2)))
Response(Blob("x"))
Response(FormData({"a": "b"})).headers.get("content-type").split("boundary=")[0]
await read(Response(js.URLSearchParams.new("a=1&b= +é")))

# json
await read(Response.json({"a": 1}))
await read(Response.json({"é": "☃", "n": None, "t": True, "f": 1.0, "e": 1e100, "l": []}))
await read(Response.json([]))
await read(Response.json("s"))
await read(Response.json(None))
await read(Response.json(5))
await read(Response.json(float("nan")))
await read(Response.json(2**70))
await read(Response.json(("a", 1)))
Response.json({"a": object()})
Response.json({"d": datetime.datetime(2024, 1, 1)})
Response.json({"b": b"x"})
Response.json({"s": {1}})
Response.json({"n": jsnull})
Response.json({(1, 2): 3})
await read(Response.json({1: 2, None: 3, True: 4}))
await read(Response.json({}, status=201, headers={"x-a": "1"}))
await read(Response.json({}, headers={"Content-Type": "x/y"}))
await read(Response.json({}, headers=[("content-type", "x/z")]))
Response.json({}, status=204)
Response.json({}, status=999)
await read(Response.json(J({"a": [1, None, 1.5]})))
await read(Response.json(J([1])))
await read(Response.from_json({"a": "é"}))
Response.json()

# redirect
[Response.redirect("http://x/y").status, Response.redirect("http://x/y").headers.get("location")]
[
    Response.redirect("http://x/é ü").headers.get("location"),
    Response.redirect("HTTP://X").headers.get("location"),
]
[Response.redirect("http://x", status).status for status in (301, 302, 303, 307, 308)]
Response.redirect("http://x", 200)
Response.redirect("http://x", 304)
Response.redirect("http://x", 300)
Response.redirect("/relative")
Response.redirect("")
Response.redirect("http://")
Response.redirect(5)
Response.redirect(None)
Response.redirect()
type(Response.redirect("http://x")).__name__

# reading
await Response("é☃").text()
await Response("é☃").bytes()
await Response("é☃").buffer()
await Response("é☃").array_buffer()
await Response("é").memoryview()
await Response(b"\xff\xfe").text()
await Response(b"\xef\xbb\xbfbom").text()
await Response(b"\xef\xbb\xbf{}").json()
await Response('{"a": [1, 1.0, 1.5, null, true, "x"]}').json()
await Response("[]").json()
await Response("5").json()
await Response("null").json()
await Response("").json()
await Response("{").json()
await Response("nonsense").json()
await Response('{"a": 1} x').json()
await Response("NaN").json()
await Response('{"big": 9007199254740993, "f": 1e400}').json()
await Response(None).text()
await Response(None).json()
await Response(None).bytes()
await (await Response("blob", headers={"content-type": "a/b"}).blob()).text()
await Response("x").form_data()

await Response("x", status=404).text()
await Response("{}", status=404).json()
Response("x", status=404).raise_for_status()
Response("x", status=500, status_text="Own").raise_for_status()
Response("x", status=302, headers={"location": "/a"}).raise_for_status()
Response("x").raise_for_status()

response = Response("once")
await response.text()
response.body_used
await response.text()
await response.json()
await response.bytes()
response.clone()
response.body
shown(response)
response = Response("twice")
copy = response.clone()
[type(copy).__name__, await response.text(), await copy.text(), copy.status]
response = Response("x", status=201, headers={"a": "b"})
changed = response.replace_body("y")
[changed.status, changed.headers.get("a"), await changed.text()]
repr(Response("x"))
repr(Response(None, status=404))
str(Response("x"))
Response("x") == Response("x")
bool(Response("x", status=404))
Response("x").absent
Response("x").js_object
kind(Response("x").js_object)
type(Response("x").headers).__name__
Response("x").headers["content-type"]
Response("x").headers["absent"]
Response("x").headers.get("absent")
Response("x").headers.get("absent", 5)
"Content-Type" in Response("x").headers
len(Response("x").headers)
list(Response("x").headers)
type(Response("x").body).__name__
js.Response.new("x", O(status=204))
js.Response.new(None, O(status=204)).status
js.Response.new().status
js.Response.new("x", O(status=199))
js.Response.new("x", None).status
js.Response.new("x", jsnull).status
js.Response.new("x", 5)
js.Response.new("x", {"status": 201}).status
js.Response.new("x", status=201).status
js.Response.new("x", O(headers=O(a="1"))).headers.get("a")
js.Response.new("x", O(headers=J([["a", "1"], ["a", "2"]]))).headers.get("a")
js.Response.new("x", O(status=201, statusText="T")).statusText
js.Response.new("x").statusText
js.Response.json(J({"a": 1})).headers.get("content-type")
await js.Response.json(J({"a": 1})).text()
js.Response.json(js.undefined)
js.Response.error()
js.Response.redirect("http://x").status
js.Response("x")
js.Response.new(js.Response.new("x"))
await js.Response.new(5).text()
await js.Response.new(True).text()
await js.Response.new(1.5).text()
await js.Response.new(js.Object.new()).text()
await js.Response.new(J([1, 2])).text()
await js.Response.new("x").arrayBuffer()
await js.Response.new("é").bytes()
await js.Response.new('{"a":1}').json()
js.Response.new("x").bodyUsed
js.Response.new("x").webSocket
js.Response.new("x").type
js.Response.new("x").url
js.Response.new("x").cf
dir(js.Response.new("x")) and "listed"
hasattr(js.Response.new("x"), "text")

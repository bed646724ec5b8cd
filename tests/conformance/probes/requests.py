# ruff: noqa
"""The SDK's Request and JavaScript's."""

import http


def shown(request):
    return {
        "method": request.method,
        "url": request.url,
        "headers": list(request.headers.items()),
        "body": None if request.body is None else describe(request.body),
        "used": request.body_used,
    }


shown(Request("http://x"))
shown(Request("http://x/a b?q=é#frag"))
shown(Request("http://user:pw@x/"))
shown(Request("http://x", method="POST"))
shown(Request("http://x", method="post"))
shown(Request("http://x", method="patch"))
shown(Request("http://x", method="purge"))
shown(Request("http://x", method=http.HTTPMethod.PUT))
Request("http://x", method="CONNECT")
Request("http://x", method="TRACE")
Request("http://x", method="BAD METHOD")
Request("http://x", method="")
Request("http://x", method=5)
shown(Request("http://x", headers={"A": "1"}))
shown(Request("http://x", headers=[("A", "1"), ("a", "2")]))
shown(Request("http://x", method="POST", body="text"))
shown(Request("http://x", method="POST", body=b"bytes"))
Request("http://x", method="POST", body=5)
Request("http://x", method="POST", body={"a": 1})
Request("http://x", method="POST", body=object())
Request("http://x", body="x")
Request("http://x", method="HEAD", body="x")
Request("relative")
Request("/path")
Request("")
Request("http://")
Request(5)
Request(None)
Request()
Request("http://x", unknown=1)
Request("http://x", redirect="manual").redirect
Request("http://x", redirect="nonsense")
Request("http://x", redirect="error")
request_one = Request("http://x/one", method="POST", body="once", headers={"content-type": "a/b"})
await request_one.text()
request_one.body_used
await request_one.text()
await request_one.json()
request_one.clone()
two = Request("http://x/two", method="POST", body="twice")
[await two.clone().text(), await two.text()]
await Request("http://x", method="POST", body='{"a": [1, 1.0, null]}').json()
await Request("http://x", method="POST", body="{").json()
await Request("http://x", method="POST", body="").json()
await Request("http://x").text()
await Request("http://x").json()
await Request("http://x").bytes()
await Request("http://x", method="POST", body=b"\xff").text()
await Request("http://x", method="POST", body=b"\xff\x00").bytes()
await Request("http://x", method="POST", body="é").buffer()
await (await Request("http://x", method="POST", body="b", headers={"content-type": "t/t"}).blob()).text()
await Request("http://x", method="POST", body="x").form_data()
repr(Request("http://x"))
str(Request("http://x"))
[
    type(Request("http://x").method).__name__,
    Request("http://x").method == "GET",
    f"{Request('http://x').method}",
]
Request("http://x", method="PURGE").method
shown(Request(Request("http://x/copied", method="POST", body="z", headers={"a": "b"})))
shown(Request(js.Request.new("http://x/js", method="PUT")))
Request(js.Request.new("http://x/js"), method="POST")
Request("http://x").js_object
Request("http://x").absent
Request("http://x").cf
Request("http://x").signal
Request("http://x").integrity
Request("http://x").keepalive
Request("http://x").fetcher
Request("http://x").referrer
Request("http://x").cache

# the request being handled
[type(request).__name__, type(request).__module__]
request.method
request.url.partition("://")[2].partition("/")[2]
type(request.url).__name__
request.body_used
await request.text()
request.headers.get("host") is not None
sorted(
    name for name, _ in request.headers.items() if name in ("content-length", "accept-encoding", "user-agent")
)
type(request.headers).__name__
request.headers["absent"]
"HOST" in request.headers

# JavaScript's
js.Request.new("http://x/a").url
js.Request.new("http://x/a#frag").url
js.Request.new("http://x", O(method="post")).method
js.Request.new("http://x", O(method="post", body="b")).headers.get("content-type")
js.Request.new("http://x", method="DELETE").method
js.Request.new("http://x", {"method": "DELETE"}).method
js.Request.new("http://x", O(headers=O(a="1"))).headers.get("A")
js.Request.new("http://x", O(method="GET", body="x"))
js.Request.new("nope")
js.Request.new()
js.Request("http://x")
js.Request.new(js.URL.new("http://x/from-url")).url
js.Request.new(js.Request.new("http://x/again", O(method="PUT", headers=O(a="1")))).headers.get("a")
js.Request.new(js.Request.new("http://x/again"), O(method="DELETE")).method
js.Request.new("http://x").body
js.Request.new("http://x", O(method="POST", body="x")).body
js.Request.new("http://x").redirect
js.Request.new("http://x").cf
js.Request.new("http://x", O(cf=O(a=1))).cf
js.Request.new("http://x").signal
await js.Request.new("http://x", O(method="POST", body="x")).text()
used = js.Request.new("http://x", O(method="POST", body="x"))
await used.text()
await used.text()
used.clone()
js.Request.new(used)
js.Request.new("http://x", O(method="POST", body=js.Response.new("s").body)).body
await js.Request.new("http://x", O(method="POST", body=js.URLSearchParams.new("a=1"))).text()
js.Request.new("http://x", O(method="POST", body=js.URLSearchParams.new("a=1"))).headers.get("content-type")

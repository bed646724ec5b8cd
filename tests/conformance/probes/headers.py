# ruff: noqa
"""Headers, JavaScript's and what the SDK makes of them."""


def pairs(headers):
    return [[item[0], item[1]] for item in headers]


def headers_of(*items):
    made = js.Headers.new()
    for name, value in items:
        made.append(name, value)
    return made


pairs(js.Headers.new())
pairs(js.Headers.new(J({"B": "2", "a": "1"})))
pairs(js.Headers.new(J([["b", "2"], ["A", "1"], ["a", "3"]])))
pairs(js.Headers.new(O(a="1")))
pairs(js.Headers.new([["a", "1"]]))
pairs(js.Headers.new(js.Headers.new(J({"a": "1"}))))
pairs(js.Headers.new(js.Map.new(J([["a", "1"]]))))
pairs(js.Headers.new(js.URLSearchParams.new("a=1")))
pairs(js.Headers.new(jsnull))
pairs(js.Headers.new(js.undefined))
js.Headers.new(5)
js.Headers.new("a: b")
js.Headers.new(J(["a"]))
js.Headers.new(J([["a"]]))
js.Headers.new(J([["a", "b", "c"]]))
pairs(js.Headers.new(J({"a": 5, "b": None, "c": True, "d": [1, 2]})))
js.Headers()

h = headers_of(("X-One", "1"), ("x-two", "a"), ("X-TWO", "b"))
pairs(h)
h.get("x-one")
h.get("X-Two")
h.get("absent")
h.has("X-ONE")
h.has("absent")
h["x-one"]
h["absent"]
"x-one" in h
"X-ONE" in h
"absent" in h
list(h.keys())
list(h.values())
pairs(h.entries())
h.set("x-two", "c")
pairs(h)
h.append("x-two", "d")
h.get("x-two")
h.delete("X-One")
h.delete("absent")
pairs(h)
h.x
h.append
len(h)
bool(h)
kind(h)
str(h)
list(h)
callable(h)
dict(h)
h.get()
h.get(5)
h.set("a")
h.append()
h.set("a b", "1")
h.set("", "1")
h.set("é", "1")
h.set("a\n", "1")
h.set("a:b", "1")
h.set("a", "b\nc")
h.set("a", "b\rc")
h.set("a", "b\0c")
h.set("a", "☃")
h.set("a", "é")
h.get("a")
h.set("a", "  padded\t ")
h.get("a")
h.set("a", "in  side")
h.get("a")
h.set("a", "")
h.get("a")
h.set("a", 5)
h.get("a")
h.set("a", None)
h.get("a")
h.set("a", True)
h.get("a")
h.set("a", "\x7f\x01")
h.has("")
h.has("a b")
h.get("a b")
h.delete("a b")
headers_of(("Set-Cookie", "a=1"), ("set-cookie", "b=2")).get("set-cookie")
list(headers_of(("Set-Cookie", "a=1"), ("set-cookie", "b=2")).getSetCookie())
pairs(headers_of(("Set-Cookie", "a=1"), ("set-cookie", "b=2"), ("a", "1"), ("z", "2")))
list(headers_of(("a", "1")).getSetCookie())
list(headers_of(("Set-Cookie", "a=1"), ("set-cookie", "b=2")).getAll("set-cookie"))
headers_of(("a", "1")).getAll("a")
cookies = headers_of(("Set-Cookie", "a=1"), ("set-cookie", "b=2"))
cookies.set("set-cookie", "c=3")
list(cookies.getSetCookie())
headers_of(("cookie", "a=1"), ("cookie", "b=2")).get("cookie")
seen = []
headers_of(("b", "2"), ("a", "1")).forEach(
    create_proxy(lambda value, name, headers: seen.append([name, value, kind(headers)]))
)
seen
js.Object.fromEntries(headers_of(("b", "2"), ("a", "1"))).to_py()
js.Array.new(*headers_of(("b", "2"))).length
headers_of(("a", "1")).to_py()
js.JSON.stringify(headers_of(("a", "1")))

# the SDK's mapping
mine = Response("x", headers=[("B", "2"), ("a", "1"), ("Set-Cookie", "x=1"), ("Set-Cookie", "y=2")]).headers
type(mine).__name__
list(mine)
list(mine.keys())
list(mine.items())
list(mine.values())
mine.get("b")
mine["B"]
mine["absent"]
mine.get("absent")
mine.get("absent", "given")
mine.get_all("set-cookie")
mine.get_all("absent")
mine.get_all("absent", [])
len(mine)
"b" in mine
"absent" in mine
mine["c"] = "3"
mine.get("c")
mine.add_header("d", "4")
del mine["absent"]
mine.getSetCookie()
str(mine)

# the guard of a handled request's headers
request.js_object.headers.set("x-new", "1")
request.js_object.headers.delete("host")
request.js_object.headers.append("x-new", "1")
js.Response.redirect("http://x").headers.set("a", "1")
js.Response.new("x").headers.set("a", "1")
names = ["".join(chance.choice("abcXYZ-09") for _ in range(4)) for _ in range(8)]
pairs(headers_of(*((name, str(number)) for number, name in enumerate(names))))

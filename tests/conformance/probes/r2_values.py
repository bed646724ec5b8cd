# ruff: noqa
"""R2: put, get, head and delete; what they take and return."""

import datetime

r2 = env.OTHER_R2
raw = r2._binding
await r2.delete([item.key for item in (await r2.list()).objects])


async def stored(value, **options):
    await r2.put("value", value, **options)
    return await (await r2.get("value")).text()


def seen(item):
    """An object of R2 without what differs each time."""
    if item is None or item is jsnull:
        return item
    plain = getattr(item, "_binding", item)
    told = [kind(plain), type(item).__name__, item.key, item.size, item.etag, item.httpEtag, item.storageClass]
    return [*told, item.range, item.httpMetadata, item.customMetadata, item.ssecKeyMd5, hasattr(plain, "text")]


kind(raw)
str(raw)
sorted(js.Object.getOwnPropertyNames(js.Object.getPrototypeOf(raw)).to_py())
js.Object.keys(raw).to_py()
type(r2).__name__
js.JSON.stringify(raw)
repr(r2.put)[:20]
[hasattr(js, name) for name in ("R2Bucket", "R2Object", "R2ObjectBody", "R2MultipartUpload", "HeadResult", "GetResult")]

# put
first = await r2.put("a", "hello")
seen(first)
[len(first.version), type(first.version).__name__]
type(first.uploaded).__name__
abs(first.uploaded.timestamp() - datetime.datetime.now().timestamp()) < 86400
js.Object.keys(first._binding).to_py()
js.Object.getOwnPropertyNames(first._binding).to_py()
sorted(js.Object.getOwnPropertyNames(js.Object.getPrototypeOf(first._binding)).to_py())
first._binding.toString()
len(json.loads(js.JSON.stringify(first._binding)))
sorted(json.loads(js.JSON.stringify(first._binding)))
json.loads(js.JSON.stringify(first._binding))["checksums"]
first._binding.uploaded.constructor.name
first._binding.httpMetadata
first._binding.customMetadata
first._binding.range
first._binding.ssecKeyMd5
first._binding.checksums
[first._binding.checksums is first._binding.checksums, first._binding.uploaded == first._binding.uploaded]
first._binding.httpMetadata == first._binding.httpMetadata
first["key"]
first["nothing"]
first.nothing
first.key = "b"
first._binding.key = "b"
first.key
await stored("again")
await stored("")
await stored("é☃😀")
await stored(b"bytes")
await stored(b"")
await stored(None)
await stored(jsnull)
await stored(5)
await stored(1.5)
await stored(True)
await stored([1, 2])
await stored({"a": 1})
await stored((1, 2))
await stored(bytearray(b"x"))
await stored(memoryview(b"xyz"))
await stored(O(a=1))
await stored(J([1]))
await stored(to_js(b"typed"))
await stored(js.Uint8Array.new(J([104, 105])).buffer)
await stored(js.DataView.new(js.Uint8Array.new(J([104, 105, 106])).buffer, 1))
await stored(js.Uint16Array.new(J([26984])))
await stored(js.Blob.new(J(["blo", "b"])))
await stored(js.File.new(J(["file"]), "n.txt"))
await stored(js.Response.new("body").body)
await stored(js.Response.new(None).body)
await stored(js.URLSearchParams.new("a=b"))
await stored(js.FormData.new())
await stored(js.Date.new(0))
await stored(js.Symbol.iterator)
await stored(datetime.datetime(2024, 1, 1))
await stored(js.undefined) if hasattr(js, "undefined") else "no undefined"
await stored(lambda: 1)
await raw.put("value")
await raw.put("value", js.JSON.parse("5"))
await raw.put()
await r2.put()
await r2.put("only")
await r2.put("x" * 1024, "long") and "1024 bytes"
await r2.put("x" * 1025, "long")
await r2.put("é" * 512, "long") and "1024 bytes"
await r2.put("é" * 513, "long")
await r2.put(5, "number") and (await r2.head("5")).key
await r2.put(None, "none") and "none"
[item.key for item in (await r2.list(prefix="n")).objects] + [item.key for item in (await r2.list(prefix="u")).objects]
await r2.put(True, "bool") and (await (await r2.get("true")).text())
await r2.put("../up", "dots") and (await (await r2.get("../up")).text())
await r2.put("a\x00b", "nul") and (await (await r2.get("a\x00b")).text())
await r2.put("sp ace/é☃😀", "text") and (await (await r2.get("sp ace/é☃😀")).text())
await r2.put("\ud800", "lone") and "stored"
await r2.put("Case", "upper") and (await r2.head("case"))

# get
body = await r2.get("a")
seen(body)
js.Object.keys(body._binding).to_py()
sorted(js.Object.getOwnPropertyNames(js.Object.getPrototypeOf(body._binding)).to_py())
[kind(body.body), body.bodyUsed, type(body.body).__name__]
body._binding.body == body._binding.body
await body.text()
[body.bodyUsed, body._binding.body.locked]
await body.text()
await body.json()
await body.arrayBuffer()
await body.bytes()
await body.blob()
body.body
await (await r2.get("a")).arrayBuffer()
await (await raw.get("a")).arrayBuffer()
await (await r2.get("a")).bytes()
await (await raw.get("a")).bytes()
blob = await (await raw.get("a")).blob()
[kind(blob), blob.size, blob.type]
type(await (await r2.get("a")).blob()).__name__
await (await r2.get("a")).json()
await r2.put("json", '{"a": [1, 1.0, null, true], "b": {"c": "é"}}') and await (await r2.get("json")).json()
await (await raw.get("json")).json()
await r2.put("bad", b"\xff\xfea\xc3") and await (await r2.get("bad")).text()
await r2.put("bom", b"\xef\xbb\xbfx") and await (await r2.get("bom")).text()
await r2.put("bomjson", b"\xef\xbb\xbf5") and await (await r2.get("bomjson")).json()
await r2.put("typed", "x", httpMetadata={"contentType": "Text/Plain; charset=utf-8"}) and (await (await raw.get("typed")).blob()).type
await r2.get("absent")
await raw.get("absent")
await r2.head("absent")
await raw.head("absent")
await r2.get()
await r2.head()
await r2.get("x" * 1025)
await r2.head("x" * 1025)
await r2.get("")
await r2.head("")
await r2.get(None)
await r2.get("a", None) and "found"
await r2.get("a", {}) and "found"
await r2.get("a", unknown=1) and "found"
await r2.get("a", 5)
await r2.get("a", "text")
await r2.get("a", [])
seen(await r2.head("a"))
js.Object.keys((await raw.head("a"))).to_py()
(await r2.head("a")).body
(await r2.head("a")).text
copied = js.Object.assign(js.Object.new(), await raw.get("a"))
sorted(js.Object.keys(copied).to_py())
js.structuredClone(await raw.head("a"))
again = await r2.get("a")
await js.Response.new(again.body).text()
[again.bodyUsed, await answer(again.text)]
response = Response((await r2.get("a")).body)
[await response.text(), response.status]
reader = (await raw.get("a")).body.getReader()
(await reader.read()).value
(await reader.read()).done

# delete
await r2.delete("a")
await raw.delete("a")
await r2.head("a")
await r2.put("1", "x") and await r2.put("2", "y") and await r2.delete(["1", "2", "absent"])
[await r2.head("1"), await r2.head("2")]
await r2.delete([])
await r2.delete()
await r2.delete(None)
await r2.delete(5)
await r2.delete("x" * 1025)
await r2.delete(["ok", "x" * 1025])
await r2.delete("")
await r2.delete(("1", "2"))
await r2.delete([1, 2])
await r2.delete({"a": 1})
await raw.delete(to_js(["1", "2"]))
await raw.delete(js.Set.new(to_js(["1"])))
await r2.delete([f"k{number}" for number in range(1000)])
await r2.put("both", "1") and await r2.put("both", "22") and seen(await r2.head("both"))
older = await r2.get("both")
await r2.put("both", "333") and await older.text()
await r2.put("both", "1") and (await r2.put("both", "1")).version != (await r2.put("both", "1")).version
(await r2.head("both")).version == (await r2.get("both")).version
await asyncio.gather(*(r2.put(f"many/{number}", str(number)) for number in range(10))) and len((await r2.list(prefix="many/")).objects)
r2.nothing
await r2.nothing()
data = bytes(chance.randrange(256) for _ in range(5000))
await r2.put("chance", data) and (await (await r2.get("chance")).bytes()) == data
(await r2.head("chance")).etag

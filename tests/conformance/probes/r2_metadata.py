# ruff: noqa
"""R2: HTTP metadata, custom metadata, checksums, storage class, customers' keys."""

import datetime
import hashlib

r2 = env.OTHER_R2
await r2.delete([item.key for item in (await r2.list()).objects])
FULL = {
    "contentType": "text/html",
    "contentLanguage": "de",
    "contentDisposition": "inline",
    "contentEncoding": "gzip",
    "cacheControl": "max-age=5",
}


async def http(value, **options):
    item = await r2.put("h", "x", httpMetadata=value, **options)
    return [item._binding.httpMetadata, (await r2.head("h")).httpMetadata]


async def custom(value, **options):
    item = await r2.put("c", "x", customMetadata=value, **options)
    return [item._binding.customMetadata, (await r2.head("c")).customMetadata]


def headers(**fields):
    return js.Headers.new(J([[name.replace("_", "-"), value] for name, value in fields.items()]))


async def written(value, into=None):
    await r2.put("w", "x", httpMetadata=value)
    target = js.Headers.new(O(**{"content-type": "old", "x": "y"})) if into is None else into
    item = await r2.get("w")
    result = item.writeHttpMetadata(target)
    return [result, [[pair[0], pair[1]] for pair in target]]


await http(None)
await http({})
await http(FULL)
await http({**FULL, "cacheExpiry": js.Date.new(1_700_000_000_123)})
await http({"cacheExpiry": datetime.datetime(2024, 1, 1)})
await http({"cacheExpiry": 5})
await http({"cacheExpiry": js.Date.new(float("nan"))})
await http({"cacheExpiry": "2024-01-01"})
(await answer(lambda: http({"cacheExpiry": js.Date.new(-1000)})))["text"][:34]
await http({"cacheExpiry": 1e15})
await http({"cacheExpiry": -1e15})
await http({"contentType": 5})
await http({"contentType": None})
await http({"contentType": ""})
await http({"contentType": "é☃"})
await http({"unknown": "x"})
await http(5)
await http("text/html")
await http([])
await http(headers(content_type="text/css", cache_control="no-store", x="y"))
await http(headers(content_type="a/b", content_language="fr", content_disposition="attachment", content_encoding="br", expires="Tue, 14 Nov 2023 22:13:20 GMT"))
await http(headers(expires="nonsense"))
await http(headers())
await http(Request("http://x/", headers={"content-type": "a/b"}).headers)
await http(js.Map.new())
(await r2.head("h"))._binding.httpMetadata.cacheExpiry

await custom(None)
await custom({})
await custom({"a": "b", "B": "é☃😀"})
await custom({"n": 5, "t": True, "f": 1.5, "z": None})
await custom({"o": {"a": 1}})
await custom({"l": [1, 2]})
await custom({"": "empty"})
await custom({"e": ""})
await custom({"z": "1", "a": "2", "1": "3"})
await custom(O(a="b"))
await custom(5)
await custom("text")
await custom([["a", "b"]])
await custom(js.Map.new(J([["a", "b"]])))
await custom({"k": "v" * 8191}) and "8192"
await custom({"k": "v" * 8192})
await custom({"k": "é" * 8191}) and "8192"
await custom({"k": "é" * 8192})
await custom({"k": "☃" * 4095}) and "8191"
await custom({"k": "☃" * 4096})
await custom({"☃": "v"}) and "3"
await custom({f"key{number}": "v" * 100 for number in range(80)})
(await r2.head("c")).customMetadata
await http(FULL, customMetadata={"a": "b"})
(await r2.head("h")).customMetadata
await r2.put("h", "y") and (await r2.head("h")).customMetadata
(await r2.head("h")).httpMetadata

await written(None)
await written(FULL)
await written({**FULL, "cacheExpiry": js.Date.new(1_700_000_000_123)})
await written({"contentType": "a/b"}, js.Headers.new())
await written({"contentType": "é"}, js.Headers.new())
await written({"contentType": "☃"}, js.Headers.new())
await written({"contentType": "a\nb"}, js.Headers.new())
(await r2.head("w")).writeHttpMetadata(js.Headers.new())
(await r2.head("w")).writeHttpMetadata()
(await r2.head("w")).writeHttpMetadata({})
(await r2.head("w")).writeHttpMetadata(js.Map.new())
(await r2.head("w")).writeHttpMetadata(js.Request.new("http://x").headers)
(await r2.head("w")).writeHttpMetadata(Response("x").headers)
(await r2.list(prefix="w")).objects[0].writeHttpMetadata(js.Headers.new())

# checksums
BODY = b"checked"


async def checked(**options):
    item = await r2.put("s", BODY, **options)
    sums = item._binding.checksums
    return [js.JSON.parse(js.JSON.stringify(sums)), js.JSON.stringify((await r2.head("s"))._binding.checksums)]


def digest(name):
    return hashlib.new(name, BODY)


await checked()
await checked(md5=digest("md5").hexdigest())
await checked(md5=digest("md5").digest())
await checked(md5=digest("md5").hexdigest().upper())
await checked(md5=to_js(digest("md5").digest()))
await checked(md5=to_js(digest("md5").digest()).buffer)
await checked(sha1=digest("sha1").hexdigest())
await checked(sha1=digest("sha1").digest())
await checked(sha256=digest("sha256").hexdigest())
await checked(sha256=digest("sha256").digest())
await checked(sha384=digest("sha384").hexdigest())
await checked(sha384=digest("sha384").digest())
await checked(sha512=digest("sha512").hexdigest())
await checked(sha512=digest("sha512").digest())
await checked(md5="0" * 32)
await checked(md5=b"\0" * 16)
await checked(sha1="0" * 40)
await checked(sha256="0" * 64)
await checked(sha384="0" * 96)
await checked(sha512="0" * 128)
await checked(md5="")
await checked(md5="short")
await checked(md5=b"short")
await checked(md5="z" * 32)
await checked(md5=5)
await checked(md5=None)
await checked(md5=[1])
await checked(sha1="short")
await checked(sha1="z" * 40)
await checked(sha1=b"short")
await checked(sha256="short")
await checked(sha256="z" * 64)
await checked(sha256=b"short")
await checked(sha384="short")
await checked(sha384="z" * 96)
await checked(sha384=b"short")
await checked(sha512="short")
await checked(sha512="z" * 128)
await checked(sha512=b"short")
await checked(md5=digest("md5").hexdigest(), sha1=digest("sha1").hexdigest())
await checked(md5="short", sha1="short")
await (await r2.get("s")).text()
sums = (await r2.put("s", BODY, sha256=digest("sha256").hexdigest()))._binding.checksums
kind(sums)
js.Object.keys(sums).to_py()
sorted(js.Object.getOwnPropertyNames(js.Object.getPrototypeOf(sums)).to_py())
sums.md5
sums.sha256
sums.sha1
sums.toJSON()
[sums.md5 is sums.md5, sums.md5 == sums.md5]
wrapped = (await r2.head("s")).checksums
type(wrapped).__name__
wrapped.md5
wrapped.sha256
wrapped.sha512
wrapped.toJSON()
upload = await r2.createMultipartUpload("m")
done = await upload.complete([await upload.uploadPart(1, BODY)])
[done.etag, js.JSON.stringify(done._binding.checksums)]

# storage class
(await r2.put("k", "x", storageClass="Standard")).storageClass
(await r2.put("k", "x", storageClass="InfrequentAccess")).storageClass
(await r2.head("k")).storageClass
(await r2.put("k", "x", storageClass=None)).storageClass

# customers' keys
KEY = "0123456789abcdef" * 4
(await r2.put("e", "secret", ssecKey=KEY)).ssecKeyMd5
(await r2.put("e", "secret", ssecKey=bytes.fromhex(KEY))).ssecKeyMd5
await r2.put("e", "secret", ssecKey="short")
await r2.put("e", "secret", ssecKey="abc")
await r2.put("e", "secret", ssecKey=KEY.upper())
await r2.put("e", "secret", ssecKey=b"short")
await r2.put("e", "secret", ssecKey="")
await r2.put("e", "secret", ssecKey=5)
await r2.put("e", "secret", ssecKey=None) and "none"
await r2.get("e", ssecKey="short")
await r2.get("e", ssecKey=KEY) and "read"
await r2.get("e", ssecKey=b"x")
await r2.createMultipartUpload("e", ssecKey="zz")
await r2.createMultipartUpload("e", ssecKey=KEY) and "made"

# the options themselves
await r2.put("o", "x", None) and "stored"
await r2.put("o", "x", {}) and "stored"
await r2.put("o", "x", 5)
await r2.put("o", "x", "text")
await r2.put("o", "x", []) and "stored"
await r2.put("o", "x", unknown=1) and "stored"
await r2.put("o", "x", {"customMetadata": {"a": "b"}}, httpMetadata={"contentType": "a/b"})
await r2.put("o", "x", O(customMetadata=O(a="b"))) and (await r2.head("o")).customMetadata
await r2.put("o", "x", onlyIf={"etagMatches": 5}, md5="short")
await r2.put("o", "x", customMetadata=5, onlyIf=5, httpMetadata=5, md5=5)
await r2.put("o", "x", ssecKey="x", onlyIf={"etagMatches": '"'}, md5="x")
await r2.put("o", "x", ssecKey="x", md5="x")
await r2.put("o", 5, ssecKey="x", md5="x")
await r2.put("o", "x", customMetadata=[])
await r2.put("o", "x", customMetadata=js.Date.new(0)) and "stored"
await r2.put("o", "x", md5=js.Float64Array.new(2))
await r2.put("o", "x", customMetadata={"\ud800": "\udfff"}) and (await r2.head("o")).customMetadata
(await r2.put("\ud800", "x")).key
await r2.put("o", "\ud800x") and await (await r2.get("o")).bytes()
await r2.put("x" * 1025, "y", customMetadata={"k": "v" * 9000}, md5="0" * 32)
await r2.put("o", "y", customMetadata={"k": "v" * 9000}, md5="0" * 32)
await r2.put("o", "x", storageClass=5) and "stored"

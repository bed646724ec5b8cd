# ruff: noqa
"""R2: multipart uploads."""

r2 = env.OTHER_R2
await r2.delete([item.key for item in (await r2.list()).objects])
BIG = "x" * 5242880


def pairs(*parts):
    return [{"partNumber": number, "etag": etag} for number, etag in parts]


def told(item):
    return [kind(item._binding), item.key, item.size, item.etag, item.httpMetadata, item.customMetadata, item.range]


upload = await r2.createMultipartUpload("mp", customMetadata={"a": "b"}, httpMetadata={"contentType": "text/z"})
[type(upload).__name__, kind(upload._binding), upload.key, type(upload.uploadId).__name__, len(upload.uploadId)]
js.Object.keys(upload._binding).to_py()
sorted(js.Object.getOwnPropertyNames(js.Object.getPrototypeOf(upload._binding)).to_py())
await r2.head("mp")
(await r2.list()).objects
one = await upload.uploadPart(1, BIG)
[type(one).__name__, one.partNumber, len(one.etag), sorted(one)]
two = await upload.uploadPart(2, "tail")
await upload.complete(pairs((1, "bad"), (2, two.etag)))
await upload.complete(pairs((1, one.etag), (3, two.etag)))
await upload.complete(pairs((1, one.etag), (1, one.etag)))
await upload.complete(pairs((0, one.etag)))
await upload.complete(pairs((10001, one.etag)))
await upload.complete([{"partNumber": 1}])
await upload.complete([{"etag": one.etag}])
await upload.complete([{}])
await upload.complete([1])
await upload.complete([None])
await upload.complete([{"partNumber": 2**40, "etag": "x"}])
await upload.complete([{"partNumber": 1, "etag": 5}, 5])
await upload.complete(None)
await upload.complete()
await upload.complete("x")
await upload.complete({"partNumber": 1, "etag": one.etag})
await upload.complete([{"partNumber": "x", "etag": one.etag}])
await upload.complete([{"partNumber": 1.5, "etag": "x"}])
await upload.uploadPart(0, "x")
await upload.uploadPart(-1, "x")
await upload.uploadPart(10001, "x")
await upload.uploadPart(1.5, b"frac") and "cut off"
await upload.uploadPart("x", "x")
await upload.uploadPart("5", "x") and "number"
await upload.uploadPart(2**40, "x")
await upload.uploadPart(None, "x")
await upload.uploadPart()
await upload.uploadPart(3)
await upload.uploadPart(3, None)
await upload.uploadPart(3, jsnull)
await upload.uploadPart(3, 5)
await upload.uploadPart(3, [1])
await upload.uploadPart(3, O(a=1))
await upload.uploadPart(10000, "") and "empty"
(await upload.uploadPart(6, b"bytes")).partNumber
(await upload.uploadPart(6, js.Blob.new(J(["blob"])))).partNumber
(await upload.uploadPart(6, js.Response.new("stream").body)).partNumber
await upload.uploadPart(6, "x", {"ssecKey": "bad"})
await upload.uploadPart(6, "x", ssecKey="0" * 64) and "with a key"
await upload.uploadPart(6, "x", 5)
one = await upload.uploadPart(1, BIG)
told(await upload.complete([one, two]))
await upload.complete([one, two])
await upload.uploadPart(3, "x")
await upload.abort()
found = await r2.get("mp")
[found.size, found.range, found.httpMetadata, found.customMetadata, (await found.text())[-5:]]
told(await r2.head("mp"))
[item.etag for item in (await r2.list()).objects]

# sizes
small = await r2.createMultipartUpload("small")
parts = [await small.uploadPart(1, "small"), await small.uploadPart(2, "small2")]
await small.complete(parts)
await small.complete([parts[0]]) and (await (await r2.get("small")).text())
small = await r2.createMultipartUpload("small")
await small.complete([await small.uploadPart(1, BIG[:-1]), await small.uploadPart(2, "x")])
uneven = await r2.createMultipartUpload("uneven")
parts = [await uneven.uploadPart(1, BIG), await uneven.uploadPart(2, BIG + "x"), await uneven.uploadPart(3, "x")]
await uneven.complete(parts)
await uneven.complete(parts[:2])
await uneven.complete([parts[1], parts[2]]) and (await r2.head("uneven")).size
ordered = await r2.createMultipartUpload("ordered")
parts = [await ordered.uploadPart(1, BIG), await ordered.uploadPart(2, "b")]
await ordered.complete([parts[1], parts[0]])
await ordered.complete(parts) and (await r2.head("ordered")).size
swapped = await r2.createMultipartUpload("swapped")
parts = [await swapped.uploadPart(1, BIG), await swapped.uploadPart(2, BIG.replace("x", "y"))]
(await swapped.complete([parts[1], parts[0]])).etag
text = await (await r2.get("swapped")).text()
[text[0], text[-1], len(text)]
empty = await r2.createMultipartUpload("none")
await empty.uploadPart(1, "unused") and told(await empty.complete([]))
await (await r2.get("none")).text()
again = await r2.createMultipartUpload("again")
older = await again.uploadPart(1, "older")
newer = await again.uploadPart(1, "newer")
await again.complete([older])
await again.complete([newer]) and (await (await r2.get("again")).text())
high = await r2.createMultipartUpload("high")
told(await high.complete([await high.uploadPart(10000, "x")]))

# abort
gone = await r2.createMultipartUpload("gone")
part = await gone.uploadPart(1, "x")
await gone.abort()
await gone.abort()
await gone.uploadPart(2, "x")
await gone.complete([part])
await gone.complete([])
await r2.head("gone")

# resume
resumed = r2.resumeMultipartUpload("mp", "bogus")
[type(resumed).__name__, kind(resumed._binding), resumed.key, resumed.uploadId]
await resumed.uploadPart(1, "x")
await resumed.complete([])
await resumed.complete(pairs((1, "x")))
await resumed.abort()
r2.resumeMultipartUpload("mp")
r2.resumeMultipartUpload()
r2.resumeMultipartUpload(5, 6).key
r2.resumeMultipartUpload("x" * 1025, "id").key[:2]
await r2.resumeMultipartUpload("x" * 1025, "id").uploadPart(1, "x")
begun = await r2.createMultipartUpload("begun")
other = r2.resumeMultipartUpload("begun", begun.uploadId)
part = await other.uploadPart(1, b"zz")
await r2.resumeMultipartUpload("different", begun.uploadId).uploadPart(1, "x")
await r2.resumeMultipartUpload("different", begun.uploadId).complete([part])
await r2.resumeMultipartUpload("different", begun.uploadId).abort()
told(await other.complete([part]))
await begun.complete([part])

# create
await r2.createMultipartUpload()
await r2.createMultipartUpload("x" * 1025)
await r2.createMultipartUpload("") and "made"
await r2.createMultipartUpload("o", None) and "made"
await r2.createMultipartUpload("o", 5)
await r2.createMultipartUpload("o", customMetadata={"k": "v" * 8192})
await r2.createMultipartUpload("o", customMetadata=5)
await r2.createMultipartUpload("o", httpMetadata=5)
await r2.createMultipartUpload("o", storageClass="InfrequentAccess") and "made"

# what was there before
await r2.put("mp", "short") and await (await r2.get("mp")).text()
replacing = await r2.createMultipartUpload("mp")
await replacing.complete([await replacing.uploadPart(1, "parts")]) and await (await r2.get("mp")).text()
reading = await r2.get("ordered")
await r2.delete("ordered")
len(await reading.text())
await r2.delete("mp")
await r2.head("mp")

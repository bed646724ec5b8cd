# ruff: noqa
"""R2: bodies as streams, in and out."""

r2 = env.OTHER_R2
await r2.delete([item.key for item in (await r2.list()).objects])


async def stored(stream):
    await r2.put("s", stream)
    return await (await r2.get("s")).text()


def made(*chunks, fixed=None):
    pair = js.IdentityTransformStream.new() if fixed is None else js.FixedLengthStream.new(fixed)
    writer = pair.writable.getWriter()

    async def fill():
        try:
            for chunk in chunks:
                await writer.write(to_js(chunk))
            await writer.close()
        except Exception:
            pass

    asyncio.ensure_future(fill())
    return pair.readable


await stored(js.Response.new("body").body)
await stored(js.Response.new("").body)
await stored(js.Blob.new(J(["blob"])).stream())
await stored(js.Request.new("http://x", O(method="POST", body="request")).body)
await stored(made(b"ab", b"cd", fixed=4))
await stored(made(fixed=0))
await stored(made(b"ab", b"cd"))
await stored(made(b"ab", fixed=4))
await (await r2.get("s")).text()
await stored(made(b"abc", fixed=2))
await stored(js.ReadableStream.new())
await stored(js.ReadableStream.new(O(type="bytes")))
await stored(js.Response.new(js.ReadableStream.new()).body)
used = js.Response.new("used")
body = used.body
await used.text()
await stored(body)
locked = js.Response.new("locked").body
reader = locked.getReader()
await stored(locked)
kept = js.Response.new("kept").body
await r2.put("s", kept) and [kept.locked, await answer(kept.getReader)]
left, right = js.Response.new("teed").body.tee()
[await stored(left), await stored(right)]
await stored(js.Response.new("piped").body.pipeThrough(js.IdentityTransformStream.new()))
await stored(js.Response.new("piped").body.pipeThrough(js.FixedLengthStream.new(5)))
await stored(js.Response.new("decoded").body.pipeThrough(js.TextDecoderStream.new()))
await stored((await r2.get("s")).body)
copy = await r2.get("s")
await r2.put("copy", copy.body) and await (await r2.get("copy")).text()
[copy.bodyUsed, await answer(copy.text)]
part = await r2.get("s", range={"offset": 1, "length": 2})
await r2.put("part", part.body) and await (await r2.get("part")).text()
refused = js.Response.new("refused").body
[await answer(lambda: r2.put("s", refused, md5="0")), refused.locked]
await answer(lambda: refused.getReader().read())
refused = js.Response.new("refused").body
[await answer(lambda: r2.put("s", refused, md5="0" * 32)), refused.locked]
refused = js.Response.new("refused").body
[await answer(lambda: r2.put("x" * 2000, refused)), refused.locked]

# out
await r2.put("big", "0123456789" * 2000) and "stored"
item = await r2.get("big")
reader = item.body.getReader()
first = await reader.read()
[first.done, first.value.length]
item.bodyUsed
sizes = [first.value.length]
while not (chunk := await reader.read()).done:
    sizes.append(chunk.value.length)

[sum(sizes), max(sizes) <= 65536]
item = await r2.get("big")
await item.body.cancel()
[item.bodyUsed, await answer(item.text)]
left, right = (await r2.get("big")).body.tee()
[len(await js.Response.new(left).text()), len(await js.Response.new(right).text())]
view = (await r2.get("big")).body.getReader(O(mode="byob"))
got = await view.read(js.Uint8Array.new(10))
[got.value.length, bytes(got.value.to_py())]
response = Response((await r2.get("big")).body, headers={"x": "y"})
len(await response.text())
(await r2.get("big")).body.pipeThrough(js.TextDecoderStream.new()) and "piped"
len(await js.Response.new((await r2.get("big")).body.pipeThrough(js.FixedLengthStream.new(20000))).text())
before = await r2.get("big")
await r2.delete("big")
len(await before.text())
empty = await r2.put("empty", "") and await r2.get("empty")
[empty.bodyUsed, kind(empty.body), await empty.text(), empty.range]
js.Response.new((await r2.get("empty")).body).headers.get("content-length")
upload = await r2.createMultipartUpload("m")
await upload.uploadPart(1, made(b"ab", b"cd"))
await upload.uploadPart(1, js.ReadableStream.new())
await upload.complete([await upload.uploadPart(1, made(b"ab", b"cd", fixed=4))]) and await (await r2.get("m")).text()
item = await r2._binding.get("m")
reader = item.body.getReader()
await item.text()
item.bodyUsed
await r2.put("large", bytes(range(256)) * 12000) and "stored"
large = await r2.get("large", range={"offset": 1048570, "length": 12})
await large.bytes()
(await (await r2.get("large")).bytes())[-3:]
await r2.put("large copy", (await r2.get("large")).body) and (await r2.head("large copy")).etag == (await r2.head("large")).etag
view = (await r2.get("large")).body.getReader(O(mode="byob"))
(await view.read(js.Uint8Array.new(100))).value.length
view.releaseLock()

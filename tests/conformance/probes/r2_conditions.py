# ruff: noqa
"""R2: conditional reads and writes."""

r2 = env.OTHER_R2
await r2.delete([item.key for item in (await r2.list()).objects])
first = await r2.put("c", "v1")
etag = first.etag
now = int(js.Date.now())


def at(milliseconds):
    return js.Date.new(now + milliseconds)


def told(item):
    return None if item is None else [kind(item._binding), item.key, item.size, item.etag, item.range, hasattr(item._binding, "body")]


async def got(condition, key="c"):
    return told(await r2.get(key, onlyIf=condition))


async def written(condition, key="c", value="v1"):
    item = await r2.put(key, value, onlyIf=condition)
    return None if item is None else item.etag


def headers(**fields):
    return js.Headers.new(J([[name.replace("_", "-"), value] for name, value in fields.items()]))


await got({})
await got(None)
await got(O())
await got({"etagMatches": etag})
await got({"etagMatches": "other"})
await got({"etagMatches": "*"})
await got({"etagMatches": ""})
await got({"etagMatches": None})
await got({"etagMatches": 5})
await got({"etagMatches": [etag]})
await got({"etagMatches": f'"{etag}"'})
await got({"etagMatches": '"'})
await got({"etagMatches": '""'})
await got({"etagMatches": '"x'})
await got({"etagMatches": f'W/"{etag}"'})
await got({"etagMatches": etag.upper()})
await got({"etagDoesNotMatch": etag})
await got({"etagDoesNotMatch": "other"})
await got({"etagDoesNotMatch": "*"})
await got({"etagDoesNotMatch": f'"{etag}"'})
await got({"uploadedBefore": at(86400000)})
await got({"uploadedBefore": at(-86400000)})
await got({"uploadedAfter": at(86400000)})
await got({"uploadedAfter": at(-86400000)})
await got({"uploadedAfter": first._binding.uploaded})
await got({"uploadedBefore": first._binding.uploaded})
await got({"uploadedAfter": first.uploaded})
await got({"uploadedBefore": now + 86400000})
await got({"uploadedBefore": "2100-01-01"})
await got({"uploadedBefore": js.Date.new(float("nan"))})
await got({"uploadedAfter": js.Date.new(float("nan"))})
await got({"uploadedBefore": None})
await got({"uploadedBefore": True})
await got({"uploadedAfter": first._binding.uploaded, "secondsGranularity": True})
await got({"uploadedBefore": first._binding.uploaded, "secondsGranularity": True})
await got({"secondsGranularity": "x"})
await got({"uploadedAfter": at(-86400000), "uploadedBefore": at(86400000)})
await got({"uploadedAfter": at(86400000), "uploadedBefore": at(86400000)})
await got({"etagMatches": etag, "etagDoesNotMatch": etag})
await got({"etagMatches": etag, "etagDoesNotMatch": "other"})
await got({"etagMatches": etag, "uploadedBefore": at(-86400000)})
await got({"etagMatches": etag, "uploadedAfter": at(86400000)})
await got({"etagMatches": "other", "uploadedAfter": at(-86400000)})
await got({"etagDoesNotMatch": "other", "uploadedAfter": at(86400000)})
await got({"etagDoesNotMatch": "other", "uploadedBefore": at(-86400000)})
await got({"etagDoesNotMatch": etag, "uploadedBefore": at(86400000)})
await got({"unknown": 1})
await got(5)
await got("text")
await got([])
await got(js.Map.new())
await got({"etagMatches": etag}, "absent")
await got({"etagDoesNotMatch": "*"}, "absent")

# Headers
await got(headers())
await got(headers(if_match=f'"{etag}"'))
await got(headers(if_match=f'"other", "{etag}"'))
await got(headers(if_match=f'W/"{etag}"'))
await got(headers(if_match="*"))
await got(headers(if_match=f'"other", *'))
await got(headers(if_match=etag))
await got(headers(if_match=""))
await got(headers(if_match=","))
await got(headers(if_match=f',, "{etag}" ,'))
await got(headers(if_match=f'"{etag}" "other"'))
await got(headers(if_match=f'"{etag}"W/"other"'))
await got(headers(if_match=f'"{etag}" *'))
await got(headers(if_match=f'"{etag}'))
await got(headers(if_match=f'w/"{etag}"'))
await got(headers(if_match=f'W"{etag}"'))
await got(headers(if_match=f'W/ "{etag}"'))
await got(headers(if_match=f'junk "{etag}"'))
await got(headers(if_match=f'"{etag}" junk'))
await got(headers(if_match='"a,b"'))
await got(headers(if_match='Wonder'))
await got(headers(if_none_match=f'"{etag}"'))
await got(headers(if_none_match=f'W/"{etag}"'))
await got(headers(if_none_match='"other"'))
await got(headers(if_none_match=f'"other", W/"{etag}"'))
await got(headers(if_none_match="*"))
await got(headers(if_none_match=etag))
await got(headers(if_none_match=f'"{etag}'))
await got(headers(if_none_match=f'W/{etag}'))
await got(headers(if_none_match=f'"{etag}""'))
await got(headers(if_modified_since=at(-86400000).toUTCString()))
await got(headers(if_modified_since=at(86400000).toUTCString()))
await got(headers(if_modified_since=first._binding.uploaded.toUTCString()))
await got(headers(if_modified_since="nonsense"))
await got(headers(if_modified_since=""))
await got(headers(if_modified_since="2000-01-01"))
await got(headers(if_unmodified_since=at(-86400000).toUTCString()))
await got(headers(if_unmodified_since=at(86400000).toUTCString()))
await got(headers(if_unmodified_since=first._binding.uploaded.toUTCString()))
await got(headers(if_unmodified_since="nonsense"))
await got(headers(if_none_match='"other"', if_modified_since=at(86400000).toUTCString()))
await got(headers(if_match=f'"{etag}"', if_unmodified_since=at(-86400000).toUTCString()))
await got(js.Request.new("http://x/", O(headers=O(**{"if-none-match": f'"{etag}"'}))).headers)
await got(Request("http://x/", headers={"if-none-match": f'"{etag}"'}).headers)

for text in (
    '"a" , W/"b"', '  "a"', "*x", "x*", "x,*", 'x,"a"', '"a",x', '"a",x "b"', 'Wx"a"', "W/x", 'xW/"a"', 'W/"a', "W*", "*W", 'W,"a"',
    '"a",W', '"a"W', '""', '"', '"*"', '"a"*', '"a",*', '"a",x*', '"a",xW', "x,", "x, W", ', W/"a"', 'W/"a",', '/"a"', " , ", '\t"a"',
    '"a"\t,"b"', '"a";q=1, "b"', '"a" x "b"', '"a" x, "b"', '"a" xW', '"a" x*', 'WW/"a"', "W/*", "Wx,*", "xxWW",
):
    await r2.put(f"asked/{text}", "x")

[[text, await answer(lambda: got(headers(if_match=text)))] for text in (item.key[6:] for item in (await r2.list(prefix="asked/")).objects)]
await got(headers(if_match=f'"o" x, "{etag}"'))
await got(headers(if_match=f'"o",x, "{etag}"'))
await got(headers(if_match='"o",x,*'))
await got(headers(if_match="x", if_none_match='"'))
await got(headers(if_modified_since="Sat, 01 Jan 2300 00:00:00 GMT"))
await got(headers(if_modified_since="Thu, 01 Jan 1965 00:00:00 GMT"))
await got(headers(if_unmodified_since="Thu, 01 Jan 1965 00:00:00 GMT"))
await got({"uploadedBefore": -5})
await got({"uploadedAfter": -5})
await got({"uploadedAfter": -5, "etagDoesNotMatch": "o"})
await got({"uploadedAfter": 1.5})
await got({"uploadedAfter": 1e15})
await got({"uploadedAfter": -1e15})
await got({"uploadedAfter": float("inf")})
await got({"uploadedBefore": 0, "etagMatches": '"x"'})
await r2.delete([item.key for item in (await r2.list(prefix="asked/")).objects])
chances = []
for _ in range(60):
    condition = {}
    if chance.random() < 0.5:
        condition["etagMatches"] = chance.choice([etag, "o", "*"])
    if chance.random() < 0.5:
        condition["etagDoesNotMatch"] = chance.choice([etag, "o", "*"])
    if chance.random() < 0.5:
        condition["uploadedBefore"] = at(chance.choice([-86400000, 86400000]))
    if chance.random() < 0.5:
        condition["uploadedAfter"] = at(chance.choice([-86400000, 86400000]))
    chances.append((await got(condition))[0])

chances

# put
await written({"etagMatches": etag})
await written({"etagMatches": "other"})
await written({"etagDoesNotMatch": etag})
await written({"etagDoesNotMatch": "other"})
await written({"etagDoesNotMatch": "*"})
await written({"etagMatches": "*"})
await written({"etagDoesNotMatch": "*"}, "new")
await written({"etagDoesNotMatch": "*"}, "new")
await written({"etagMatches": "*"}, "newer")
await written({"etagMatches": "x"}, "newer")
await written({"etagDoesNotMatch": "x"}, "newer")
await written({"uploadedBefore": at(86400000)}, "newest")
await written({"uploadedBefore": at(-86400000)}, "newest2")
await written({"uploadedAfter": at(-86400000)}, "newest3")
await written({"uploadedAfter": at(86400000)})
await written({"uploadedBefore": at(-86400000)})
await written({"etagMatches": f'"{etag}"'})
await written(headers(if_match=f'"{etag}"'))
await written(headers(if_none_match="*"))
await written(headers(if_none_match="*"), "newest4")
await written(headers(if_match='"x"'))
await written(headers(if_match=etag))
[item.key for item in (await r2.list()).objects]
await (await r2.get("c")).text()
await r2.put("c", "v9", onlyIf={"etagMatches": "no"}, md5="0" * 32)
stream = js.Response.new("streamed").body
[await r2.put("c", stream, onlyIf={"etagMatches": "no"}), stream.locked]
await r2.get("c", onlyIf={"etagMatches": "no"}, range={"offset": 1})
failed = await r2.get("c", onlyIf={"etagMatches": "no"}, range={"offset": 1, "length": 1})
[failed.range, failed.size]

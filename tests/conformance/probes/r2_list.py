# ruff: noqa
"""R2: list, its order, prefixes, delimiters, pages and what it includes."""

r2 = env.OTHER_R2
await r2.delete([item.key for item in (await r2.list()).objects])
await r2.list()
NAMES = ("a", "b/1", "b/2", "b/c/3", "d/", "é", "B", "d/e/f", "z☃", "\uffee", "\U0001f600", "1", "10", "2", "b")
for name in NAMES:
    await r2.put(name, name, customMetadata={"k": name}, httpMetadata={"contentType": "text/y"})


def told(page):
    return {
        "keys": [item.key for item in page.objects],
        "prefixes": list(page.delimitedPrefixes),
        "truncated": page.truncated,
        "cursor": page["cursor"] if "cursor" in page else "absent",
    }


async def listed(*args, **options):
    return told(await r2.list(*args, **options))


page = await r2.list(limit=1)
type(page).__name__
sorted(page)
[type(page.objects).__name__, type(page["objects"][0]).__name__, kind(page.objects[0]), page.objects[0].key]
raw = await r2._binding.list(O(limit=1))
[kind(raw), js.Object.keys(raw).to_py(), js.Object.keys(await r2._binding.list()).to_py()]
[raw.objects.length, raw.truncated, raw.delimitedPrefixes.length]
await listed()
await listed(None)
await listed({})
await listed({"prefix": "b/"})
await listed(O(prefix="b/"))
await listed(prefix="b/")
await listed(prefix="b")
await listed(prefix="")
await listed(prefix="é")
await listed(prefix="\U0001f600")
await listed(prefix="nothing")
await listed(prefix=5)
await listed(prefix=None)
await listed(prefix="x" * 2000)
await listed(delimiter="/")
await listed(delimiter="")
await listed(delimiter="/c")
await listed(delimiter="c/")
await listed(delimiter="zz")
await listed(delimiter=5)
await listed(delimiter=None)
await listed(prefix="b/", delimiter="/")
await listed(prefix="b", delimiter="/")
await listed(prefix="b/c/", delimiter="/")
await listed(prefix="d/", delimiter="/")
await listed(limit=1)
await listed(limit=2)
await listed(limit=15)
await listed(limit=14)
await listed(limit=1000)
await listed(limit=0)
await listed(limit=1001)
await listed(limit=-1)
await listed(limit=-1, delimiter="/")
await listed(limit=-2)
await listed(limit=float("inf"))
await listed(limit=1.9)
await listed(limit="2")
await listed(limit="x")
await listed(limit=None)
await listed(limit=True)
await listed(limit=2**31)
await listed(limit=2**40)
await listed(limit=1, delimiter="/")
await listed(limit=2, delimiter="/")
await listed(limit=3, delimiter="/")
await listed(limit=5, delimiter="/")
await listed(limit=6, delimiter="/")
await listed(startAfter="b/1")
await listed(startAfter="b/")
await listed(startAfter="")
await listed(startAfter="zzzz")
await listed(startAfter=5)
await listed(startAfter=None)
await listed(startAfter="b/1", prefix="b/")
await listed(startAfter="b/1", delimiter="/")
await listed(startAfter="a", limit=2)
await listed(cursor="")
await listed(cursor=None)
await listed(cursor=5)
await listed(cursor="bad")
await listed(cursor="YQ==")
await listed(cursor="YQ")
await listed(cursor="!!")
await listed(cursor="Yg==", startAfter="a")
await listed(cursor="YQ==", startAfter="b")
pages = []
page = await r2.list(limit=4)
while True:
    pages.append(told(page))
    if not page.truncated:
        break
    page = await r2.list(limit=4, cursor=page.cursor)

pages
pages = []
page = await r2.list(limit=2, delimiter="/")
while True:
    pages.append(told(page))
    if not page.truncated:
        break
    page = await r2.list(limit=2, delimiter="/", cursor=page.cursor)

pages


async def included(*fields, **options):
    item = (await r2.list(limit=1, include=list(fields), **options)).objects[0]
    return [item.httpMetadata, item.customMetadata]


await included()
await included("httpMetadata")
await included("customMetadata")
await included("httpMetadata", "customMetadata")
await included("customMetadata", "customMetadata")
await included("bogus")
await included("customMetadata", "bogus")
await included(5)
await included("customMetadata", delimiter="/")
await r2.list(include="customMetadata")
await r2.list(include={"a": 1})
await r2.list(include=None) and "listed"
item = (await r2.list(limit=1)).objects[0]
[item.httpMetadata, item.customMetadata, item.range, item.size, item.storageClass, item.checksums]
js.JSON.stringify(item.checksums)
type(item.uploaded).__name__
item.writeHttpMetadata(js.Headers.new())
await r2.list("prefix")
await r2.list(5)
len((await r2.list([])).objects)
await r2.list(unknown=1) and "listed"
await r2.list(include=js.Set.new(to_js(["customMetadata"])))
for number in range(120):
    await r2.put(f"many/{number:03}", "x", customMetadata={"n": str(number)})

[len((await r2.list(prefix="many/")).objects), len((await r2.list(prefix="many/", include=["customMetadata"])).objects)]
[len((await r2.list(prefix="many/", include=["customMetadata"], limit=110)).objects), (await r2.list(prefix="many/", include=["customMetadata"])).truncated]
[len((await r2.list(prefix="many/", include=[])).objects)]
names = ["".join(chance.choice("ab/é☃\U0001f600") for _ in range(4)) for _ in range(14)]
for name in names:
    await r2.put(f"chance/{name}", "x")

await listed(prefix="chance/")
await listed(prefix="chance/", delimiter="/")
await listed(prefix="chance/", delimiter="a", limit=4)
await listed(prefix="chance/", startAfter=f"chance/{names[3]}", limit=5)

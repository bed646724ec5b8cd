# ruff: noqa
"""KV: list, its order, prefixes, limits and cursors."""

kv = env.OTHER_KV
for key in (await kv.list())["keys"]:
    await kv.delete(key["name"])

await kv.list()
for name in (
    "b",
    "a",
    "B",
    "a/1",
    "a/2",
    "a/10",
    "é",
    "z",
    "\uffee",
    "\U0001f600",
    "a b",
    "_",
    "1",
    "10",
    "2",
):
    await kv.put(name, name, metadata={"n": name} if name < "b" else None)

[key["name"] for key in (await kv.list())["keys"]]
await kv.list()
await kv.list(prefix="a/")
await kv.list(prefix="a")
await kv.list({"prefix": "a/"})
await kv.list(O(prefix="a/"))
await kv.list(prefix="nothing")
await kv.list(prefix="é")
await kv.list(prefix="")
await kv.list(prefix=None)
await kv.list(prefix=1)
first = await kv.list(limit=6)
first
[first.list_complete, type(first.cursor).__name__, first["cursor"] == first.cursor]
second = await kv.list(limit=6, cursor=first.cursor)
second
third = await kv.list(limit=6, cursor=second["cursor"])
third
[third.list_complete, hasattr(third, "cursor")]
await kv.list(prefix="a", limit=2)
page = await kv.list(prefix="a", limit=2)
await kv.list(prefix="a", limit=2, cursor=page.cursor)
await kv.list(limit=15)
await kv.list(limit=14) and "14"
await kv.list(limit=1)
await kv.list(limit=0)
await kv.list(limit=-1)
await kv.list(limit=1000) and "1000"
await kv.list(limit=1001)
await kv.list(limit=1.5)
await kv.list(limit="2")
await kv.list(limit="x")
await kv.list(limit=None) and "all"
await kv.list(limit=True)
await kv.list(cursor="") and "from the start"
await kv.list(cursor=None) and "from the start"
await kv.list(cursor="nonsense!")
await kv.list(cursor="aGVsbG8=")
await kv.list("prefix")
await kv.list(5)
await kv.list(None) and "all"
await kv.list(unknown=1) and "all"
listed = await kv.list()
type(listed).__name__
type(listed.keys).__name__
type(listed["keys"]).__name__
type(listed["keys"][0]).__name__
listed["keys"][0].name
listed["keys"][0].metadata
listed["keys"][-1].get("metadata", "absent")
sorted(listed)
await kv.put("ttl", "x", expirationTtl=600)
sorted((await kv.list(prefix="ttl"))["keys"][0])
type((await kv.list(prefix="ttl"))["keys"][0].expiration).__name__
await kv.put("fixed", "x", expiration=4102444800, metadata=[1])
await kv.list(prefix="fixed")
names = ["".join(chance.choice("ab/é☃") for _ in range(4)) for _ in range(12)]
for name in names:
    await kv.put(f"chance/{name}", "x")
[key["name"] for key in (await kv.list(prefix="chance/"))["keys"]]
[key["name"] for key in (await kv.list(prefix="chance/", limit=5))["keys"]]
[key["name"] for key in (await kv.list(prefix="chance/a"))["keys"]]

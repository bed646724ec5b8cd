# ruff: noqa
"""1000 listings of R2, drawn from chance."""

r2 = env.OTHER_R2
for _ in range(3):
    await r2.delete([item.key for item in (await r2.list(limit=1000)).objects])

LETTERS = "ab/é☃😀-"


def text(longest):
    return "".join(chance.choice(LETTERS) for _ in range(chance.randrange(longest)))


for name in [f"{text(5)}{chance.choice(LETTERS)}" for _ in range(20)]:
    await r2.put(name, "x")


def drawn():
    fields = {}
    if chance.random() < 0.5:
        fields["prefix"] = text(3)
    if chance.random() < 0.5:
        fields["delimiter"] = text(3)
    if chance.random() < 0.6:
        fields["limit"] = chance.choice([0, 1, 2, 3, 5, 8, 1000, 1001, -1, "4", 2.7])
    if chance.random() < 0.4:
        fields["startAfter"] = text(4)
    if chance.random() < 0.3:
        fields["cursor"] = chance.choice(["YQ==", "Yi8", "w6k=", "bad", "8J+YgA==", "!", "4piD"])
    if chance.random() < 0.1:
        fields["include"] = to_js([chance.choice(["httpMetadata", "customMetadata", "x"])])
    return O(**fields)


async def outcome():
    try:
        page = await r2._binding.list(drawn())
    except Exception as error:
        return str(error)
    return [[item.key for item in page.objects], page.delimitedPrefixes.to_py(), page.truncated, page.cursor]


async def outcomes(count):
    return [await outcome() for _ in range(count)]


await outcomes(40) or 1
await outcomes(40) or 2
await outcomes(40) or 3
await outcomes(40) or 4
await outcomes(40) or 5
await outcomes(40) or 6
await outcomes(40) or 7
await outcomes(40) or 8
await outcomes(40) or 9
await outcomes(40) or 10
await outcomes(40) or 11
await outcomes(40) or 12
await outcomes(40) or 13
await outcomes(40) or 14
await outcomes(40) or 15
await outcomes(40) or 16
await outcomes(40) or 17
await outcomes(40) or 18
await outcomes(40) or 19
await outcomes(40) or 20
await outcomes(40) or 21
await outcomes(40) or 22
await outcomes(40) or 23
await outcomes(40) or 24
await outcomes(40) or 25

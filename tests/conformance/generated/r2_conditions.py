# ruff: noqa
"""1000 conditional reads and writes of R2, drawn from chance."""

raw = env.OTHER_R2._binding
etag = (await env.OTHER_R2.put("d", "v1")).etag
now = int(js.Date.now())
DAY = 86_400_000
PIECES = ['"', "W/", "W", "*", ",", " ", "x", f'"{etag}"', '"o"', f'W/"{etag}"', "/", ";"]
DATES = ["Tue, 14 Nov 2000 22:13:20 GMT", "Tue, 14 Nov 2090 22:13:20 GMT", "x", ""]
TIMES = [0, -5, now - DAY, now + DAY, 1e15, 1.5]


def drawn_headers():
    headers = js.Headers.new()
    for name in ("if-match", "if-none-match"):
        if chance.random() < 0.6:
            headers.set(name, "".join(chance.choice(PIECES) for _ in range(chance.randrange(6))))
    for name in ("if-modified-since", "if-unmodified-since"):
        if chance.random() < 0.3:
            headers.set(name, chance.choice(DATES))
    return headers


def drawn_object():
    fields = {}
    for name in ("etagMatches", "etagDoesNotMatch"):
        if chance.random() < 0.2:
            fields[name] = chance.choice([etag, "o", "*", "", f'"{etag}"', '"', 5, None])
        elif chance.random() < 0.4:
            fields[name] = chance.choice([etag, "o", "*"])
    for name in ("uploadedBefore", "uploadedAfter"):
        if chance.random() < 0.4:
            fields[name] = chance.choice(TIMES)
    if chance.random() < 0.3:
        fields["secondsGranularity"] = True
    return O(**fields)


async def outcome():
    condition = O(onlyIf=drawn_headers() if chance.random() < 0.5 else drawn_object())
    place = chance.choice(["read", "read", "present", "absent"])
    try:
        if place == "absent":
            await raw.delete("absent")
        if place == "read":
            item = await raw.get("d", condition)
        else:
            item = await raw.put("d" if place == "present" else "absent", "v1", condition)
        return kind(item) if item is not jsnull else "null"
    except Exception as error:
        return str(error)


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

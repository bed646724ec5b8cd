# ruff: noqa
"""What D1 makes of each Python value that is bound, and what comes back."""

import datetime
import decimal
import enum
import uuid


class Colour(enum.IntEnum):
    RED = 3


class Name(str):
    pass


async def there_and_back(value):
    return await env.DB.prepare("SELECT ?1 AS v, typeof(?1) AS t").bind(value).first()


await there_and_back(None)
await there_and_back(jsnull)
await there_and_back(js.undefined)
await there_and_back(True)
await there_and_back(False)
await there_and_back(0)
await there_and_back(-0.0)
await there_and_back(7)
await there_and_back(7.0)
await there_and_back(7.25)
await there_and_back(-3)
await there_and_back(2**31)
await there_and_back(2**53 - 1)
await there_and_back(2**53)
await there_and_back(2**53 + 2)
await there_and_back(-(2**53) + 1)
await there_and_back(-(2**53) - 5)
await there_and_back(2**70)
await there_and_back(1e300)
await there_and_back(5e-324)
await there_and_back(float("nan"))
await there_and_back(float("inf"))
await there_and_back(float("-inf"))
await there_and_back("")
await there_and_back("text")
await there_and_back("é☃😀")
await there_and_back("before\0after")
await there_and_back("quote ' \" `")
await there_and_back("\ud83d")
await there_and_back("\ufeffbom")
await there_and_back("x" * 1000)
await there_and_back(Name("sub"))
await there_and_back(b"")
await there_and_back(b"\x00\x01\xff")
await there_and_back(bytearray(b"xyz"))
await there_and_back(memoryview(b"xyz"))
await there_and_back(memoryview(b"abcdef")[::2])
await there_and_back([])
await there_and_back([0, 127, 255])
await there_and_back([256, -1, 3.7])
await there_and_back([True])
await there_and_back([None])
await there_and_back(["1", "b"])
await there_and_back([[1]])
await there_and_back({})
await there_and_back({"k": "v"})
await there_and_back(())
await there_and_back((1,))
await there_and_back({1})
await there_and_back(range(3))
await there_and_back(Colour.RED)
await there_and_back(decimal.Decimal("2.5"))
await there_and_back(complex(1, 2))
await there_and_back(datetime.datetime(2024, 5, 6, 7, 8, 9))
await there_and_back(datetime.datetime(2024, 5, 6, 7, 8, 9, tzinfo=datetime.timezone.utc))
await there_and_back(datetime.date(2024, 5, 6))
await there_and_back(uuid.UUID(int=5))
await there_and_back(object)
await there_and_back(len)
await there_and_back(lambda: 1)
await there_and_back(ValueError("x"))
await there_and_back(J(5))
await there_and_back(J("s"))
await there_and_back(J([1, 2]))
await there_and_back(J({"a": 1}))
await there_and_back(js.Uint8Array.new(to_js([1, 2, 3])))
await there_and_back(js.Uint8Array.new(to_js([1, 2, 3])).buffer)
await there_and_back(js.Uint16Array.new(to_js([1, 258])))
await there_and_back(js.DataView.new(js.ArrayBuffer.new(2)))
await there_and_back(js.Date.new(0))
await there_and_back(js.BigInt(5))
await there_and_back(js.Map.new())

# Affinity of columns
await env.DB.prepare("DROP TABLE IF EXISTS affinity").run()
await env.DB.prepare(
    "CREATE TABLE affinity (t TEXT, i INTEGER, r REAL, n NUMERIC, b BLOB, a, s INTEGER PRIMARY KEY)"
).run()


async def stored(value):
    await env.DB.prepare("DELETE FROM affinity").run()
    await (
        env.DB.prepare("INSERT INTO affinity (t, i, r, n, b, a) VALUES (?1, ?1, ?1, ?1, ?1, ?1)")
        .bind(value)
        .run()
    )
    return await env.DB.prepare(
        "SELECT t, typeof(t) tt, i, typeof(i) ti, r, typeof(r) tr, n, typeof(n) tn, b, typeof(b) tb, a, typeof(a) ta FROM affinity"
    ).first()


await stored(5)
await stored(5.5)
await stored(True)
await stored("12")
await stored("12.0")
await stored("1e3")
await stored("abc")
await stored(b"12")
await stored(None)
await stored(9007199254740991)

# Arithmetic with bound integers, which arrive as REAL
await (
    env.DB.prepare("SELECT ? / 2 AS half, 7 / 2 AS literal, CAST(? AS INTEGER) / 2 AS casted")
    .bind(7, 7)
    .first()
)
await (
    env.DB.prepare("SELECT ? || '' AS joined, printf('%d', ?) AS printed, ? % 4 AS rest")
    .bind(7, 7, 7)
    .first()
)
await (
    env.DB.prepare("SELECT ? = 7 AS equal, ? IS 7 AS identical, ? IN (6, 7) AS member").bind(7, 7, 7).first()
)
await env.DB.prepare("SELECT hex(?) AS h, length(?) AS l, quote(?) AS q").bind(7, 7, 7).first()
await env.DB.prepare("SELECT hex(?) AS h, length(?) AS l, quote(?) AS q").bind("é", "é", "é").first()
await (
    env.DB.prepare("SELECT hex(?) AS h, length(?) AS l, quote(?) AS q")
    .bind(b"\x01", b"\x01", b"\x01")
    .first()
)
await env.DB.prepare("SELECT json_extract(?, '$.a') AS a").bind('{"a": 2.0}').first()
await env.DB.prepare("SELECT json_object('n', ?) AS o").bind(3).first()
await env.DB.prepare("SELECT substr('abcdef', ?, ?) AS s").bind(2, 3).first()
await env.DB.prepare("SELECT 'x' LIMIT ?").bind(1).raw()

# What comes back from literals
await env.DB.prepare("SELECT 1 AS a, 1.0 AS b, 1.5 AS c, 'x' AS d, NULL AS e, x'0102' AS f, 1=1 AS g").first()
await env.DB.prepare("SELECT 9007199254740991 AS a, 9007199254740993 AS b, 9223372036854775807 AS c").first()
await env.DB.prepare("SELECT -9223372036854775808 AS a, 1e999 AS b, -1e999 AS c, 0.1 + 0.2 AS d").first()
await env.DB.prepare("SELECT zeroblob(0) AS a, zeroblob(3) AS b").first()
await env.DB.prepare("SELECT char(0) AS a, char(55357) AS b, CAST(x'ff' AS TEXT) AS c").first()
await env.DB.prepare("SELECT 1 AS a, 2 AS a, 3 AS b").first()
await env.DB.prepare("SELECT 1 AS a, 2 AS a, 3 AS b").raw()
await env.DB.prepare("SELECT 1, 'two', 3.5").first()
await env.DB.prepare('SELECT 1 AS "", 2 AS "a b", 3 AS "é"').first()
await env.DB.prepare("SELECT 1 AS __proto__, 2 AS constructor, 3 AS keys, 4 AS get").first()
await env.DB.prepare('SELECT 1 AS "2", 2 AS "1", 3 AS b, 4 AS "0"').first()

# Values from chance: the same on both engines
[await there_and_back(chance.randint(-(2**53), 2**53)) for _ in range(4)]
[await there_and_back(chance.uniform(-1e6, 1e6)) for _ in range(4)]
[await there_and_back(10.0 ** chance.randint(-30, 30)) for _ in range(4)]
[
    await there_and_back("".join(chr(chance.choice([65, 0xE9, 0x2603, 0x1F600, 39])) for _ in range(6)))
    for _ in range(4)
]
[await there_and_back(chance.randbytes(chance.randint(0, 9))) for _ in range(4)]

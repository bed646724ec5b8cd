# ruff: noqa
"""batch, exec, dump, and many statements at once."""

db = env.DB
await db.exec("DROP TABLE IF EXISTS many")
await db.exec("CREATE TABLE many (id INTEGER PRIMARY KEY, v TEXT UNIQUE)")
insert = db.prepare("INSERT INTO many (id, v) VALUES (?, ?)")

# batch
await db.batch([insert.bind(1, "a"), insert.bind(2, "b"), db.prepare("SELECT * FROM many")])
await db.batch([])
await db.batch([insert.bind(3, "c"), insert.bind(4, "a"), insert.bind(5, "e")])
await db.prepare("SELECT id FROM many").raw()
await db.batch([insert.bind(3, "c"), db.prepare("SELECT nope FROM many")])
await db.prepare("SELECT id FROM many").raw()
await db.batch((insert.bind(6, "f"),))
await db.batch([insert.bind(7, "g")] * 2)
await db.batch(iter([insert.bind(8, "h")]))
await db.batch(insert.bind(9, "i"))
await db.batch([])
await db.batch()
await db.batch(None)
await db.batch(["SELECT 1"])
await db.batch([None])
await db.batch([5])
await db.batch([insert])
await db.batch([insert.bind(10)])
await db.batch([insert.bind(11, object)])
await db.batch([db.prepare("SELECT 1 AS a; SELECT 2 AS b")])
await db.batch([db.prepare("CREATE TABLE passing (a)"), db.prepare("DROP TABLE passing")])
await db.batch([db.prepare("BEGIN"), db.prepare("COMMIT")])
await db.batch([db.prepare("PRAGMA defer_foreign_keys = ON"), db.prepare("SELECT 1")])
await db.batch([db.prepare("SELECT ? AS a").bind(n) for n in range(3)])
[type(one).__name__ for one in await db.batch([db.prepare("SELECT 1"), db.prepare("SELECT 2")])]
type(await db.batch([db.prepare("SELECT 1")])).__name__
await db.batch([env.OTHER_DB.prepare("SELECT 1 AS other")])

# exec
await db.exec("SELECT 1")
await db.exec("SELECT 1; SELECT 2")
await db.exec("SELECT 1;\nSELECT 2;")
await db.exec("SELECT 1\nSELECT 2")
await db.exec("CREATE TABLE IF NOT EXISTS lines (\n a INT,\n b INT\n)")
await db.exec("CREATE TABLE IF NOT EXISTS lines (a INT, b INT)")
await db.exec("INSERT INTO lines VALUES (1, 2)\nINSERT INTO lines VALUES (3, 4)")
await db.exec(
    "INSERT INTO lines VALUES (5, 6)\nINSERT INTO nowhere VALUES (1)\nINSERT INTO lines VALUES (7, 8)"
)
await db.prepare("SELECT * FROM lines").raw()
await db.exec("")
await db.exec("\n")
await db.exec("  ")
await db.exec(";")
await db.exec("-- a comment")
await db.exec("-- a comment\nSELECT 1")
await db.exec("SELECT 1 -- end")
await db.exec("/* a\nb */ SELECT 1")
await db.exec("SELECT 'a\nb'")
await db.exec("SELECT 'a;b'")
await db.exec("SELECT ?")
await db.exec("BEGIN")
await db.exec("SELECT 1\r\nSELECT 2")
await db.exec("nonsense")
await db.exec("SELECT 1;\n\n\nSELECT 2")
await db.exec("PRAGMA table_info(lines)")
await db.exec(None)
await db.exec(5)
await db.exec()
type(await db.exec("SELECT 1")).__name__
await db.exec("DROP TABLE lines")
await db.dump()

# at once
await asyncio.gather(*(db.prepare("SELECT ? AS n").bind(n).first("n") for n in range(5)))
await db.exec("CREATE TABLE IF NOT EXISTS counter (n INT)")
await db.exec("DELETE FROM counter")
await db.exec("INSERT INTO counter VALUES (0)")
await asyncio.gather(*(db.prepare("UPDATE counter SET n = n + 1").run() for _ in range(5))) and "updated"
await db.prepare("SELECT n FROM counter").first("n")


async def read_then_write():
    n = await db.prepare("SELECT n FROM counter").first("n")
    await db.prepare("UPDATE counter SET n = ?").bind(n + 1).run()


await asyncio.gather(*(read_then_write() for _ in range(5))) and "raced"
(await db.prepare("SELECT n FROM counter").first("n")) < 10
[
    type(one).__name__
    for one in await asyncio.gather(db.prepare("SELECT 1").all(), env.KV.get("nope"), return_exceptions=True)
]
[
    type(one).__name__
    for one in await asyncio.gather(
        db.prepare("nope").all(), db.prepare("SELECT 1").all(), return_exceptions=True
    )
]

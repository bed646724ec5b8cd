# ruff: noqa
"""The shapes that D1's methods return."""

db = env.DB
await db.prepare("DROP TABLE IF EXISTS results").run()
await db.prepare("CREATE TABLE results (id INTEGER PRIMARY KEY, name TEXT, size REAL)").run()
insert = db.prepare("INSERT INTO results (id, name, size) VALUES (?, ?, ?)")
await insert.bind(1, "one", 1.5).run()
await db.batch([insert.bind(2, "two", 2), insert.bind(3, None, 3)])

await db.prepare("SELECT * FROM results").all()
await db.prepare("SELECT * FROM results").run()
await db.prepare("SELECT * FROM results").raw()
await db.prepare("SELECT * FROM results").raw(columnNames=True)
await db.prepare("SELECT * FROM results").raw({"columnNames": True})
await db.prepare("SELECT * FROM results").raw({"columnNames": False})
await db.prepare("SELECT * FROM results").raw(O(columnNames=True))
await db.prepare("SELECT * FROM results").raw(columnNames=1)
await db.prepare("SELECT * FROM results WHERE 0").raw(columnNames=True)
await db.prepare("SELECT * FROM results WHERE 0").raw()
await db.prepare("SELECT * FROM results WHERE 0").all()
await db.prepare("SELECT * FROM results").first()
await db.prepare("SELECT * FROM results").first("name")
await db.prepare("SELECT * FROM results").first("NAME")
await db.prepare("SELECT * FROM results").first("absent")
await db.prepare("SELECT * FROM results").first("")
await db.prepare("SELECT * FROM results").first(None)
await db.prepare("SELECT * FROM results").first(1)
await db.prepare("SELECT * FROM results").first(colName="name")
await db.prepare("SELECT * FROM results WHERE 0").first()
await db.prepare("SELECT * FROM results WHERE 0").first("name")
await db.prepare("SELECT * FROM results WHERE 0").first("absent")
await db.prepare("SELECT name FROM results WHERE id = 3").first("name")
await db.prepare("SELECT count(*) FROM results").first()
await db.prepare("SELECT count(*) FROM results").first("count(*)")
await db.prepare("UPDATE results SET size = 9 WHERE id = 2").first()
await db.prepare("UPDATE results SET size = 9 WHERE id = 2").raw()
await db.prepare("UPDATE results SET size = 8 WHERE id < 3").run()
await db.prepare("UPDATE results SET size = 8 WHERE id = 99").run()
await db.prepare("INSERT INTO results (id, name) VALUES (10, 'ten') RETURNING id, name").run()
await db.prepare("INSERT INTO results (id, name) VALUES (11, 'x') RETURNING id AS n").first("n")
await db.prepare("INSERT INTO results (name) VALUES ('a'), ('b')").run()
await db.prepare("INSERT OR IGNORE INTO results (id, name) VALUES (1, 'again')").run()
await db.prepare("REPLACE INTO results (id, name) VALUES (1, 'new')").run()
await db.prepare(
    "INSERT INTO results (id, name) VALUES (1, 'u') ON CONFLICT(id) DO UPDATE SET name = excluded.name"
).run()
await db.prepare("DELETE FROM results WHERE id > 9").run()
await db.prepare("SELECT last_insert_rowid() AS last, changes() AS c, total_changes() > 0 AS t").first()
await db.prepare("CREATE TABLE IF NOT EXISTS results (id)").run()
await db.prepare("CREATE INDEX IF NOT EXISTS by_name ON results (name)").run()
await db.prepare("DROP INDEX by_name").run()
await db.prepare("CREATE VIEW IF NOT EXISTS seen AS SELECT id FROM results").run()
await db.prepare("SELECT * FROM seen").raw()
await db.prepare("DROP VIEW seen").run()

# The wrapper's attributes
result = await db.prepare("SELECT 1 AS a, 'x' AS items, 'y' AS meta").all()
[
    type(result).__name__,
    type(result.results).__name__,
    type(result.results[0]).__name__,
    type(result.meta).__name__,
]
list(result)
list(result.meta)
result.success
result.results[0].a
result.results[0]["a"]
result.results[0].items
result.results[0].meta
result.results[0].absent
result.results[0]["absent"]
result.results[0].get("absent", 5)
dict(result.results[0])
len(result.results[0])
"a" in result.results[0]
result.results[0] == {"a": 1, "items": "x", "meta": "y"}
repr(result.results[0])
json.dumps(result.results)
setattr(result.results[0], "a", 2)
result.results[0].a
result.results[0]["a"]
result.error
result.meta.duration >= 0
result.meta.served_by

# Statements
statement = db.prepare("SELECT ? AS a, ? AS b")
type(statement).__name__
callable(statement)
bound = statement.bind(1, "x")
type(bound).__name__
bound is statement
await bound.first()
await bound.first()
await statement.bind(2, "y").first()
await bound.bind(3, "z").first()
await bound.first()
await statement.first()
await statement.bind(1).first()
await statement.bind(1, 2, 3).first()
await statement.bind().first()
await db.prepare("SELECT ?").bind(*[5]).raw()
await db.prepare("SELECT ?2 AS b, ?1 AS a").bind(1, 2).first()
await db.prepare("SELECT ?3 AS c").bind(1, 2, 3).first()
await db.prepare("SELECT ?1 AS a, ? AS b, ?1 AS c").bind(1, 2).first()
await db.prepare("SELECT :name AS a").bind(1).first()
await db.prepare("SELECT :name AS a").bind({"name": 1}).first()
await db.prepare("SELECT $a AS a, @b AS b").bind(1, 2).first()
statement.absent
db.absent
hasattr(db, "prepare")
db.prepare()
await db.prepare(None).first()
await db.prepare("")
db.prepare("SELECT 1").bind
str(type(db))
kind(worker.env.DB._binding) if hasattr(worker.env.DB, "_binding") else "hidden"

# Time and randomness in SQL
await db.prepare(
    "SELECT typeof(datetime('now')) AS t, length(datetime('now')) AS l, typeof(unixepoch()) AS u"
).first()
await db.prepare(
    "SELECT date('2024-02-30') AS d, strftime('%Y-%j', '2024-12-31') AS s, julianday('2000-01-01') AS j"
).first()
await db.prepare(
    "SELECT time('12:00', '+90 minutes') AS t, datetime(0, 'unixepoch') AS z, date('nonsense') AS n"
).first()
await db.prepare(
    "SELECT unixepoch('2024-01-01', 'subsec') AS s, timediff('2024-01-02', '2024-01-01') AS d"
).first()
await db.prepare(
    "SELECT typeof(random()) AS r, length(randomblob(4)) AS b, typeof(hex(randomblob(2))) AS h"
).first()

# Functions that the build has
await db.prepare(
    "SELECT sqrt(9) AS s, pow(2, 10) AS p, ln(1) AS l, pi() AS pi, mod(7, 3) AS m, trunc(2.7) AS t"
).first()
await db.prepare(
    "SELECT json('{\"b\": 1, \"a\": [1,2]}') AS j, json_array(1, 'a', NULL) AS a, json_valid('{') AS v"
).first()
await db.prepare("SELECT '{\"a\":{\"b\":5}}' ->> '$.a.b' AS b, '{\"a\":[1]}' -> 'a' AS a").first()
await db.prepare("SELECT value, key FROM json_each('[10, 20]')").raw()
await db.prepare("SELECT group_concat(x, '-') AS g FROM (SELECT 1 AS x UNION SELECT 2)").first()
await db.prepare("SELECT sum(x) OVER (ORDER BY x) AS s FROM (SELECT 1 AS x UNION SELECT 2)").raw()
await db.prepare(
    "SELECT iif(1, 'a', 'b') AS i, coalesce(NULL, 2) AS c, nullif(1, 1) AS n, typeof(NULL) AS t"
).first()
await db.prepare("SELECT 'a' LIKE 'A' AS l, 'a' GLOB 'A' AS g, 'é' LIKE 'É' AS e").first()
await db.prepare("SELECT 'abc' REGEXP 'b' AS r").first()
await db.prepare("SELECT upper('é') AS u, unicode('☃') AS n, char(9731) AS c, instr('abc', 'c') AS i").first()
await db.prepare("SELECT jsonb('[1]') AS j").first()
await db.prepare(
    "SELECT string_agg(x, ',') AS s, concat('a', 1, NULL) AS c, concat_ws('-', 1, 2) AS w FROM (SELECT 1 AS x)"
).first()
await db.prepare("SELECT octet_length('é') AS o, format('%05.1f', 2.25) AS f, unhex('41') AS u").first()
await db.prepare("SELECT median(x) FROM (SELECT 1 AS x)").first()
await db.prepare("SELECT sqlite_source_id() IS NOT NULL AS s").first()
await db.prepare("SELECT sqlite_compileoption_used('ENABLE_FTS5') AS f").first()

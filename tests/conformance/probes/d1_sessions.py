# ruff: noqa
"""Sessions and their bookmarks."""

import re

db = env.DB
await db.exec("CREATE TABLE IF NOT EXISTS told (id INTEGER PRIMARY KEY, t TEXT)")

session = db.withSession()
type(session).__name__
session.getBookmark()
await session.prepare("SELECT 1 AS a").first()
mark = session.getBookmark()
[type(mark).__name__, re.sub("[0-9a-f]", "0", mark) if isinstance(mark, str) else mark]
await session.prepare("INSERT INTO told (t) VALUES ('x')").run() and "written"
later = session.getBookmark()
[type(later).__name__, later == mark, later > mark if isinstance(later, str) else None]
await session.batch([session.prepare("SELECT 1 AS a"), session.prepare("SELECT 2 AS a")])
session.absent
session.exec
session.dump
session.withSession

await db.withSession("first-primary").prepare("SELECT 1 AS a").first()
await db.withSession("first-unconstrained").prepare("SELECT 1 AS a").first()
await db.withSession(later).prepare("SELECT count(*) > 0 AS a FROM told").first()
await db.withSession("").prepare("SELECT 1 AS a").first()
await db.withSession("nonsense").prepare("SELECT 1 AS a").first()
await db.withSession(None).prepare("SELECT 1 AS a").first()
await db.withSession(5).prepare("SELECT 1 AS a").first()
db.withSession("first-primary").getBookmark()
db.withSession("first-unconstrained").getBookmark()
db.withSession("nonsense").getBookmark()
db.withSession(later).getBookmark() == later
second = db.withSession(later)
await second.prepare("SELECT 1").run() and "read"
[second.getBookmark() == later, second.getBookmark() >= later]
await second.prepare("nonsense").run()
await session.batch([db.prepare("SELECT 1 AS from_db")])
await db.batch([session.prepare("SELECT 1 AS from_session")])
(await session.prepare("SELECT 1").run()).meta.served_by_primary
(await session.prepare("SELECT 1").run()).meta.get("served_by_region", "absent")
sorted((await session.prepare("SELECT 1").run()).meta)
sorted((await db.prepare("SELECT 1").run()).meta)

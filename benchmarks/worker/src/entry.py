"""The Worker that is measured: an answer without anything, and point reads from D1."""

from workers import Response, WorkerEntrypoint

READ = "SELECT id, title FROM notes WHERE id = ?"


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        path, _, count = request.url.partition("://")[2].partition("/")[2].partition("/")
        return await getattr(self, path)(int(count or 1))

    async def prepare(self, count):
        database = self.env.DB
        await database.exec("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, title TEXT)")
        await database.exec("DELETE FROM notes")
        insert = database.prepare("INSERT INTO notes (id, title) VALUES (?, ?)")
        await database.batch([insert.bind(number, f"note {number}") for number in range(1, count + 1)])
        return Response(f"{count} notes")

    async def hello(self, count):
        return Response("hello")

    async def read(self, count):
        """As many point reads as asked for, in one request."""
        statement = self.env.DB.prepare(READ)
        for number in range(count):
            row = await statement.bind(number % 100 + 1).first()
        return Response.json({"id": row["id"], "title": row["title"]})

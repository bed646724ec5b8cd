"""A notes API on D1. Every request is a session; its bookmark travels in a header."""

import routes
from pyodide.ffi import JsException
from workers import Response, WorkerEntrypoint

BOOKMARK = "x-d1-bookmark"


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        start = request.headers.get(BOOKMARK) or "first-unconstrained"
        session = self.env.DB.withSession(start)
        try:
            status, data = await routes.answer(request, session)
        except ValueError as error:
            status, data = 400, {"error": str(error)}
        except JsException as error:
            if "UNIQUE constraint failed: notes.title" not in str(error):
                raise
            status, data = 409, {"error": "there is a note with this title already"}
        bookmark = session.getBookmark()
        headers = {BOOKMARK: bookmark} if bookmark else None
        return Response.json(data, status=status, headers=headers)

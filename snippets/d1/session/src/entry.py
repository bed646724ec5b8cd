import routes
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
        bookmark = session.getBookmark()
        headers = {BOOKMARK: bookmark} if bookmark else None
        return Response.json(data, status=status, headers=headers)

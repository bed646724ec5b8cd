"""The Worker that the probes run in: `POST /each?seed=1` with a probe's source, and the routes of
`routes.py`.
"""

import module_scope
from evaluate import evaluate
from routes import ROUTES
from workers import Response, WorkerEntrypoint


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        path, _, query = request.url.partition("://")[2].partition("/")[2].partition("?")
        if path in {"", "each"} and request.method == "POST":
            seed = int(query.removeprefix("seed=") or 1)
            body = await evaluate(self, request, every=path == "each", seed=seed)
            return Response(body, headers={"content-type": "application/json"})
        if path == "module-scope":
            return Response.json(module_scope.ANSWERS)
        route = ROUTES.get(path)
        if route is None:
            return Response(f"no route {path}", status=404)
        return await route(self, request)

    async def scheduled(self, controller, env=None, ctx=None):
        if controller.cron == "0 0 * * *":
            raise ValueError("midnight is refused")
        seen = [
            type(controller).__name__,
            controller.constructor.name,
            controller.cron,
            controller.scheduledTime,
        ]
        await self.env.KV.put("scheduled", repr([*seen, type(env).__name__, type(ctx).__name__]))

"""The dev server: a Worker behind HTTP.

`doris.server.app` is an ASGI application around a `Runtime`; `doris.server.serve` runs it with uvicorn,
watches the project's files and says ``Ready``.
"""

from doris.server.app import WorkerApp
from doris.server.serve import serve

__all__ = ["WorkerApp", "serve"]

"""What the SDK finds beside Pyodide."""

from __future__ import annotations

from tests.runtime.conftest import Fetching


async def test_patch_env_puts_values_over_the_environment(fetching: Fetching) -> None:
    body = """
    import workers
    before = workers.env.TEXT
    with patch_env(TEXT="patched", ADDED="added"):
        inside = f"{workers.env.TEXT} {workers.env.ADDED}"
    return Response(f"{before} {inside} {workers.env.TEXT} {hasattr(workers.env, 'ADDED')}")
    """
    async with fetching(body, before="from workers import patch_env", vars={"TEXT": "own"}) as worker:
        assert await (await worker.fetch("/")).text() == "own patched added own False"


async def test_modules_of_the_platform(fetching: Fetching) -> None:
    body = """
    from workers import import_from_javascript
    names = [import_from_javascript("cloudflare:workers").env.TEXT]
    for name in ("cloudflare:sockets", "node:nothing"):
        try:
            import_from_javascript(name).connect("x:1")
        except Exception as error:
            names.append(f"{type(error).__name__}: {error}")
    return Response("|".join(names))
    """
    async with fetching(body, vars={"TEXT": "t"}) as worker:
        text, sockets, missing = (await (await worker.fetch("/")).text()).split("|")
    assert text == "t"
    assert "doris does not emulate TCP sockets yet" in sockets
    assert missing == "ImportError: Failed to import 'node:nothing': Error: No such module \"node:nothing\"."


async def test_compatibility_flags_follow_date_and_flags(fetching: Fetching) -> None:
    body = """
    import _cloudflare_compat_flags as flags
    return Response(f"{flags.python_process_pth_files} {flags.python_request_headers_preserve_commas}")
    """
    async with fetching(body) as worker:
        assert await (await worker.fetch("/")).text() == "True True"
    async with fetching(body, compatibility_date="2026-03-01") as worker:
        assert await (await worker.fetch("/")).text() == "False True"
    flags = [
        "python_workers",
        "disable_python_process_pth_files",
        "disable_python_request_headers_preserve_commas",
    ]
    async with fetching(body, compatibility_flags=flags) as worker:
        assert await (await worker.fetch("/")).text() == "False False"


async def test_fastapi_runs_plain_functions_inline_as_production_does(fetching: Fetching) -> None:
    before = """
    import asgi, threading
    from fastapi import FastAPI
    app = FastAPI()

    @app.get("/sync")
    def sync():
        return {"thread": threading.current_thread().name}
    """
    async with fetching("return await asgi.fetch(app, request, self.env, self.ctx)", before=before) as worker:
        assert await (await worker.fetch("/sync")).json() == {"thread": "MainThread"}

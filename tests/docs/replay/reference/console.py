"""The main module of a Worker that runs what is typed at a page's prompts, inside the real runtime.

It answers as `session_child.py` does, so that the page cannot tell them apart. `import doris` finds
`doris_there.py`.
"""

import ast
import asyncio
import contextlib
import inspect
import io
import json
import sys
import traceback
import types

import doris_there
from workers import Response, WorkerEntrypoint

module = types.ModuleType("__main__")
sys.modules["doris"] = doris_there


class Default(WorkerEntrypoint):
    async def fetch(self, request):
        asked = await request.json()
        doris_there.context = self.ctx, self.env
        output, error = io.StringIO(), None
        with contextlib.redirect_stdout(output):
            try:
                await run(asked)
            except BaseException as raised:
                error = described(raised)
        answer = {"output": output.getvalue(), "error": error, "answer": doris_there.last_answer}
        return Response(json.dumps(answer))


async def run(asked):
    source = "\n" * (asked["line"] - 1) + asked["source"]
    mode = "single" if asked["mode"] == "statement" else "exec"
    code = compile(source, asked["file"], mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    function = types.FunctionType(code, module.__dict__)
    if inspect.iscoroutinefunction(function):
        await asyncio.ensure_future(function())
    else:
        function()


def described(raised):
    frames = [
        [frame.filename, frame.lineno, frame.name] for frame in traceback.extract_tb(raised.__traceback__)
    ]
    return {"frames": frames, "last": "".join(traceback.format_exception_only(raised)).rstrip("\n")}

"""Ask the reference runtime a question.

    python -m tests.reference.ask FILE.py                     run the file inside the real runtime, print
    its result python -m tests.reference.ask -c 'await env.KV.get("x")'  the same for one line
    python -m tests.reference.ask --each FILE.py              the value (or error) of every expression in it
    python -m tests.reference.ask --worker FILE.py --path /x  the file is a whole Worker: send it one request
    python -m tests.reference.ask --serve [--port 8791]       stay, and answer source that is sent with POST
    / or POST /each

The file may `await` at the top; its last expression is the result, or what its `async def main(env)`
returns. Known names: `env` (DB, KV, STR, NUM, FLT, BOOL, NULLV, JOBJ, JARR, …), `ctx`, `request`, `js`,
everything of `pyodide.ffi` and of `workers`, `O(**fields)` for a JavaScript object, `J(value)` for a
JavaScript value through JSON.
"""

from __future__ import annotations

import argparse
import http.server
import sys
import tempfile
from pathlib import Path

from tests.reference.modules import WorkerModule, sdk_modules
from tests.reference.runtime import Reference, ReferenceError, ReferenceRuntime

PROBE_WORKER = Path(__file__).resolve().parent.parent / "conformance" / "worker"


def start_ask_worker(runtime: ReferenceRuntime) -> Reference:
    """Start the Worker that runs what it is sent."""
    return runtime.start(PROBE_WORKER)


def run_worker(
    runtime: ReferenceRuntime, file: Path, config: Path | None, path: str, method: str, body: str | None
) -> None:
    """Start the file as a Worker of its own, send it one request, print the answer and the log."""
    with tempfile.TemporaryDirectory() as temporary:
        modules = [WorkerModule("entry.py", "PythonModule", file), *sdk_modules()]
        if config is None:
            text = (PROBE_WORKER / "wrangler.jsonc").read_text(encoding="utf-8")
            config = Path(temporary) / "wrangler.jsonc"
            config.write_text(text, encoding="utf-8")
            (Path(temporary) / "src").mkdir()
            (Path(temporary) / "src" / "entry.py").write_text("", encoding="utf-8")
        with runtime.start(config, modules=modules) as worker:
            answer = worker.fetch(path, method=method, body=body)
            print(f"HTTP {answer.status} {answer.reason}")
            for name, value in answer.headers:
                print(f"{name}: {value}")
            print()
            print(answer.text)
            for entry in worker.logs:
                print(f"[{entry['level']}] {entry['message']}", file=sys.stderr)


def serve(runtime: ReferenceRuntime, port: int) -> None:
    """Answer source over HTTP until interrupted; a Worker that dies is started again."""
    worker = start_ask_worker(runtime)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            nonlocal worker
            source = self.rfile.read(int(self.headers.get("content-length", 0)))
            marks = len(worker.logs)
            try:
                answer = worker.fetch(self.path, method="POST", body=source, timeout=20)
                status, body = answer.status, answer.body
            except ReferenceError as error:
                status, body = 500, str(error).encode()
            if status != 200:
                body += "".join(f"\n[{e['level']}] {e['message']}" for e in worker.logs[marks:]).encode()
                body += b"\n(the runtime was started again: its state is fresh)\n"
                worker.stop()
                worker = start_ask_worker(runtime)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body + b"\n")

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = http.server.HTTPServer(("127.0.0.1", port), Handler)
    print(f"Asking on http://127.0.0.1:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("-c", dest="line", help="source given here")
    parser.add_argument("--each", action="store_true", help="answer every expression by itself")
    parser.add_argument("--worker", action="store_true", help="the file is a whole Worker")
    parser.add_argument("--config", type=Path, help="wrangler file for --worker")
    parser.add_argument("--path", default="/", help="path of the request to a --worker")
    parser.add_argument("--method", default="GET")
    parser.add_argument("--body")
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--port", type=int, default=8791)
    options = parser.parse_args(arguments)
    try:
        with ReferenceRuntime() as runtime:
            if options.serve:
                serve(runtime, options.port)
            elif options.worker:
                run_worker(runtime, options.file, options.config, options.path, options.method, options.body)
            else:
                source = (
                    options.line if options.line is not None else options.file.read_text(encoding="utf-8")
                )
                answer = start_ask_worker(runtime).fetch(
                    "/each" if options.each else "/", method="POST", body=source
                )
                print(answer.text)
                return 0 if answer.status == 200 else 1
    except ReferenceError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What `import doris` finds at a page's prompts when the page is replayed on the reference runtime.

`doris.open` cannot start a Worker there: the prompts already run inside the project's own Worker, with its
real bindings.
"""

from importlib import import_module

from workers import Request

context = None
last_answer = None
main_module = "entry"


class Opened:
    """The project that the prompts run in."""

    def __init__(self):
        self.env = context[1]

    def __await__(self):
        yield from ()
        return self

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        return None

    async def close(self):
        return None

    async def fetch(self, path="/", *, method="GET", headers=None, body=None, json=None):
        global last_answer
        headers = dict(headers or {})
        if json is not None:
            import json as encoder

            body = encoder.dumps(json)
            headers.setdefault("content-type", "application/json")
        url = path if "://" in path else f"http://localhost{path}"
        request = Request(url, method=method, headers=headers, body=body)
        response = await import_module(main_module).Default(*context).fetch(request)
        copy = response.clone()
        lines = [
            f"HTTP/1.1 {copy.status} {copy.status_text}",
            *(f"{k}: {v}" for k, v in copy.headers.items()),
        ]
        last_answer = "\n".join([*lines, "", await copy.text()])
        return response


def open(path=".", **options):
    if options:
        raise TypeError(f"doris.open on the reference runtime has no {', '.join(options)}")
    return Opened()

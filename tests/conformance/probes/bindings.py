# ruff: noqa
"""env, ctx and what they hold."""

env.STR
env.EMPTY
env.NUM
env.BIG
env.FLT
env.BOOL
env.NO
env.NULLV
env.NULLV is None
env.NULLV is jsnull
bool(env.NULLV)
env.NULLV == jsnull
repr(env.NULLV)
str(env.NULLV)
env.JOBJ
env.JOBJ.a
env.JOBJ["a"]
env.JOBJ.t
env.JOBJ.absent
env.JOBJ.to_py()
dict(env.JOBJ)
list(env.JOBJ)
len(env.JOBJ)
json.dumps(env.JOBJ)
js.JSON.stringify(env.JOBJ)
list(js.Object.keys(env.JOBJ))
[[key, describe(value)] for key, value in env.JOBJ.as_object_map().items()] if hasattr(
    env.JOBJ, "as_object_map"
) else None
env.JARR
env.JARR[0]
env.JARR[-1]
env.JARR[5]
env.JARR[0:2].to_py()
len(env.JARR)
list(env.JARR)
env.JARR.to_py()
env.JARR.length
"x" in env.JARR
env.JARR.append(2)
env.JARR.to_py()
env.JOBJ is env.JOBJ
env.JOBJ == env.JOBJ
env.ABSENT
hasattr(env, "ABSENT")
getattr(env, "ABSENT", "given")
env["STR"]
list(env)
len(env)
"STR" in env
"STR" in dir(env)
type(env).__name__
bool(env)
repr(env).startswith("<workers")
env.STR = "changed"
env.STR
env.MADE = 5
env.MADE
del env.MADE
env.__class__.__name__
type(env.KV).__name__
type(env.DB).__name__
env.KV is env.KV
env.DB is env.DB
env is worker.env
workers.env is env
type(workers.env).__name__
workers.env.STR
type(workers.env.KV).__name__
workers.env.ABSENT
kind(workers.env)
type(ctx).__name__
kind(ctx)
[
    name
    for name in (
        "waitUntil",
        "passThroughOnException",
        "props",
        "exports",
        "abort",
        "cache",
        "version",
        "nope",
    )
    if hasattr(ctx, name)
]
ctx.props
ctx.waitUntil(asyncio.sleep(0))
ctx.waitUntil(None)
ctx.waitUntil(5)
ctx.waitUntil()
ctx.waitUntil(asyncio.ensure_future(asyncio.sleep(0)))
ctx.waitUntil(js.Promise.resolve(1))
ctx.passThroughOnException()
ctx.absent
workers.wait_until(asyncio.sleep(0))
workers.waitUntil(asyncio.sleep(0)) if hasattr(workers, "waitUntil") else "absent"
sorted(workers.__all__)
workers.absent
type(worker).__name__
type(worker).__mro__[1].__name__
worker.absent
worker.ctx is ctx
[type(getattr(worker, name)).__name__ for name in ("fetch", "scheduled")]


async def in_a_call():
    with (
        workers.patch_env(STR="patched", NEW=1)
        if hasattr(workers, "patch_env")
        else __import__("contextlib").nullcontext()
    ):
        return [workers.env.STR, getattr(workers.env, "NEW", None)]


await in_a_call()
workers.env.STR
with workers.patch_env({"A B": 1, "OTHER": [1]}):
    patched = getattr(workers.env, "OTHER", None)
patched
hasattr(workers.env, "OTHER")

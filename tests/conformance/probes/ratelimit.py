# ruff: noqa
"""The rate limiting binding."""

limiter = env.RL
raw = limiter._binding


async def outcomes(binding, count, **options):
    return [(await binding.limit(options)).success for _ in range(count)]


# Counting must not run over the end of a window.
waited = js.Date.now() % 10_000 > 8_000 and await asyncio.sleep(0.45)
waited = js.Date.now() % 10_000 > 8_000 and await asyncio.sleep(0.45)
waited = js.Date.now() % 10_000 > 8_000 and await asyncio.sleep(0.45)
waited = js.Date.now() % 10_000 > 8_000 and await asyncio.sleep(0.45)
waited = js.Date.now() % 10_000 > 8_000 and await asyncio.sleep(0.45)
kind(raw)
type(limiter).__name__
js.Object.keys(raw).to_py()
sorted(js.Object.getOwnPropertyNames(js.Object.getPrototypeOf(raw)).to_py())
js.JSON.parse(js.JSON.stringify(raw)).limitVal
await limiter.limit({"key": "a"})
await limiter.limit(key="b")
await limiter.limit(O(key="b"))
kind(await raw.limit(O(key="b")))
sorted(await limiter.limit(key="c"))
await outcomes(limiter, 7, key="count")
await outcomes(limiter, 2, key="another")
await outcomes(env.SHORT_RL, 4, key="count")
await outcomes(env.SAME_RL, 4, key="shared")
await outcomes(limiter, 7, key="shared")
await limiter.limit()
await limiter.limit(None)
await limiter.limit(5)
await limiter.limit("key")
await limiter.limit({})
await limiter.limit([])
await limiter.limit(["a", "b"])
await limiter.limit(key="")
await limiter.limit(key=5)
await limiter.limit(key=None)
await limiter.limit(key=True)
await limiter.limit(key=1.5)
await limiter.limit(key=["a"])
await limiter.limit(key={"a": 1})
await limiter.limit(key=O(a=1))
await limiter.limit(key=b"bytes")
await limiter.limit(key="é☃😀")
await limiter.limit(key="x" * 5000)
await limiter.limit(key="\ud800")
await limiter.limit(key="x", foo=1)
await limiter.limit(key="x", foo=1, bar=2)
await limiter.limit(foo=1, key=5)
await limiter.limit(key="x", limit="5")
await limiter.limit(key="x", limit=None)
await limiter.limit(key="x", period=30)
await limiter.limit(key="x", period="10")
await limiter.limit(key="x", period=None)
await limiter.limit(key="x", period=10)
await outcomes(limiter, 4, key="own", limit=2)
await outcomes(limiter, 2, key="own")
await outcomes(limiter, 2, key="none", limit=0)
await outcomes(limiter, 2, key="less", limit=-1)
await outcomes(limiter, 3, key="half", limit=1.5)
await outcomes(limiter, 4, key="period", period=10)
await outcomes(limiter, 6, key="period")
await outcomes(limiter, 4, key="weight", delta=2)
await outcomes(limiter, 2, key="heavy", delta=100)
await limiter.limit(key="d", delta=0)
await limiter.limit(key="d", delta=-1)
await limiter.limit(key="d", delta=1.9)
await limiter.limit(key="d", delta=0.5)
await limiter.limit(key="d", delta="2")
await limiter.limit(key="d", delta="x")
await limiter.limit(key="d", delta=None)
await limiter.limit(key="d", delta=True)
await limiter.limit(key="d", delta=False)
await limiter.limit(key="d", delta=2**32)
await limiter.limit(key="d2", delta=2**32 - 1)
await limiter.limit(key="d", delta=float("inf"))
await limiter.limit(key="d", delta=float("nan"))
await limiter.limit(key="d", delta=[])
await limiter.limit(key="d", delta=O(a=1))
await raw.limit(O(key="x"), 5)
await raw.limit()
(await limiter.limit(key="e"))["success"]
(await limiter.limit(key="e")).nothing
limiter.nothing
limiter.limitVal
limiter.period
kind(limiter.fetcher)
await asyncio.gather(*(limiter.limit(key="at once") for _ in range(7)))

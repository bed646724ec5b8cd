# ruff: noqa
"""Calling across the boundary, functions both ways, promises, errors."""

import traceback


# calling JavaScript
js.parseInt("10", 2)
js.parseInt()
js.Math.max(1, 5, 3)
js.Math.max(*[1, 9])
js.absent
js.Math.absent
js.Math.absent()
js.Object.new()
js.Object()
js.URL
callable(js.URL)
callable(js.Math)
js.Math()
js.Math.new()
js.parseInt.new("1")
type(js.parseInt).__name__
kind(js.parseInt)
js.parseInt.name
js.parseInt.length
js.parseInt.call(None, "5")
js.parseInt.apply(None, J(["7"]))
js.parseInt.bind(None, "8")()
js.String.prototype.toUpperCase.call("abc")
js.Array.prototype.slice.call(J([1, 2, 3]), 1).to_py()
js.Object.keys(5).to_py()
js.Object.keys(None)
js.Object.keys("ab").to_py()
js.Reflect.ownKeys(O(a=1)).to_py()
js.Function
js.Function.new("return 1")
js.eval
js.eval("1")
js.globalThis == js.self
kind(js.globalThis)
js.mine = 5
js.mine
js.globalThis.mine
del js.mine
js.mine
from js import URL as imported

imported.new("http://x").href
from js import nonexistent
import js.absent_module

js.__name__
type(js).__name__
[
    name
    for name in (
        "Object",
        "fetch",
        "Response",
        "caches",
        "crypto",
        "console",
        "setTimeout",
        "navigator",
        "process",
        "Buffer",
        "require",
        "window",
        "document",
        "XMLHttpRequest",
        "WebSocket",
        "EventSource",
        "performance",
        "scheduler",
        "structuredClone",
        "reportError",
        "HTMLRewriter",
        "WebSocketPair",
        "FixedLengthStream",
        "Intl",
        "WebAssembly",
        "Atomics",
        "SharedArrayBuffer",
        "Proxy",
        "WeakRef",
        "Temporal",
        "Iterator",
        "queueMicrotask",
        "atob",
        "btoa",
        "TextEncoder",
        "MessageChannel",
        "BroadcastChannel",
        "Worker",
        "AbortController",
        "Event",
        "CompressionStream",
        "URLPattern",
        "Cloudflare",
        "ServiceWorkerGlobalScope",
        "gc",
        "escape",
        "Float16Array",
    )
    if hasattr(js, name)
]
js.navigator.userAgent
js.navigator.hardwareConcurrency
js.atob("aGk=")
js.btoa("hi")
js.atob("?")
js.btoa("☃")
js.encodeURIComponent("é &/")
js.decodeURIComponent("%C3%A9")
js.decodeURIComponent("%zz")
js.encodeURI("é &/")
js.escape("é &/") if hasattr(js, "escape") else "absent"
js.TextEncoder.new().encode("é").to_bytes()
js.TextDecoder.new().decode(to_js(b"\xc3\xa9"))
js.TextDecoder.new("utf-8", O(fatal=True)).decode(to_js(b"\xff"))
js.TextDecoder.new("latin1").decode(to_js(b"\xe9"))
js.TextDecoder.new("nonsense")
js.structuredClone(J({"a": [1]})).to_py()
js.structuredClone(lambda: 1)
js.structuredClone(js.parseInt)
js.structuredClone({"a": 1})
js.JSON.parse("{")
js.JSON.parse("")
js.JSON.parse('{"a": 1}', lambda key, value, *rest: value).to_py()
js.JSON.stringify(J({"a": [1, None]}), jsnull, 2)
js.JSON.stringify(js.undefined)
js.JSON.stringify("é\n")
js.JSON.stringify(5)
js.JSON.stringify(lambda: 1)
js.JSON.stringify(cyclic := js.Array.new()) if not (cyclic := js.Array.new()).push(
    cyclic
) else js.JSON.stringify(cyclic)
js.JSON.stringify(js.BigInt(5))

# Python called from JavaScript
J([1]).map(lambda *arguments: len(arguments)).to_py()
J([1]).map(lambda item: item).to_py()
J([1]).map(lambda: 7).to_py()
J([1]).map(lambda a, b, c, d: d).to_py()
J([2, 1]).sort(lambda a, b: a - b).to_py()
J([1]).map(print)[0]
J(["5"]).map(int).to_py()
J([1]).map({"a": 1}.get).to_py()


def fails(*arguments):
    raise KeyError("from python")


def fails_js(*arguments):
    raise js.Error.new("a js error raised in python")


J([1]).map(fails)
J([1]).map(fails_js)
J([1]).map(lambda *a: js.JSON.parse("{"))
J([1]).map(lambda *a: (_ for _ in ()).throw(StopIteration("s")))
J([1]).map(5)
J([1]).map()
J([1]).map(lambda *a: (1, 2))[0]
J([1]).map(lambda *a: {"a": 1})[0]
J([1]).map(lambda *a: None)[0]
type(J([1]).map(lambda *a: {"a": 1})[0]).__name__
proxy = create_proxy({"a": 1})
type(proxy).__name__
proxy.type if hasattr(proxy, "type") else "no type"
kind(proxy)
proxy.get("a")
proxy.toString()
proxy.copy() if hasattr(proxy, "copy") else "absent"
proxy.destroy()
proxy.get("a")
str(proxy)
proxy.destroy()
function = create_proxy(lambda a, b=2: a + b)
[function(1), function(1, 5), function.call(None, 1), function.apply(None, J([1, 1]))]
function.callKwargs(1, O(b=10)) if hasattr(function, "callKwargs") else "absent"
function.length
function.name
function(1, 2, 3)
function()
once = create_once_callable(lambda: "once")
once()
once()
type(create_proxy([1, 2])).__name__
create_proxy([1, 2]).length
create_proxy(b"abc").getBuffer().data.to_bytes()
create_proxy(5)
create_proxy("x")
create_proxy(None)
to_js([lambda: 5])[0]()
[type(item).__name__ for item in to_js([object(), [1]])]
unwrapped = {"k": 1}
create_proxy(unwrapped).unwrap() is unwrapped if hasattr(create_proxy(unwrapped), "unwrap") else "absent"

# errors
error = js.Error.new("message")
[
    type(error).__name__,
    kind(error),
    isinstance(error, JsException),
    isinstance(error, Exception),
    isinstance(error, JsProxy),
]
[error.name, error.message, str(error), repr(error)[:40]]
error.args
type(error.stack).__name__
js.TypeError.new("t").name
js.Error.new("m", O(cause="c")).cause
js.Error.new().message
js.Error("called without new").message
js.RangeError.new("r").constructor.name
js.DOMException.new("m", "AbortError").name
js.DOMException.new("m", "AbortError").code
isinstance(js.DOMException.new("m", "AbortError"), JsException)
js.AggregateError.new(J([1]), "several").errors.to_py()
raised = None
try:
    js.JSON.parse("{")
except JsException as caught:
    raised = caught
[type(raised).__name__, raised.name, raised.message, str(raised)]
[type(raised).__mro__[index].__name__ for index in (0, 1)]
raised.js_error if hasattr(raised, "js_error") else "no js_error"
raised.constructor.name
raised.__cause__
traceback.format_exception_only(raised)
try:
    raise js.Error.new("thrown")
except Exception as caught:
    raised = caught
[type(raised).__name__, raised.message]
try:
    raise js.Object.new()
except BaseException as caught:
    raised = caught
describe(raised)
js.Promise.reject(js.Error.new("rejected")) and "made"
await js.Promise.reject(js.Error.new("rejected"))
await js.Promise.reject("a string")
await js.Promise.reject(5)
await js.Promise.reject(None)
await js.Promise.reject(O(a=1))
await js.Promise.reject(ValueError("python error"))
JsException
JsException("made here")
raise JsException("made here")
raise JsException("Name", "message")

# promises
await js.Promise.resolve(5)
await js.Promise.resolve()
await js.Promise.resolve(jsnull)
await js.Promise.resolve(js.Promise.resolve("nested"))
promise = js.Promise.resolve([1])
[type(promise).__name__, kind(promise), hasattr(promise, "__await__"), callable(promise.then)]
[await promise, await promise]
type(js.Promise.resolve(1).then(lambda value: value + 1)).__name__
await js.Promise.resolve(1).then(lambda value: value + 1)
await js.Promise.resolve(1).then(fails)
await js.Promise.reject("x").then(None, lambda reason: f"caught {reason}")
await js.Promise.reject("x").catch(lambda reason: f"caught {reason}")
await js.Promise.resolve("x").finally_(lambda: None)
await js.Promise.all(J([1, 2]))
(await js.Promise.all([js.Promise.resolve(1), 2])).to_py()
(await js.Promise.allSettled([js.Promise.resolve(1), js.Promise.reject("no")])).to_py()
await js.Promise.race([js.Promise.resolve("first"), js.Promise.resolve("second")])
await js.Promise.any([js.Promise.reject("no"), js.Promise.resolve("yes")])
await js.Promise.any([js.Promise.reject("no")])
await js.Promise.all([js.Promise.reject("no")])
await js.Promise.new(lambda resolve, reject: resolve("done"))
await js.Promise.new(lambda resolve, reject: reject("failed"))
await js.Promise.new(fails)
js.Promise.new()
js.Promise.new(5)
js.Promise.withResolvers().promise if hasattr(js.Promise, "withResolvers") else "absent"
order = []
js.queueMicrotask(lambda: order.append("microtask"))
order.append("sync")
await asyncio.sleep(0)
order
order = []
js.setTimeout(create_proxy(lambda: order.append("timeout 0")), 0)
js.Promise.resolve(1).then(lambda value: order.append("then"))
asyncio.get_running_loop().call_soon(lambda: order.append("call_soon"))
order.append("sync")
await asyncio.sleep(0.02)
order
type(js.setTimeout(create_proxy(lambda: None), 1)).__name__
js.clearTimeout(js.setTimeout(create_proxy(lambda: order.append("cleared")), 1))
js.setTimeout("text", 1)
js.setTimeout()
js.clearTimeout(None)
await asyncio.wait_for(js.Promise.resolve(1), 1)
await asyncio.wait_for(js.Promise.new(lambda resolve, reject: None), 0.01)
await asyncio.gather(js.Promise.resolve(1), js.Promise.resolve(2))
asyncio.iscoroutine(js.Promise.resolve(1))
asyncio.isfuture(js.Promise.resolve(1))
asyncio.isfuture(js.Promise.resolve(1).then(lambda value: value))
type(asyncio.ensure_future(js.Promise.resolve(1))).__name__
__import__("inspect").isawaitable(js.Promise.resolve(1))


async def coroutine():
    await asyncio.sleep(0)
    return "from python"


await js.Promise.resolve(coroutine())
js.Array.of(coroutine())[0].close()
await js.Promise.resolve(asyncio.ensure_future(coroutine()))
await js.Promise.all([coroutine(), coroutine()])
run_sync(coroutine())
run_sync(js.Promise.resolve(5))
can_run_sync()
type(asyncio.get_running_loop()).__name__
await asyncio.to_thread(lambda: 1)
await asyncio.get_running_loop().run_in_executor(None, lambda: 1)
async with asyncio.timeout(1):
    await asyncio.sleep(0)
async with asyncio.TaskGroup() as group:
    task = group.create_task(coroutine())
task.result()
(await asyncio.create_task(coroutine(), name="mine"))
asyncio.current_task().get_name().startswith("Task-")
asyncio.Queue().empty()
await asyncio.wait([asyncio.ensure_future(coroutine())]) and "waited"
js.AbortController.new().signal.aborted
controller = js.AbortController.new()
controller.abort("why")
[controller.signal.aborted, controller.signal.reason]
controller.signal.throwIfAborted()
js.AbortSignal.abort().reason.name
events = []
target = js.EventTarget.new()
target.addEventListener("ping", create_proxy(lambda event: events.append([event.type, kind(event)])))
target.dispatchEvent(js.Event.new("ping"))
events

# ruff: noqa
"""Streams: reading, writing, teeing, piping, and bodies made of them."""


async def chunks(stream):
    reader = stream.getReader()
    found = []
    while True:
        step = await reader.read()
        if step.done:
            return found
        found.append(describe(step.value.to_py() if isinstance(step.value, JsProxy) else step.value))


def stream_of(*values):
    pair = js.TransformStream.new()
    writer = pair.writable.getWriter()

    async def fill():
        for value in values:
            await writer.write(to_js(value))
        await writer.close()

    asyncio.ensure_future(fill())
    return pair.readable


def source(pull=None, start=None, cancel=None, **more):
    given = {name: create_proxy(f) for name, f in (("pull", pull), ("start", start), ("cancel", cancel)) if f}
    return js.ReadableStream.new(O(**given, **more))


await chunks(js.Response.new("text").body)
await chunks(js.Response.new(to_js(b"\x00\xff")).body)
await chunks(js.Response.new("").body)
js.Response.new(None).body
await chunks(js.Blob.new(to_js(["ab", "c"])).stream())
await chunks(stream_of(b"a", b"bc"))
await chunks(stream_of())
await js.Response.new(stream_of(b"a", b"\xc3", b"\xa9")).text()
(await js.Response.new(stream_of(b"a", b"bc")).arrayBuffer()).byteLength
await js.Response.new(stream_of(b'{"a"', b":1}")).json()
await Response(stream_of(b"x", b"y")).text()
await Response(stream_of(b"x", b"y")).bytes()
await js.Response.new(stream_of("strings are no bytes")).text()

body = js.Response.new("text").body
kind(body)
body.locked
reader = body.getReader()
kind(reader)
body.locked
body.getReader()
step = await reader.read()
[kind(step), step.done, step.value.to_bytes()]
step = await reader.read()
[step.done, step.value]
await reader.read()
reader.releaseLock()
body.locked
await reader.read()
await reader.closed
js.Response.new("x").body.getReader(O(mode="byob"))
js.Response.new("x").body.getReader(O(mode="nonsense"))

response = js.Response.new("used")
body = response.body
await body.cancel()
response.bodyUsed
await response.text()
response = js.Response.new("locked")
reader = response.body.getReader()
await response.text()
response.clone()
response.bodyUsed

one, two = js.Response.new("teed").body.tee()
[await js.Response.new(one).text(), await js.Response.new(two).text()]
one.tee()
response = js.Response.new("x")
copy = response.clone()
[await response.text(), await copy.text(), response.bodyUsed]


# our own sources
async def pull_three(controller):
    count[0] += 1
    controller.enqueue(to_js(f"{count[0]};".encode()))
    if count[0] == 3:
        controller.close()


count = [0]
await js.Response.new(source(pull=pull_three)).text()
count
count = [0]
await chunks(source(pull=pull_three))


def start_two(controller):
    controller.enqueue("plain")
    controller.enqueue(5)
    controller.close()


await chunks(source(start=start_two))
await js.Response.new(source(start=start_two)).text()


def start_error(controller):
    controller.error(js.Error.new("source failed"))


await chunks(source(start=start_error))
await js.Response.new(source(start=start_error)).text()


def start_closed_twice(controller):
    controller.close()
    try:
        controller.close()
    except Exception as error:
        told.append(describe(error))
    try:
        controller.enqueue("late")
    except Exception as error:
        told.append(describe(error))


told = []
await chunks(source(start=start_closed_twice))
told


def raise_in_start(controller):
    raise ValueError("python failed")


source(start=raise_in_start)


async def raise_in_pull(controller):
    raise ValueError("python failed")


failed = await answer(lambda: chunks(source(pull=raise_in_pull)))
[failed["raises"], failed.get("name"), "python failed" in failed["text"]]
reasons = []
stream = source(
    start=lambda controller: controller.enqueue("a"), cancel=lambda reason: reasons.append(str(reason))
)
await stream.cancel("enough")
reasons
await chunks(stream)
sizes = []
stream = source(start=lambda controller: sizes.append(controller.desiredSize))
sizes
js.ReadableStream.new().locked
js.ReadableStream.new(5)
[value async for value in source(start=start_two)]
[value for value in source(start=start_two)]

# transforms
upper = js.TransformStream.new(
    O(transform=create_proxy(lambda chunk, controller: controller.enqueue(chunk.upper())))
)
writer = upper.writable.getWriter()
kind(writer)
asyncio.ensure_future(writer.write("abc")) and "writing"
asyncio.ensure_future(writer.close()) and "closing"
await chunks(upper.readable)
[upper.writable.locked, upper.readable.locked]
identity = js.IdentityTransformStream.new()
writer = identity.writable.getWriter()
asyncio.ensure_future(writer.write(to_js(b"ab"))) and "writing"
asyncio.ensure_future(writer.close()) and "closing"
await chunks(identity.readable)
await chunks(js.Response.new("piped").body.pipeThrough(js.TransformStream.new()))
await chunks(js.Response.new("é").body.pipeThrough(js.TextDecoderStream.new()))
written = []
sink = js.WritableStream.new(
    O(write=create_proxy(lambda chunk, controller: written.append(chunk.to_bytes())))
)
await js.Response.new("to a sink").body.pipeTo(sink)
written
sink.locked
type(js.Response.new("x").body.pipeTo(5)).__name__
pair = js.TransformStream.new()
writer = pair.writable.getWriter()
writer.desiredSize
asyncio.ensure_future(answer(lambda: writer.abort("stopped"))) and "aborting"
await chunks(pair.readable)
await writer.write("late")
await writer.closed
fixed = js.FixedLengthStream.new(3)
writer = fixed.writable.getWriter()
asyncio.ensure_future(answer(lambda: writer.write(to_js(b"abcd")))) and "writing"
await chunks(fixed.readable)

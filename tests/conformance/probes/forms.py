# ruff: noqa
"""FormData, Blob and File, JavaScript's and the SDK's."""


async def shown(value):
    if isinstance(value, str):
        return value
    if isinstance(value, JsProxy):
        return [kind(value), getattr(value, "name", None), value.type, value.size, await value.text()]
    return [
        type(value).__name__,
        getattr(value, "name", None),
        value.content_type,
        value.size,
        await value.text(),
    ]


async def parsed(body, content_type):
    form = await js.Response.new(
        to_js(body) if isinstance(body, bytes) else body, O(headers=J({"content-type": content_type}))
    ).formData()
    return [[item[0], await shown(item[1])] for item in form]


def part(head, body):
    return f"--b\r\n{head}\r\n\r\n{body}\r\n"


DISPOSITION = "Content-Disposition: form-data; "
MULTIPART = "multipart/form-data; boundary=b"

await parsed("a=1&b=2&a=3", "application/x-www-form-urlencoded")
await parsed("a=%C3%A9+x&=1&c", "application/x-www-form-urlencoded;charset=UTF-8")
await parsed("", "application/x-www-form-urlencoded")
await parsed("a=1", "Application/X-WWW-Form-Urlencoded")
await parsed("a=1", "text/plain")
await parsed("{}", "application/json")
await parsed("x", "multipart/form-data")
await parsed(part(DISPOSITION + 'name="a"', "1") + "--b--", MULTIPART)
await parsed(part(DISPOSITION + 'name="a"', "1") + "--b--\r\n", MULTIPART)
await parsed(part(DISPOSITION + 'name="a"', "1") + part(DISPOSITION + 'name="a"', "é") + "--b--", MULTIPART)
await parsed(
    part(DISPOSITION + 'name="f"; filename="x.txt"\r\nContent-Type: text/x', "body") + "--b--", MULTIPART
)
await parsed(part(DISPOSITION + 'name="f"; filename="x.txt"', "body") + "--b--", MULTIPART)
await parsed(part(DISPOSITION + 'name="f"; filename=""', "") + "--b--", MULTIPART)
await parsed(part(DISPOSITION + 'name="é☃"; filename="é.txt"', "x") + "--b--", MULTIPART)
await parsed(part(DISPOSITION + 'name="a%22b"', "x") + "--b--", MULTIPART)
await parsed(part(DISPOSITION + 'name="a\\"b"', "x") + "--b--", MULTIPART)
await parsed(part(DISPOSITION + "name=plain", "x") + "--b--", MULTIPART)
await parsed(part(DISPOSITION + 'filename="x"', "x") + "--b--", MULTIPART)
await parsed(part('content-disposition: form-data; name="low"', "x") + "--b--", MULTIPART)
await parsed(part("X-Other: 1\r\n" + DISPOSITION + 'name="a"', "x") + "--b--", MULTIPART)
await parsed(part(DISPOSITION + 'name="a"\r\nContent-Type: text/html', "<p>") + "--b--", MULTIPART)
await parsed(
    part(DISPOSITION + 'name="f"; filename="b"\r\nContent-Type: application/octet-stream', "\x00\x01")
    + "--b--",
    MULTIPART,
)
await parsed(part(DISPOSITION + 'name="a"', "line\r\nline\n") + "--b--", MULTIPART)
await parsed("--b--", MULTIPART)
await parsed("--b--\r\n", MULTIPART)
await parsed("", MULTIPART)
await parsed("garbage", MULTIPART)
await parsed(part(DISPOSITION + 'name="a"', "1"), MULTIPART)
await parsed("preamble\r\n" + part(DISPOSITION + 'name="a"', "1") + "--b--", MULTIPART)
await parsed(part(DISPOSITION + 'name="a"', "1") + "--b--epilogue", MULTIPART)
await parsed('--b\nContent-Disposition: form-data; name="a"\n\n1\n--b--', MULTIPART)
await parsed(part("Content-Type: text/plain", "x") + "--b--", MULTIPART)
await parsed(part(DISPOSITION + 'name="a"', "1") + "--b--", 'multipart/form-data; boundary="b"')
await parsed(part(DISPOSITION + 'name="a"', "1") + "--b--", "multipart/form-data; boundary=other")
await parsed(part(DISPOSITION + 'name="a"', "1") + "--b--", "multipart/form-data; charset=utf-8; boundary=b")
await parsed(b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--b--', MULTIPART)
await parsed(
    b'--b\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\n\xff\x00\r\n--b--', MULTIPART
)

# JavaScript's FormData
form = js.FormData.new()
form.append("a", "1")
form.append("a", 2)
form.append("n", None)
form.append("b", js.Blob.new(to_js(["blob"]), type="text/x"))
form.append("f", js.File.new(to_js(["file"]), "name.txt", type="text/y"))
form.append("g", js.Blob.new(to_js(["named"])), "given.bin")
form.append("bad", "text", "name.txt")
[[item[0], await shown(item[1])] for item in form]
form.get("a")
form.get("absent")
list(form.getAll("a"))
form.has("a")
form.has("absent")
form.set("a", "9")
list(form.getAll("a"))
form.delete("a")
list(form.keys())
[kind(value) for value in form.values()]
kind(form)
len(form)
"b" in form
form["b"]
list(form)
form.append()
form.append("x")
js.FormData.new(5)
js.FormData("x")
js.FormData.new().to_py()
text = await js.Response.new(form).text()
text.replace(text.split("\r\n")[0][2:], "BOUNDARY")
js.Response.new(form).headers.get("content-type").startswith("multipart/form-data;")
len(js.Response.new(form).headers.get("content-type").split("boundary=")[1])

# the SDK's FormData
mine = FormData({"a": "1", "b": "2"})
list(mine.items())
mine.append("a", "3")
mine.get_all("a") if hasattr(mine, "get_all") else "no get_all"
mine["a"]
mine["absent"]
mine.get("a")
mine.get("absent")
"a" in mine
len(mine)
list(mine)
list(mine.keys())
list(mine.values())
mine["c"] = "4"
del mine["c"]
del mine["absent"]
mine["blob"] = Blob("text", content_type="text/q")
await shown(mine["blob"])
mine.append("f", Blob("x"), filename="f.txt")
await shown(mine["f"])
mine["n"] = 5
mine["n"]
mine["none"] = None
mine["none"]
mine["list"] = ["a", "b"]
mine["list"]
mine["bytes"] = b"x"
mine["bytes"]
FormData()
list(FormData([("a", "1"), ("a", "2")]).items()) if False else "lists are asked below"
FormData([("a", "1"), ("a", "2")])
FormData(5)
FormData(js.FormData.new())
list(FormData(None).items())
mine == mine
kind(mine.js_object)
received = await Response(FormData({"x": "1", "é": "ü"})).form_data()
[type(received).__name__, list(received.items())]
await Response("a=1", headers={"content-type": "application/x-www-form-urlencoded"}).form_data()
await Response("a=1").form_data()

# Blob and File
blob = js.Blob.new(to_js(["ab", "é"]), type="Text/X")
[blob.size, blob.type, await blob.text()]
(await blob.arrayBuffer()).to_bytes()
(await blob.bytes()).to_py()
await blob.slice(0, 2).text()
await blob.slice(1).text()
await blob.slice(-2).text()
[blob.slice(0, 1, "t/u").type, blob.slice(0, 1).type]
await blob.slice(5, 1).text()
await js.Response.new(blob.stream()).text()
await js.Blob.new().text()
await js.Blob.new(to_js([b"\x41", "B", js.Blob.new(to_js(["C"]))])).text()
await js.Blob.new(J([1, None, True])).text()
js.Blob.new("text")
js.Blob.new(5)
js.Blob.new(to_js(["x"]), type="bad\nType").type
js.Blob.new(to_js(["x"]), type="é").type
js.Blob.new(to_js(["x"]), 5)
await js.Blob.new(to_js(["a\r\nb\n"]), endings="native").text()
js.Blob(to_js(["x"]))
file = js.File.new(to_js(["x"]), "n.txt", type="a/b", lastModified=5)
[file.name, file.type, file.size, file.lastModified, kind(file)]
js.File.new(to_js(["x"]))
js.File.new()
js.File.new(to_js(["x"]), 5).name
js.File.new(to_js(["x"]), "a/b").name
type(js.File.new(to_js(["x"]), "n").lastModified).__name__
own = Blob("é", content_type="t/t")
[own.size, own.content_type, await own.text(), await own.bytes()]
await Blob(b"ab").text()
await Blob(["a", b"b"]).text()
await Blob([Blob("in"), "x"]).text()
await Blob(5)
Blob(None)
Blob()
await own.slice(0, 1).bytes()
own_file = File("x", "n.txt", content_type="t/t")
[own_file.name, own_file.size, own_file.content_type, await own_file.text()]
type(own_file.last_modified).__name__
File("x")
repr(own)

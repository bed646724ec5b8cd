# ruff: noqa
"""What JavaScript values are in Python: numbers, proxies and their abilities, to_py."""

E = js.eval if False else None


def value(text):
    """A JavaScript value from JSON text."""
    return js.JSON.parse(text)


# numbers and primitives
value("1")
value("1.0")
value("1.5")
value("-0")
value("1e3")
value("1e21")
value("9007199254740991")
value("9007199254740992")
value("9007199254740993")
value("-9007199254740992")
value("1e400")
value('"x"')
value('"\\ud83d"')
value("true")
value("null")
value("null") is jsnull
js.undefined
js.undefined is None
js.Number.NaN
js.Number.MAX_SAFE_INTEGER
js.Number.MIN_VALUE
js.Number("12")
js.Number("1.0")
js.Number("x")
js.Number("0x10")
js.Number("")
js.parseInt("12px")
js.parseFloat("1.50abc")
js.Math.pow(2, 53)
js.Math.pow(2, 70)
js.Math.sqrt(2)
js.Math.max()
js.Math.round(2.5)
js.BigInt(5)
js.BigInt("9007199254740993")
js.BigInt("123456789012345678901234567890")
type(js.BigInt(5)).__name__
js.Symbol.iterator
js.Symbol("s")
js.String(5)
js.String.fromCharCode(65, 66)
js.isNaN(float("nan"))
type(js.Date.now()).__name__
js.Infinity
js.NaN

# objects
o = value('{"a": 1, "b": {"c": [1, 2]}, "length": 5, "get": 1, "keys": 2}')
o.a
o.b.c.to_py()
o.absent
o["a"]
o.length
o.keys
len(o)
list(o)
dict(o)
"a" in o
bool(o)
bool(value("{}"))
bool(value("[]"))
o == o
o == value('{"a": 1}')
o.b == o.b
o.b is o.b
hash(o) == hash(o)
str(o)
repr(value('{"a":1}'))
str(value("[1,2]"))
repr(value("[1,2]"))
type(o).__name__
isinstance(o, JsProxy)
o.typeof
o.constructor.name
kind(o)
o.js_id == o.js_id
callable(o)
o()
o.new()
o.a()
o.to_py()
o.to_py(depth=1)["b"]
o.object_keys().to_py()
o.object_values().to_py()
o.object_entries().to_py()
dict(o.as_object_map())
sorted(dir(value('{"zz": 1}')))[-1] if "zz" not in dir(value('{"zz": 1}')) else "listed"
"a" in dir(o)
o.as_py_json() if hasattr(o, "as_py_json") else "absent"
o.hasOwnProperty("a")
o.toString()
o.valueOf() == o
iter(o)
next(o)
reversed(o)
o + 1
o < o
o[0]
o[0] = 1
del o["a"]
hasattr(o, "__iter__")
hasattr(o, "__len__")
hasattr(o, "__getitem__")
hasattr(o, "__call__")
hasattr(o, "__await__")
hasattr(o, "then")
getattr(o, "absent", "given")
value('{"class": 1, "from": 2, "from_": 3}').class_ if False else getattr(value('{"class": 1}'), "class")
getattr(value('{"from": 2}'), "from_")
getattr(value('{"from": 2, "from_": 3}'), "from_")
value('{"__proto__": 1}').to_py()
value('{"a": null, "b": [null]}').to_py()
value('{"1": "x", "0": "y"}').to_py()

# arrays
a = value('[10, "x", null, [1], {"k": 1}]')
a[0]
a[-1].k
a[2]
a[9]
a[-9]
a[1:3].to_py()
a[::2].to_py()
a[::-1].to_py()
len(a)
[describe(item) for item in a]
list(reversed(value("[1,2]")))
10 in a
"z" in a
a.to_py()
a.length
a.index("x")
a.index("absent")
a.count(10)
a.append(5)
a.pop()
a.extend([1, 2])
a.insert(0, 1) if hasattr(a, "insert") else "absent"
a.to_py()
a.push(7)
a.join("-")
a[0] = 11
a[0]
del a[0]
a.length
a + value("[1]")
(value("[1]") + value("[2]")).to_py() if hasattr(value("[1]"), "__add__") else "absent"
value("[1,2]") * 2
value("[3,1,2]").sort().to_py()
value("[3,1,2]").map(lambda item, index, array: item * 2).to_py()
value("[3,1,2]").filter(lambda item, *rest: item > 1).to_py()
value("[3,1,2]").reduce(lambda total, item, *rest: total + item, 0)
value("[3,1,2]").find(lambda item, *rest: item == 9)
value("[3,1,2]").includes(1)
value("[3,1,2]").slice(1).to_py()
value("[3,1,2]").at(-1)
value("[[1,[2]],3]").flat().to_py()
value("[3]").forEach(lambda *arguments: None)
value("[1,2]").entries().next().value.to_py()
list(value("[1,2]").keys())
value("[1,2]") == value("[1,2]")
tuple(value("[1,2]"))
first, *rest = value("[1,2,3]")
[first, rest]
max(value("[1,5,3]"))
sorted(value("[3,1,2]"))
sum(value("[3,1,2]"))
json.dumps(value("[1]"))
a.clear() if hasattr(a, "clear") else "absent"
value("[1,2]").remove(1) if hasattr(value("[1]"), "remove") else "absent"
isinstance(a, list)
isinstance(a, __import__("collections.abc", fromlist=["Sequence"]).Sequence)
isinstance(a, JsArray)
isinstance(o, __import__("collections.abc", fromlist=["Mapping"]).Mapping)
type(a).__mro__[1].__name__

# Map, Set, Date, typed arrays
m = js.Map.new(J([["a", 1], ["b", 2]]))
[type(m).__name__, kind(m), len(m), m.size]
m["a"]
m["absent"]
m.get("a")
m.get("absent")
m.get("absent", 5)
"a" in m
list(m)
list(m.keys())
list(m.items()) if callable(m.items) else m.items
[item.to_py() for item in m.entries()]
m["c"] = 3
del m["a"]
del m["absent"]
m.to_py()
m.pop("b") if hasattr(m, "pop") else "absent"
m.update({"z": 1}) if hasattr(m, "update") else "absent"
dict(m)
m.has("c")
bool(js.Map.new())
m == m
s = js.Set.new(J([1, 2, 2]))
[len(s), 1 in s, 9 in s, list(s), s.to_py()]
s[0]
s.add(5).size
bool(js.Set.new())
kind(js.WeakMap.new())
d = js.Date.new(86400000)
[d.getTime(), d.toISOString(), str(d), repr(d)]
d.to_py()
js.Date.new("2024-01-02T03:04:05.678Z").to_py()
js.Date.new(2024, 0, 2).getTime()
js.Date.new("nonsense").getTime()
js.Date.new("nonsense").toISOString()
js.Date.parse("2024-01-01")
js.Date.UTC(2024, 0)
js.JSON.stringify(d)
d - d
d < js.Date.new(0)
kind(js.Date())
u = js.Uint8Array.new(J([1, 2, 300, -1]))
[len(u), u[0], u[3], list(u), u.length, u.byteLength]
u[9]
u[-1]
u[1:3]
u.to_py()
u.to_bytes()
bytes(u)
memoryview(u)
u.to_memoryview().tolist() if hasattr(u, "to_memoryview") else "absent"
u.to_string() if hasattr(u, "to_string") else "absent"
u.slice(1, 2).to_bytes()
u.subarray(1).byteOffset
u.buffer.byteLength
u.buffer.to_bytes()
u[0] = 257
u[0]
u.assign(bytes([9, 8, 7, 6]))
u.to_bytes()
u.assign(b"too long for it")
u.assign_to(bytearray(4))
target = bytearray(4)
u.assign_to(target)
target
u.tolist() if hasattr(u, "tolist") else "absent"
u.set(to_js(b"\x01"))
u.to_bytes()
js.Float64Array.new(J([1, 1.5])).to_py().tolist()
[js.Float64Array.new(J([1, 1.5]))[0], js.Float64Array.new(J([1, 1.5])).to_py().format]
js.Int16Array.new(J([70000])).to_py().tolist()
js.BigInt64Array.new(1).to_py().tolist()
js.Uint8ClampedArray.new(J([300, -5, 1.5])).to_bytes()
js.Uint8Array.new(3).to_bytes()
js.Uint8Array.new(-1)
js.Uint8Array.new(to_js(b"ab").buffer, 1).to_bytes()
js.Uint8Array.new(js.ArrayBuffer.new(2), 3)
js.ArrayBuffer.new(3).to_bytes()
js.ArrayBuffer.new(3).to_py()
js.ArrayBuffer.isView(u)
js.DataView.new(js.ArrayBuffer.new(4)).getInt16(0)
js.Uint8Array.of(1, 2).to_bytes()
js.Uint8Array.from_([1, 2]).to_bytes()
bool(js.Uint8Array.new(0))
callable(u)
to_js(b"ab").to_py() == b"ab"
type(to_js(b"ab").to_py()).__name__


# to_py with converters
class Wrapped:
    pass


js.Object.fromEntries(J([["u", 1]])).to_py()
described = js.Array.of(js.URL.new("http://x"), 1).to_py(
    default_converter=lambda item, convert, cache: kind(item)
)
described
js.URL.new("http://x").to_py()
kind(js.Array.of(js.URL.new("http://x")).to_py()[0])
js.Error.new("e").to_py()
js.parseInt.to_py()
cyclic = js.Array.new()
cyclic.push(cyclic)
back = cyclic.to_py()
back[0] is back
js.Object.create(jsnull)
js.Object.create(jsnull).a
str(js.Object.create(jsnull))
[value(repr(chance.uniform(-1e9, 1e9))) for _ in range(4)]
[value(f"{chance.randint(1, 99)}e{chance.randint(-12, 24)}") for _ in range(8)]

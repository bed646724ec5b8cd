# ruff: noqa
"""What Python values become in JavaScript: to_js, arguments of calls, attributes set."""

import collections
import dataclasses
import datetime
import decimal
import enum
import fractions

STRING = js.String
TYPEOF = js.Function if False else None


def told(value, **options):
    """The JavaScript value: what it is called there, as text and as JSON."""
    made = to_js(value, **options)
    if not isinstance(made, JsProxy):
        return [type(made).__name__, describe(made)]
    return describe(made)


def called(value):
    """What a JavaScript function sees when it is called with the value: its String()."""
    return STRING(value)


class Level(enum.IntEnum):
    HIGH = 2


@dataclasses.dataclass
class Point:
    x: int = 1
    y: int = 2


class Plain:
    def __init__(self):
        self.a = 1


class Text(str):
    pass


class Mapping(dict):
    pass


Pair = collections.namedtuple("Pair", "a b")

VALUES = {
    "None": None,
    "jsnull": jsnull,
    "True": True,
    "False": False,
    "0": 0,
    "7": 7,
    "-7": -7,
    "7.0": 7.0,
    "1.5": 1.5,
    "-0.0": -0.0,
    "1e21": 1e21,
    "1e-7": 1e-7,
    "nan": float("nan"),
    "inf": float("inf"),
    "-inf": float("-inf"),
    "2**31": 2**31,
    "2**53-1": 2**53 - 1,
    "2**53": 2**53,
    "2**64": 2**64,
    "-(2**63)": -(2**63),
    "10**30": 10**30,
    "text": "text",
    "empty": "",
    "astral": "😀é\0",
    "lone": "\ud800",
    "bytes": b"ab\xff",
    "bytearray": bytearray(b"ab"),
    "memoryview": memoryview(b"ab"),
    "array": __import__("array").array("h", [1, -2]),
    "floats": __import__("array").array("d", [1.5]),
    "[]": [],
    "list": [1, 2.5, "x", None, True, [3]],
    "tuple": (1, (2,)),
    "dict": {"a": 1, "b": {"c": [1]}},
    "{}": {},
    "int keys": {1: "a", 2: "b"},
    "mixed keys": {"a": 1, 2: 3, None: 4},
    "tuple keys": {(1, 2): 3},
    "set": {5},
    "frozenset": frozenset({6}),
    "range": range(3),
    "namedtuple": Pair(1, 2),
    "OrderedDict": collections.OrderedDict(a=1),
    "defaultdict": collections.defaultdict(int, a=1),
    "Counter": collections.Counter("aab"),
    "deque": collections.deque([1, 2]),
    "mapping": Mapping(a=1),
    "enum": Level.HIGH,
    "str subclass": Text("t"),
    "Decimal": decimal.Decimal("1.5"),
    "Fraction": fractions.Fraction(1, 2),
    "complex": 1 + 2j,
    "datetime": datetime.datetime(2024, 1, 2, 3, 4, 5, 678000),
    "aware": datetime.datetime(2024, 1, 2, tzinfo=datetime.timezone.utc),
    "date": datetime.date(2024, 1, 2),
    "timedelta": datetime.timedelta(seconds=5),
    "dataclass": Point(),
    "Ellipsis": ...,
    "NotImplemented": NotImplemented,
    "type": int,
    "builtin": len,
    "exception": ValueError("boom"),
    "js object": J({"a": 1}),
    "js array": J([1, 2]),
    "js date": js.Date.new(0),
    "js function": js.parseInt,
    "js null": js.JSON.parse("null"),
    "js undefined": js.undefined,
}

{name: await answer(lambda value=value: told(value)) for name, value in VALUES.items()}
{
    name: await answer(lambda value=value: told(value, dict_converter=js.Object.fromEntries))
    for name, value in VALUES.items()
}
{
    name: await answer(lambda value=value: told(value, create_pyproxies=False))
    for name, value in VALUES.items()
}
{name: await answer(lambda value=value: called(value)) for name, value in VALUES.items()}
{name: await answer(lambda value=value: js.JSON.stringify(value)) for name, value in VALUES.items()}
{name: await answer(lambda value=value: js.Number(value)) for name, value in VALUES.items()}
{name: await answer(lambda value=value: js.Boolean(value)) for name, value in VALUES.items()}
{
    name: await answer(lambda value=value: js.Object.prototype.toString.call(value))
    for name, value in VALUES.items()
}
{name: await answer(lambda value=value: js.Array.isArray(value)) for name, value in VALUES.items()}
{name: await answer(lambda value=value: js.Object.is_(value, value)) for name, value in VALUES.items()}
{name: await answer(lambda value=value: js.structuredClone(to_js(value))) for name, value in VALUES.items()}
{name: await answer(lambda value=value: js.encodeURIComponent(value)) for name, value in VALUES.items()}

told([1, [2, [3]]], depth=1)
told([1, [2, [3]]], depth=2)
told({"a": {"b": 1}}, depth=1)
told({"a": {"b": 1}}, depth=1, dict_converter=js.Object.fromEntries)
told([Plain()], default_converter=lambda value, convert, cache: value.a)
told(
    [Plain(), {"p": Plain()}],
    default_converter=lambda value, convert, cache: convert({"a": value.a}),
    dict_converter=js.Object.fromEntries,
)
told({"a": 1}, dict_converter=js.Map.new)
told({"a": 1}, dict_converter=js.Array.new)
told({"a": 1}, dict_converter=lambda pairs: "mine")
to_js({"a": 1}, nonsense=1)
to_js()
nested = [1]
nested.append(nested)
twice = to_js(nested)
[twice.length, twice[1] == twice]
shared = {"k": 1}
both = to_js([shared, shared], dict_converter=js.Object.fromEntries)
both[0] == both[1]
literal = to_js({"a": 1, "get": 2, "b c": 3})
kind(literal)
literal.a
literal["a"]
getattr(literal, "b c")
literal.get("a") if callable(literal.get) else literal.get
literal.size if hasattr(literal, "size") else "no size"
list(literal) if hasattr(literal, "__iter__") else "not iterable"
literal.to_py()
dict(literal.to_py())
js.Object.entries(literal).to_py()
js.JSON.stringify(literal)
js.Object.keys(literal).to_py()
proxies = to_js([Plain(), lambda: 1])
[type(item).__name__ for item in proxies]
kept = js.Array.new()
to_js([Plain()], pyproxies=kept) and kept.length
to_js(to_js([1])) == to_js([1])
array = to_js([1, 2])
to_js(array) is array
js.Array.from_((1, 2)).to_py()
js.Array.from_({1: 2}).to_py()
js.Array.from_(range(3)).to_py()
js.Array.from_("héllo").to_py()
js.Array.from_(x * 2 for x in (1, 2)).to_py()
js.Array.new(3).length
js.Array.new(1, 2).to_py()
js.Object.new(a=1).a if hasattr(js.Object.new(a=1), "a") else "no a"
target = js.Object.new()
target.a = [1, 2]
[type(target.a).__name__, target.a]
target.b = {"x": 1}
[type(target.b).__name__, target.b]
target.n = None
target.n
js.Object.keys(target).to_py()
js.JSON.stringify(target)
target.t = (1,)
type(target.t).__name__
target.f = lambda a, b=2: [a, b]
target.f(1)
target.f(1, 5)
target.f(1, b=7)
target["c"] = 1
target.c
del target.a
hasattr(target, "a")
del target.absent
js.Object.assign(target, O(z=1)).z
[describe(to_js(chance.randint(-(2**40), 2**40))) for _ in range(3)]
[js.String(chance.uniform(-1, 1) * 10 ** chance.randint(-25, 25)) for _ in range(12)]
[js.String(chance.getrandbits(chance.randint(1, 70))) for _ in range(6)]

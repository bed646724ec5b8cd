"""``JSON``."""

import pytest

from .ask import ask, refuses


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("js.JSON.parse('{\"a\":1.0,\"b\":1e3,\"c\":12345678901234567890}').to_py()", {"a": 1, "b": 1000,
        "c": 12345678901234567000.0}),
        ("repr(js.JSON.parse('null')), js.JSON.parse('\"x\"'), js.JSON.parse(' 5 ')", ("jsnull", "x", 5)),
        ("js.JSON.parse('[1,2]', lambda key, value: value * 2 if isinstance(value, "
        "int) else value).to_py()", [2, 4]),
        ("js.JSON.parse('{\"a\":1,\"b\":2}', lambda key, value: None if key == 'a' else value).to_py()",
        {"b": 2}),
        ("js.JSON.stringify(O(a=1, b=jsnull, c=None, d=1.5, f=True, g=J('[1]'), h=js.parseInt))",
         '{"a":1,"b":null,"d":1.5,"f":true,"g":[1]}'),
        ("js.JSON.stringify(O(e='é\\u2028\"\\n\\x7f'))", '{"e":"é\u2028\\"\\n\x7f"}'),
        ("js.JSON.stringify('\\ud800x')", '"\\ud800x"'),
        ("js.JSON.stringify(J('[1,[2]]'), None, 2)", "[\n  1,\n  [\n    2\n  ]\n]"),
        ("js.JSON.stringify(O(a=J('{}'), b=J('[]')), None, '--')", '{\n--"a": {},\n--"b": []\n}'),
        ("js.JSON.stringify(O(a=1, b=2), to_js(['b'])), js.JSON.stringify(O(a=1), lambda k, "
        "v: v if k == '' else 9)",
         ('{"b":2}', '{"a":9}')),
        ("js.JSON.stringify(None), js.JSON.stringify(js.NaN), js.JSON.stringify(js.Date.new(0))",
         (None, "null", '"1970-01-01T00:00:00.000Z"')),
        ("js.JSON.stringify(js.Map.new(J('[[1,2]]'))), js.JSON.stringify(js.Uint8Array.new(2)), "
        "js.JSON.stringify(js.parseInt)",
         ("{}", '{"0":0,"1":0}', None)),
        ("js.JSON.stringify(J('[null]')), js.JSON.stringify(js.Array.of(None, js.parseInt))", ("[null]",
        "[null,null]")),
        ("js.JSON.stringify([1, 2]), js.JSON.stringify({'a': 1}), js.JSON.stringify(create_proxy(Point()))",
        ("[1,2]", '{"a":1}', "{}")),
        ("str(js.JSON)", "[object JSON]"),
    ],
)  # fmt: skip
def test_values(question, answer):
    assert ask(question) == answer


def test_faults():
    refuses("js.JSON.stringify(2**60)", "TypeError: Do not know how to serialize a BigInt")
    refuses("o = O()\no.me = o\njs.JSON.stringify(o)",
            "TypeError: Converting circular structure to JSON\n    --> starting at object with constructor "
            "'Object'\n"
            "    --- property 'me' closes the circle")  # fmt: skip
    refuses("js.JSON.parse('[' * 100000)", "RangeError: Maximum call stack size exceeded")
    refuses("js.JSON.parse('[NaN]')", "SyntaxError: Unexpected token 'N', \"[NaN]\" is not valid JSON")

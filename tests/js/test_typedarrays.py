"""ArrayBuffers and the typed arrays over them."""

import math

import pytest

from .ask import ask, refuses


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("js.Uint8Array.new(J('[1,2,300,-1]')).to_py().tolist()", [1, 2, 44, 255]),
        ("js.Int8Array.new(J('[200]')).to_py().tolist(), "
        "js.Uint8ClampedArray.new(J('[300,-5,1.5,2.5]')).to_py().tolist()",
         ([-56], [255, 0, 2, 2])),
        ("js.Uint16Array.new(J('[65537]')).to_py().tolist(), "
        "js.Int16Array.new(J('[40000]')).to_py().tolist()", ([1], [-25536])),
        ("js.Uint32Array.new(J('[-1]')).to_py().tolist(), "
        "js.Int32Array.new(J('[4294967295]')).to_py().tolist()", ([4294967295], [-1])),
        ("js.Float32Array.new(J('[1.1]')).to_py().tolist()[0], js.Float64Array.new(J('[1.1]'))[0]",
        (1.100000023841858, 1.1)),
        ("list(js.Float16Array.new(J('[1.5]'))), list(js.Float32Array.new(J('[1e300,-1e300]')))", ([1.5],
        [math.inf, -math.inf])),
        ("js.BigInt64Array.new(to_js([js.BigInt(-5)]))[0], "
        "js.BigUint64Array.new(to_js([js.BigInt(-1)]))[0]", (-5, 2**64 - 1)),
        ("u = js.Uint8Array.new(js.ArrayBuffer.new(4), 1, 2)\n(u.byteOffset, u.length, u.byteLength, "
        "u.BYTES_PER_ELEMENT)", (1, 2, 2, 1)),
        ("js.Uint8Array.new(js.Uint16Array.new(J('[258]'))).to_bytes(), "
        "js.Uint8Array.new(js.Set.new(J('[7]'))).to_bytes()", (b"\x02", b"\x07")),
        ("js.Uint8Array.new(O(length=2)).to_bytes(), js.Uint8Array.new().length, "
        "js.Uint8Array.new(3).length", (b"\0\0", 0, 3)),
        ("js.Uint8Array.of(1,2).to_bytes(), js.Uint8Array.from_(J('[1,2]'), lambda x, i: x + 1).to_bytes()",
        (b"\x01\x02", b"\x02\x03")),
        ("u = js.Uint8Array.of(1,2,3)\n(u.slice(1,2).to_bytes(), u.subarray(1).to_bytes(), u.join('-'), "
        "u.toString(), str(u))",
         (b"\x02", b"\x02\x03", "1-2-3", "1,2,3", "1,2,3")),
        ("u = js.Uint8Array.of(1,2,3)\n(u.includes(2), u.indexOf(3), u.indexOf('3'), u.at(-1), u.at(9), "
        "u.fill(9, 1).to_bytes())",
         (True, 2, -1, 3, None, b"\x01\x09\x09")),
        ("u = js.Uint8Array.of(1,2)\n(u.map(lambda x, *r: x * 2).to_bytes(), u.every(lambda x, *r: x > 0), "
        "list(u.values()), list(u.entries())[1].to_py())",
         (b"\x02\x04", True, [1, 2], [1, 2])),
        ("u = js.Uint8Array.new(4)\nu.set(J('[1,2]'), 1)\nu.set(js.Uint8Array.of(9))\n(u.to_bytes(), "
        "js.Object.keys(u).to_py())",
         (b"\x09\x01\x02\0", ["0", "1", "2", "3"])),
        ("js.Uint8Array.of(255, 16).toHex(), js.Uint8Array.of(1, 2, 3).toBase64()", ("ff10", "AQID")),
        ("b = js.ArrayBuffer.new(4)\n(b.byteLength, b.slice(1).byteLength, js.ArrayBuffer.isView(b), "
        "js.ArrayBuffer.isView(js.Uint8Array.new(b)))",
         (4, 3, False, True)),
        ("u = js.Uint8Array.of(1)\n(u[0], hasattr(u, '0'), u.buffer == u.buffer, "
        "list(js.Uint8Array.prototype.keys.call(u)))",
         (1, True, True, [0])),
    ],
)  # fmt: skip
def test_typed_arrays(question, answer):
    assert ask(question) == answer


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("js.Uint8Array.new(-1)", "RangeError: Invalid typed array length: -1"),
        (
            "js.Uint16Array.new(js.ArrayBuffer.new(3))",
            "RangeError: byte length of Uint16Array should be a multiple of 2",
        ),
        (
            "js.Uint16Array.new(js.ArrayBuffer.new(4), 1)",
            "RangeError: start offset of Uint16Array should be a multiple of 2",
        ),
        (
            "js.Uint8Array.new(js.ArrayBuffer.new(3), 9)",
            "RangeError: Start offset 9 is outside the bounds of the buffer",
        ),
        ("js.Uint8Array.new(js.ArrayBuffer.new(3), 1, 9)", "RangeError: Invalid typed array length: 9"),
        ("js.BigInt64Array.new(J('[5]'))", "TypeError: Cannot convert 5 to a BigInt"),
        ("js.Uint8Array.new(1).set(J('[1,2]'))", "RangeError: offset is out of bounds"),
        ("js.ArrayBuffer.new(-1)", "RangeError: Invalid array buffer length"),
        (
            "js.DataView.new(js.ArrayBuffer.new(8)).getUint8(8)",
            "RangeError: Offset is outside the bounds of the DataView",
        ),
        ("js.DataView.new(5)", "TypeError: First argument to DataView constructor must be an ArrayBuffer"),
        (
            "js.DataView.new(js.ArrayBuffer.new(2), 5)",
            "RangeError: Start offset 5 is outside the bounds of the buffer",
        ),
        ("js.DataView.new(js.ArrayBuffer.new(2), 0, 5)", "RangeError: Invalid DataView length 5"),
    ],
)
def test_faults(question, text):
    refuses(question, text)

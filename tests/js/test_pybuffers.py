"""Python buffers for JavaScript."""

import pytest

from .ask import ask


def test_buffers_of_python_objects():
    question = """
b = create_proxy(b"abc").getBuffer()
f = create_proxy(bytearray(b"\\0\\0\\x80?")).getBuffer("f32").data
(b.data.to_bytes(), b.format, b.itemsize, b.nbytes, b.readonly, b.shape.to_py(), b.release(), list(f))
"""
    assert ask(question) == (b"abc", "B", 1, 3, 1, [3], None, [1.0])


@pytest.mark.parametrize(("code", "kind"), [("b", "Int8Array"), ("H", "Uint16Array"), ("i", "Int32Array"),
("f", "Float32Array"),
                                             ("d", "Float64Array"), ("q", "BigInt64Array"), ("L",
                                             "BigUint64Array")])  # fmt: skip
def test_the_kind_of_array_follows_the_format(code, kind):
    assert ask(f"import array\nto_js(array.array({code!r}, [1, 2])).constructor.name") == kind

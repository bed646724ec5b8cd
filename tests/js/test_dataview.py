"""DataView."""

from .ask import ask


def test_data_view():
    question = """
v = js.DataView.new(js.ArrayBuffer.new(16), 0, 16)
v.setUint16(0, 258); v.setFloat64(8, 1.5, True); v.setBigInt64(0, js.BigInt(7), True)
(v.getUint16(0, True), v.getFloat64(8, True), v.getBigInt64(0, True), v.getUint8(0), v.byteLength)
"""
    assert ask(question) == (7, 1.5, 7, 7, 16)

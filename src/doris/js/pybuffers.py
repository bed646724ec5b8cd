"""Python buffers as typed arrays, and typed arrays as memoryviews.

Source of the rules: the reference runtime (Pyodide 314, ``getBuffer`` and ``JsBuffer``).
"""

from __future__ import annotations

from typing import Any

from .buffers import bytes_of
from .functions import native
from .jsarray import JSArray
from .objects import JSValue
from .plain import plain
from .typedarrays import (
    BigInt64Array,
    BigUint64Array,
    Float32Array,
    Float64Array,
    Int8Array,
    Int16Array,
    Int32Array,
    TypedArray,
    Uint8Array,
    Uint8ClampedArray,
    Uint16Array,
    Uint32Array,
)

_BY_FORMAT: dict[str, type[TypedArray]] = {
    "b": Int8Array, "B": Uint8Array, "c": Uint8Array, "?": Uint8Array, "h": Int16Array, "H": Uint16Array,
    "i": Int32Array,
    "I": Uint32Array, "l": Int32Array, "L": Uint32Array, "q": BigInt64Array, "Q": BigUint64Array, "f":
    Float32Array,
    "d": Float64Array,
}  # fmt: skip


def typed_memoryview(value: JSValue) -> memoryview:
    """A memoryview of a copy of a buffer's bytes, with the element format of a typed array."""
    view = memoryview(bytearray(bytes_of(value) or b""))
    code: Any = getattr(value, "code", "B")
    return view if code in "Be" else view.cast(code)


def typed_array_for(data: Any) -> TypedArray:
    """A typed array with a copy of a Python buffer; its element type follows the buffer's format."""
    with memoryview(data) as view:
        kind = _BY_FORMAT.get(view.format.lstrip("@=<>!"), Uint8Array)
        if view.itemsize != kind.width:  # ``l`` has eight bytes on some systems
            kind = {"l": BigInt64Array, "L": BigUint64Array}.get(view.format, Uint8Array)
        made: TypedArray = kind.of_bytes(view.tobytes())
        return made


def py_buffer(target: Any, kind: JSValue) -> JSValue:
    """What ``PyProxy.getBuffer`` gives: an object with ``data`` (a typed array) and ``release()``.

    The data is a copy: unlike in Pyodide, writing to it does not change the Python object.
    """
    array = typed_array_for(target)
    names = {"u8": Uint8Array, "i8": Int8Array, "u8clamped": Uint8ClampedArray, "u16": Uint16Array,
    "i16": Int16Array,
             "u32": Uint32Array, "i32": Int32Array, "f32": Float32Array, "f64": Float64Array}  # fmt: skip
    wanted = names.get(kind) if isinstance(kind, str) else None
    if wanted is not None:
        array = wanted(array.of)
    shape = JSArray([len(array)])
    return plain({
        "data": array, "release": native("release", lambda: None), "offset": 0,
        "readonly": int(memoryview(target).readonly), "format": array.code,
        "itemsize": array.width, "ndim": 1, "nbytes": array.size, "shape": shape,
        "strides": JSArray([array.width]),
        "c_contiguous": True, "f_contiguous": True,
    })  # fmt: skip

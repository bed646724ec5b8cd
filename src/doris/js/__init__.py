"""JavaScript values in Python: what the platform's interfaces are made of. See `doris.js.objects` first."""

from .buffers import ArrayBuffer, BufferView, bytes_of
from .convert import to_js_value, to_py_value
from .dataview import DataView
from .dates import DateObject
from .errors import (
    DOMExceptionObject,
    ErrorObject,
    PythonErrorObject,
    Throw,
    dom_exception,
    error,
    range_error,
    syntax_error,
    thrown,
    type_error,
)
from .functions import JSFunction, NativeFunction, native
from .jsarray import JSArray
from .jsonobject import from_json, parse_json, stringify
from .maps import MapObject, SetObject
from .members import constructor, getter, method, setter, static
from .microtasks import drain, queue_microtask
from .objects import BigInt, JsNull, JSObject, JSValue, Symbol, iterate, null, undefined
from .operations import (
    call,
    construct,
    get,
    has,
    is_callable,
    is_nullish,
    is_number,
    opt,
    own_keys,
    set_,
    to_boolean,
    to_integer,
    to_number,
    to_string,
    typeof,
)
from .plain import IteratorObject, PlainObject, entries_iterator, plain
from .promise import Promise, gather, start
from .proxy import JsProxy, proxy_of
from .pyproxy import PyProxy, promise_of
from .raising import raised
from .realm import Realm
from .typedarrays import TypedArray, Uint8Array

__all__ = [
    "ArrayBuffer", "BigInt", "BufferView", "DOMExceptionObject", "DataView", "DateObject", "ErrorObject",
    "IteratorObject", "JSArray",
    "JSFunction", "JSObject", "JSValue", "JsNull", "JsProxy", "MapObject", "NativeFunction", "PlainObject",
    "Promise",
    "PyProxy", "PythonErrorObject", "Realm", "SetObject", "Symbol", "Throw", "TypedArray", "Uint8Array",
    "bytes_of", "call", "construct",
    "constructor", "dom_exception", "drain", "entries_iterator", "error", "from_json", "gather", "get",
    "getter", "has", "is_callable",
    "is_nullish", "is_number", "iterate", "method", "native", "null", "opt", "own_keys", "parse_json",
    "plain", "promise_of", "proxy_of",
    "queue_microtask", "raised", "range_error", "set_", "setter", "start", "static", "stringify",
    "syntax_error", "thrown", "to_boolean",
    "to_integer", "to_js_value", "to_number", "to_py_value", "to_string", "type_error", "typeof", "undefined",
]  # fmt: skip

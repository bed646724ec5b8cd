"""The Fetch API and what belongs to it: what a Worker finds on its global object beside the language itself.

`install` puts the interfaces there. `Request.from_http`, `Response.from_http` and `response_parts` are how
the runtime turns HTTP into these objects and back."""

from __future__ import annotations

from doris.js import JSObject, Realm, native

from .abort import AbortController, AbortSignal
from .base64_text import atob, btoa
from .blob import Blob, File
from .body import Body
from .clone import structured_clone, structured_clone_function
from .crypto import Crypto, SubtleCrypto
from .encoding import TextDecoder, TextEncoder
from .events import CustomEvent, Event, EventTarget
from .formdata import FormData
from .headers import Headers
from .message_events import CloseEvent, ErrorEvent, MessageEvent
from .request import Request
from .response import Response, response_parts
from .search_params import URLSearchParams
from .streams import (
    ByteLengthQueuingStrategy,
    CompressionStream,
    CountQueuingStrategy,
    DecompressionStream,
    FixedLengthStream,
    IdentityTransformStream,
    ReadableStream,
    StreamReader,
    TextDecoderStream,
    TextEncoderStream,
    TransformStream,
    WritableStream,
    read_all,
)
from .streams.byte_controller import BYOBRequest, ByteController
from .streams.default_source import DefaultController
from .streams.readers import BYOBReader, DefaultReader
from .streams.sink_controller import SinkController
from .streams.transform import TransformController
from .streams.writable import Writer
from .url import URL
from .url_pattern import URLPattern
from .websocket import WebSocket, WebSocketPair

#: The interfaces that go onto the global object, under their own names.
INTERFACES: tuple[type[JSObject], ...] = (
    AbortController, AbortSignal, Blob, Body, BYOBReader, BYOBRequest, ByteController,
    ByteLengthQueuingStrategy, CloseEvent, CompressionStream, CountQueuingStrategy, Crypto, CustomEvent,
    DecompressionStream, DefaultController, DefaultReader, ErrorEvent, Event, EventTarget, File,
    FixedLengthStream, FormData, Headers, IdentityTransformStream, MessageEvent, ReadableStream, Request,
    Response, SinkController, SubtleCrypto, TextDecoder, TextDecoderStream, TextEncoder,
    TextEncoderStream, TransformController, TransformStream, URL, URLPattern, URLSearchParams, WebSocket,
    WebSocketPair, WritableStream, Writer,
)  # fmt: skip


def install(realm: Realm) -> None:
    """Put the interfaces and the functions of this package on a realm's global object."""
    for interface in INTERFACES:
        realm.define(interface.interface.name, interface.interface.function)
    realm.define("atob", native("atob", atob))
    realm.define("btoa", native("btoa", btoa))
    realm.define("structuredClone", native("structuredClone", structured_clone_function))
    realm.define("crypto", Crypto())


__all__ = [
    "URL",
    "AbortController",
    "AbortSignal",
    "Blob",
    "CustomEvent",
    "Event",
    "EventTarget",
    "File",
    "FormData",
    "Headers",
    "ReadableStream",
    "Request",
    "Response",
    "StreamReader",
    "TransformStream",
    "URLSearchParams",
    "WebSocket",
    "WebSocketPair",
    "WritableStream",
    "install",
    "read_all",
    "response_parts",
    "structured_clone",
]
